"""Whether a record was ever public, from the history that the database keeps.

A record was public at a moment if it was published then, and everything it hangs from
too. A record published below a draft was never public, though it has a
`first_published_at`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q

from archive.core.publishing import Status
from policies.models import Position, Proposal, ProposalList
from policies.models.positions import Basis
from statements.models import Affiliation, Speaker, Statement

Interval = tuple[dt.datetime, dt.datetime]
END = dt.datetime.max.replace(tzinfo=dt.UTC)
NEEDS_EVIDENCE = (Basis.OWN_WORDS, Basis.REPORTED)
NAMED_BY: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Statement, ("speaker", "reported_by")),
    (Position, ("speaker", "body")),
    (ProposalList, ("issued_by", "addressed_to")),
    (Proposal, ("proposed_by", "addressed_to")),
)


def was_public(model: Any, pk: int) -> bool:
    return _speaker_was_public(pk) if model is Speaker else any(_public(model, pk))


def last_uid(model: Any, pk: int) -> str:
    """The identifier of a record that may be deleted; "" without a history."""
    events = model.pgh_event_model.objects.filter(pgh_obj_id=pk)
    return events.order_by("-pgh_id").values_list("uid", flat=True).first() or ""


def _public(
    model: Any, pk: int, holds: Callable[[Any], bool] = lambda event: True
) -> Iterator[Interval]:
    """When the record was public while its events satisfied `holds`."""
    for start, end, event in _versions(model, pk):
        if event.status == Status.PUBLISHED and holds(event):
            periods = [(start, end)]
            for name in model.hangs_from:
                parent = model._meta.get_field(name).related_model
                if parent_pk := getattr(event, f"{name}_id"):
                    periods = _both(periods, list(_public(parent, parent_pk)))
            yield from _with_evidence(model, event, periods)


def _with_evidence(model: Any, event: Any, periods: list[Interval]) -> list[Interval]:
    """A position that rests on statements was public while one of them was."""
    if model is not Position or not periods:
        return periods
    if event.basis not in NEEDS_EVIDENCE or event.source_url:
        return periods
    links = Position.evidence.through.objects.filter(position=event.pgh_obj_id)
    evidence = [
        interval
        for pk in links.values_list("statement", flat=True)
        for interval in _public(Statement, pk)
    ]
    return _both(periods, evidence)


def _versions(model: Any, pk: int) -> Iterator[tuple[dt.datetime, dt.datetime, Any]]:
    """(from, until, event) of every state that was committed; of several in one
    transaction, the last.
    """
    events = list(
        model.pgh_event_model.objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    )
    for event, following in zip(events, [*events[1:], None], strict=True):
        until = following.pgh_created_at if following else END
        if event.pgh_label != "delete" and event.pgh_created_at < until:
            yield event.pgh_created_at, until, event


def _both(some: list[Interval], others: list[Interval]) -> list[Interval]:
    pairs = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(start, end) for start, end in pairs if start < end]


def _speaker_was_public(pk: int) -> bool:
    """Whether something public ever named the speaker."""
    for model, names in NAMED_BY:
        named = Q(pk__in=[])
        for name in names:
            named |= Q(**{name: pk})
        events = model.pgh_event_model.objects.filter(named)
        for owner in events.values_list("pgh_obj_id", flat=True).distinct():
            if any(_public(model, owner, _naming(names, pk))):
                return True
    return _affiliation_was_public(pk)


def _naming(names: tuple[str, ...], pk: int) -> Callable[[Any], bool]:
    return lambda event: any(getattr(event, f"{name}_id") == pk for name in names)


def _affiliation_was_public(pk: int) -> bool:
    events: Any = Affiliation.pgh_event_model  # type: ignore[attr-defined]
    ours = Q(speaker=pk) | Q(organization=pk)
    shown = events.objects.filter(ours, is_published=True).exclude(source_url="")
    return bool(shown.exists())
