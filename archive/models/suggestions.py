"""Suggestions: what the engine finds in an article's text, or an editor selects there,
until an editor accepts or rejects it. No page for readers shows them.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from archive.models.articles import Article, ArticleVersion


class SuggestionKind(models.TextChoices):
    STATEMENT = "statement", _("Statement")
    PROPOSAL = "proposal", _("Proposal")
    LIST = "list", _("List of proposals")


class SuggestionState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class SuggestionQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=SuggestionState.OPEN)

    def in_reading_order(self) -> Self:
        return self.order_by("start", "id")


class Suggestion(models.Model):
    """`spans` are [start, end] pairs in code points of the version's text; `speakers`
    the engine's candidates, best first, each {"name", "kind", "score"}; `values` what
    an editor has typed or chosen so far, by field.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="suggestions")
    version = models.ForeignKey(
        ArticleVersion, models.CASCADE, related_name="suggestions"
    )
    kind = models.CharField(max_length=9, choices=SuggestionKind)
    is_from_engine = models.BooleanField(default=True)
    start = models.PositiveIntegerField()
    spans: Any = models.JSONField(default=list)
    speakers: Any = models.JSONField(default=list, blank=True)
    values: Any = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=8, choices=SuggestionState, default=SuggestionState.OPEN
    )
    record_uid = models.CharField(max_length=10, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["article", "start"], name="suggestion_in_order")
        ]
        constraints = [
            models.CheckConstraint(
                name="suggestion_kind", condition=Q(kind__in=SuggestionKind.values)
            ),
            models.CheckConstraint(
                name="suggestion_state", condition=Q(state__in=SuggestionState.values)
            ),
            models.CheckConstraint(
                name="suggestion_record",
                condition=Q(state=SuggestionState.ACCEPTED) & ~Q(record_uid="")
                | ~Q(state=SuggestionState.ACCEPTED) & Q(record_uid=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start}"

    def change(self, user: Any, **values: Any) -> None:
        """Writes these columns, and who changed them."""
        rows = type(self).objects.filter(pk=self.pk)
        rows.update(
            **values,
            changed_by=user,
            changed_at=Now(),
            revision=F("revision") + 1,
        )
        self.refresh_from_db()
