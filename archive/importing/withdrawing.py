"""Withdraws what a run published: each record answers 410 with the public reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from archive.core.publishing import Status
from archive.importing.base import Kind
from archive.importing.copying import copy
from archive.importing.problems import Problems
from archive.models import Correction, CorrectionKind

NAMED = 3  # records in a sentence


@dataclass(frozen=True)
class Withdrawal:
    """Who withdraws, and the reason that readers see."""

    account: Any
    reason: str


def once_public(kind: Kind, entries: Any) -> Any:
    """Those of records that readers have seen."""
    if not kind.has_status:
        return entries.none()
    seen = kind.model._base_manager.exclude(first_published_at=None)
    return entries.filter(record__in=seen.values("pk"))


def refuse(kind: Kind, entries: Any, problems: Problems) -> None:
    """Says what to do about them."""
    if not (count := entries.count()):
        return
    named = ", ".join(
        entries.order_by("pk").values_list("external_id", flat=True)[:NAMED]
    )
    more = f" and {count - NAMED:,} more" if count > NAMED else ""
    problems.add(
        f"Readers may have cited what was published ({kind.name}: {named}{more}), so "
        "it is withdrawn with a public reason instead of being removed: add --withdraw "
        "REASON --as USERNAME."
    )


def withdraw(kind: Kind, keys: list[int], withdrawal: Withdrawal) -> int:
    """Withdraws the records that are published, each with a public note; returns how
    many they are.
    """
    rows = kind.model._base_manager.filter(pk__in=keys, status=Status.PUBLISHED)
    uids = list(rows.values_list("uid", flat=True))
    rows.update(status=Status.WITHDRAWN)
    shared = {
        "table": kind.model._meta.label_lower,
        "kind": CorrectionKind.WITHDRAWAL.value,
        "note": withdrawal.reason,
        "date": timezone.localdate(),
        "status": Status.PUBLISHED.value,
    }
    copy(Correction, [shared | {"record_uid": uid} for uid in uids])
    return len(uids)
