"""Withdrawn records: their pages answer 410 with the reason and nothing of their
content.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from archive.core.publishing import Status
from archive.models import Correction, CorrectionKind


class Gone(Http404):
    """Carries the withdrawn record; the 404 handler turns it into a 410."""

    def __init__(self, record: Any) -> None:
        super().__init__("withdrawn")
        self.record = record


def get_public_or_gone(rows: QuerySet, **lookup: Any) -> Any:
    """The public record. Raises Gone if it, or a record it hangs from, was withdrawn;
    otherwise Http404.
    """
    try:
        return get_object_or_404(rows, **lookup)
    except Http404:
        record: Any = rows.model._default_manager.filter(**lookup).first()
        if withdrawn_record := record and withdrawn(record):
            raise Gone(withdrawn_record) from None
        raise


def withdrawn(record: Any) -> Any:
    """The record itself, or the nearest one it hangs from, that was public and then
    withdrawn; otherwise None.
    """
    if record.first_published_at is None:
        return None
    if record.status == Status.WITHDRAWN:
        return record
    if record.status != Status.PUBLISHED:
        return None
    parents = (getattr(record, name) for name in record.hangs_from)
    return next(
        (
            withdrawn_parent
            for parent in parents
            if parent and (withdrawn_parent := withdrawn(parent))
        ),
        None,
    )


def reason(record: Any) -> Correction | None:
    """The newest public withdrawal note."""
    return (
        Correction.objects.public()
        .of([record])
        .filter(kind=CorrectionKind.WITHDRAWAL)
        .order_by("-date", "-id")
        .first()
    )
