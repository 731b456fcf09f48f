"""Which characters of a version stand between quotation marks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from pgtrigger import Before, Delete, Trigger

from archive.core import triggers
from archive.extraction.quotation_ranges import RULE, ranges
from archive.models.articles import VERSION_IN_USE, ArticleVersion


class QuotationRange(models.Model):
    """`start`..`end` (Unicode code points) of what stands between one pair of marks.

    Computed by `archive.extraction.quotation_ranges`, whose rule has the number `rule`.
    A published direct or partial statement must lie within such a range.
    """

    version = models.ForeignKey(
        ArticleVersion, models.CASCADE, related_name="quotation_ranges"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rule = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("range of quotation marks")
        verbose_name_plural = _("ranges of quotation marks")
        ordering = ["start", "end"]
        constraints = [
            models.CheckConstraint(
                name="quotationrange_not_empty", condition=Q(end__gt=F("start"))
            ),
            models.UniqueConstraint(
                fields=["version", "start", "end", "rule"], name="quotationrange_once"
            ),
        ]
        triggers = [
            triggers.immutable("quotationrange_immutable"),
            Trigger(
                name="quotationrange_kept",
                when=Before,
                operation=Delete,
                func=f"""
                IF EXISTS (
                    SELECT 1 FROM archive_articleversion v
                    WHERE v.id = OLD.version_id AND v.cited_at IS NOT NULL
                ) THEN
                    {triggers.refuse("version_kept", VERSION_IN_USE)}
                END IF;
                RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


def write_ranges(version: ArticleVersion) -> None:
    """Stores the ranges of a new version; keeps ranges that are stored already."""
    QuotationRange.objects.bulk_create(rows_for(version), ignore_conflicts=True)


def rows_for(version: ArticleVersion) -> list[QuotationRange]:
    """What `write_ranges` stores, unsaved."""
    return [
        QuotationRange(version=version, start=start, end=end, rule=RULE)
        for start, end in ranges(version.text)
    ]
