"""What editors tell an author when they send a record back, and that an author took
one back from review. No page for readers shows them, and the change log has no trace.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ReviewStep(models.TextChoices):
    """Steps of the workflow that leave a note; the values are their names."""

    SEND_BACK = "send_back", _("sent back")
    RECALL = "recall", _("taken back")


class ReviewNoteQuerySet(models.QuerySet):
    def of(self, record: Any) -> Self:
        """Those about the record, newest first."""
        about = {"table": record._meta.label_lower, "record_uid": record.uid}
        return self.filter(**about).order_by("-id")


class ReviewNote(models.Model):
    """Refers to its record by table and uid, like a correction. `state` is the state
    token (`archive.editing.history`) that the record had after the step.
    """

    table = models.CharField(max_length=50)
    record_uid = models.CharField(max_length=10)
    step = models.CharField(max_length=9, choices=ReviewStep)
    note = models.TextField(_("reason"), blank=True)
    state = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ReviewNoteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["table", "record_uid"], name="reviewnote_of_record")
        ]
        constraints = [
            models.CheckConstraint(
                name="reviewnote_step", condition=Q(step__in=ReviewStep.values)
            ),
            models.CheckConstraint(
                name="reviewnote_reason",
                condition=~Q(step=ReviewStep.SEND_BACK) | Q(note__regex=r"\S"),
                violation_error_message=_("Give a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.note}"
