"""The exact span of a version that carries a statement or proposal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from archive.core.querysets import PublicQuerySet


class PassageQuerySet(PublicQuerySet):
    def with_newest(self) -> Self:
        """Adds `newest`, the key of the newest version of the article, and the version
        that no longer holds the words, without its text.
        """
        versions: Any = self.model._meta.get_field("version").related_model
        newest = versions.objects.filter(article=OuterRef("version__article"))
        return (
            self.annotate(newest=Subquery(newest.order_by("-number").values("pk")[:1]))
            .select_related("removed_in")
            .defer("removed_in__text")
        )

    def left_behind(self) -> Self:
        """Those that are not in the newest version, except words that the source has
        removed.
        """
        return self.with_newest().exclude(version=F("newest")).filter(removed_in=None)


@dataclass(frozen=True)
class Removal:
    """The source has removed the words, or a part of them; `date` is that of the first
    version without them.
    """

    date: dt.date
    is_part: bool


class Passage(models.Model):
    """The exact characters `start`..`end` (Unicode code points) of a version.

    A W3C TextPositionSelector and TextQuoteSelector in one row; the database fills in
    prefix and suffix.
    """

    version = models.ForeignKey(
        "archive.ArticleVersion", models.PROTECT, related_name="+"
    )
    ordinal = models.PositiveSmallIntegerField(default=1)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True, editable=False)
    suffix = models.CharField(max_length=32, blank=True, editable=False)
    # An editor has decided that the words stay with their older version.
    removed_in = models.ForeignKey(
        "archive.ArticleVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("removed by the source in"),
    )

    newest: int  # where `with_newest` has added it

    class Meta:
        abstract = True
        ordering = ["ordinal", "id"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("A passage ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.exact[:60]

    @property
    def is_current(self) -> bool:
        """Whether the newest version holds it; needs `with_newest`."""
        return self.version_id == self.newest

    @property
    def removed_on(self) -> dt.date | None:
        """The day on which the archive first saw the source without these words."""
        return self.removed_in.seen_on if self.removed_in else None

    @property
    def paragraph(self) -> int:
        """The paragraph it starts in, counted from 1, without blank lines."""
        return sum(
            bool(line.strip())
            for line in self.version.text[: self.start + 1].split("\n")
        )


def removal(passages: Iterable[Any]) -> Removal | None:
    """What the source has removed of the words of one record."""
    rows = list(passages)
    dates = [date for row in rows if (date := row.removed_on)]
    return Removal(min(dates), len(dates) < len(rows)) if dates else None
