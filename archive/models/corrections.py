"""Public notes about changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.constraints import says_something, visible
from archive.core.dates import calendar_days, near
from archive.core.publishing import NOT_TRACKED, Publishable
from archive.models.querysets import CorrectionQuerySet


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    REINSTATEMENT = "reinstatement", _("Reinstatement")


@pghistory.track(exclude=NOT_TRACKED)
class Correction(Publishable):
    """A public note about a change. It refers to its record by table and uid, so it
    survives the record.
    """

    table = models.CharField(_("kind of record"), max_length=50)
    record_uid = models.CharField(_("record"), max_length=10)
    kind = models.CharField(
        _("kind"),
        max_length=13,
        choices=CorrectionKind,
        default=CorrectionKind.CORRECTION,
    )
    note = models.TextField(_("public note"))
    date = models.DateField(_("date"), validators=[near])

    objects = CorrectionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-date", "-id"]
        indexes = [models.Index(fields=["table", "record_uid"])]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="correction_kind", condition=Q(kind__in=CorrectionKind.values)
            ),
            says_something("note", "correction_note"),
            visible("note", name="correction_visible"),
            calendar_days("date", name="correction_days"),
        ]
        triggers = triggers.publishable("archive.correction")

    def __str__(self) -> str:
        return self.note[:60]

    def get_absolute_url(self) -> str:
        return f"{reverse('corrections')}#{self.uid}"


def in_words(record: Any) -> str:
    """Names a record and who speaks in it: a statement with its speaker, a position
    with its proposal.
    """
    if proposal := getattr(record, "proposal", None):
        return f"{record}: {proposal}"
    speaker = getattr(record, "speaker", None)
    return f"{speaker}: {record}" if speaker else str(record)


def with_their_records(
    corrections: Iterable[Correction], page: Any, parts: Iterable[Any]
) -> list[tuple[Correction, Any]]:
    """Each correction with the part of the page that it is about; None if it is about
    the record of the page itself.
    """
    by_key = {
        (part._meta.label_lower, part.uid): part for part in parts if part != page
    }
    return [
        (correction, by_key.get((correction.table, correction.record_uid)))
        for correction in corrections
    ]
