"""Readers' error reports: visible to editors only, and not part of the change log."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.core.constraints import says_something


class ReportState(models.TextChoices):
    NEW = "new", _("New")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class ReportQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Reports without a decision, oldest first."""
        return self.filter(state=ReportState.NEW).order_by("created_at", "id")

    def of_the_last_hour(self) -> Self:
        return self.filter(created_at__gt=timezone.now() - dt.timedelta(hours=1))

    def handle(self, state: str, user: Any, answer: str = "") -> int:
        """Decides the reports that are still new and returns their number; earlier
        decisions are kept.
        """
        return self.filter(state=ReportState.NEW).update(
            state=state, handled_by=user, answer=answer
        )


class Report(models.Model):
    """Refers to its record by table and uid, like a correction; both are empty if it
    concerns the whole archive.
    """

    table = models.CharField(_("kind of record"), max_length=50, blank=True)
    record_uid = models.CharField(_("record"), max_length=10, blank=True)
    note = models.CharField(_("what is wrong"), max_length=5_000)
    source = models.CharField(_("how the reader knows"), max_length=1_000, blank=True)
    email = models.EmailField(_("e-mail for an answer"), blank=True)
    created_at = models.DateTimeField(
        _("sent"), db_default=Now(), editable=False, db_index=True
    )
    state = models.CharField(
        _("state"), max_length=8, choices=ReportState, default=ReportState.NEW
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    answer = models.TextField(
        _("answer"),
        blank=True,
        help_text=_(
            "Why you accept or decline it. For the editors; to answer the reader, "
            "write to the address above."
        ),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("reports from readers")
        ordering = ["-created_at", "-id"]
        constraints = [
            says_something("note", "report_note"),
            models.CheckConstraint(
                name="report_state", condition=Q(state__in=ReportState.values)
            ),
            models.CheckConstraint(
                name="report_record",
                condition=Q(table="", record_uid="") | ~Q(table="") & ~Q(record_uid=""),
            ),
            models.CheckConstraint(
                name="report_handled",
                condition=Q(state=ReportState.NEW, handled_by=None)
                | ~Q(state=ReportState.NEW) & Q(handled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.note[:60]


def records_of(reports: list[Any]) -> dict[tuple[str, str], Any]:
    """The records that the reports or notes concern, public or not, by table and uid;
    one query per kind.
    """
    records: dict[tuple[str, str], Any] = {}
    for table in {report.table for report in reports} - {""}:
        uids = [report.record_uid for report in reports if report.table == table]
        rows = apps.get_model(table)._default_manager.filter(uid__in=uids)
        records |= {(table, record.uid): record for record in rows}
    return records
