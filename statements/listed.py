"""A page of statements with all that a row shows, in three prepared queries."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from archive.listing.prepared import Prepared
from statements.models import Role, Statement

STAMPS = "created_at", "updated_at", "first_published_at"  # no list shows them, and reading a time is dear


def statements(ids: Sequence[int]) -> list[Statement]:
    """Those that are public, in this order, with what `with_sources` and `with_positions` load of them for a row."""
    found = {statement.pk: statement for statement in _statements().of(ids)}
    roles = _by("speaker_id", _roles().of({statement.speaker_id for statement in found.values()}))
    positions = _by("bears_on", _positions().of(found))
    for pk, statement in found.items():
        statement.speaker.known_roles = roles[statement.speaker_id]
        statement.public_positions = positions[pk]
    return [found[pk] for pk in ids if pk in found]


def _by(name: str, records: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        found[getattr(record, name)].append(record)
    return found


@functools.cache
def _statements() -> Prepared[Statement]:
    rows = Statement.objects.public().dated().select_related("speaker", "article__outlet")
    return Prepared(rows.defer(*STAMPS, *(f"article__{name}" for name in STAMPS)))


@functools.cache
def _roles() -> Prepared[Role]:
    return Prepared(Role.objects.all(), "speaker")


@functools.cache
def _positions() -> Prepared[Any]:
    return Prepared(Statement.objects.all().positions().annotate(bears_on=F("evidence")), "bears_on")
