"""The exact span of a version that carries a statement or proposal."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


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
    def paragraph(self) -> int:
        """The paragraph it starts in, counted from 1, without blank lines."""
        return sum(
            bool(line.strip())
            for line in self.version.text[: self.start + 1].split("\n")
        )
