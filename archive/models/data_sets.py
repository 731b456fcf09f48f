"""Sets of records from elsewhere, with the credit that their sources ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from archive.core import triggers
from archive.models.imports import ExternalId


class DataSetQuerySet(models.QuerySet):
    def loaded(self) -> Self:
        """Those of which the archive has records."""
        entries = ExternalId.objects.filter(source=OuterRef("name"))
        return self.filter(Exists(entries)).order_by("title")

    def having(self, records: Mapping[str, Sequence[int]]) -> Self:
        """Those that have one of the records: primary keys by kind of import."""
        condition = Q(pk__in=[])
        for kind, keys in records.items():
            condition |= Q(kind=kind, record__in=keys)
        sources = ExternalId.objects.filter(condition).values("source")
        return self.filter(name__in=sources).order_by("title")


class DataSet(models.Model):
    """`name` is the source of its records' external identifiers."""

    name = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200)
    licence = models.CharField(max_length=100)
    licence_url = models.URLField(max_length=1000, blank=True)
    url = models.URLField(max_length=1000)
    loaded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DataSetQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        triggers = triggers.change_log("archive.dataset")

    def __str__(self) -> str:
        return self.title
