"""Imports of files: the runs, the external identifiers of the records they wrote, and
what they changed. No page for readers shows them.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    FINISHED = "finished", _("finished")
    UNDONE = "undone", _("undone")


class ImportRun(models.Model):
    """One import of files, which wrote everything or nothing.

    `files` has the name, size and SHA-256 of each file; `counts` the number of rows by
    what was done with them.
    """

    source = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    files: Any = models.JSONField(default=list)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    publishes = models.BooleanField(default=False)
    counts: Any = models.JSONField(default=dict)
    state = models.CharField(
        max_length=8, choices=ImportState, default=ImportState.FINISHED
    )
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="importrun_state", condition=Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(
                name="importrun_undone",
                condition=Q(state=ImportState.UNDONE, undone_at__isnull=False)
                | Q(state=ImportState.FINISHED, undone_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind}, {self.source}"


class ExternalIdQuerySet(models.QuerySet):
    def of(self, source: str, kind: str) -> Self:
        return self.filter(source=source, kind=kind)


class ExternalId(models.Model):
    """The identifier that a source gives a record.

    `record` is the record's primary key in the table of `kind`. `row_hash` and `fields`
    are those of the row that was imported last: the hash shows whether a row changed,
    and `fields` (names and values of the record) whether an editor has changed the
    record since. `is_linked`: the record is older than its first import.
    """

    source = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    external_id = models.CharField(max_length=500)
    record = models.BigIntegerField()
    row_hash = models.CharField(max_length=64)
    fields: Any = models.JSONField(default=dict)
    is_linked = models.BooleanField(default=False)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="entries")

    objects = ExternalIdQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "record"], name="externalid_of_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "external_id"], name="externalid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.external_id}"


class ImportChange(models.Model):
    """What a run changed in a record that an earlier run had written: the entry's hash
    before, and the values of the changed fields `before` and `after`.
    """

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="changes")
    entry = models.ForeignKey(ExternalId, models.CASCADE, related_name="changes")
    hash_before = models.CharField(max_length=64)
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["run", "entry"], name="importchange_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.entry_id}"
