"""What is new, and how much there is, for the start page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Value
from django.utils import timezone

from archive.core.caches import by_revision
from archive.core.dates import When
from archive.models import Article
from policies.models import Position, Proposal
from statements.models import Statement

WEEK = dt.timedelta(days=7)
EACH = 2  # events of each kind
MAX_OCCASIONS = 20  # looked at; a council and its committees act on one day
MODELS: dict[str, Any] = {
    "statements": Statement,
    "proposals": Proposal,
    "positions": Position,
    "articles": Article,
}


@dataclass(frozen=True)
class Event:
    """What happened on a day: `kind` is voted, proposed or said."""

    when: When
    kind: str
    record: Any


@dataclass(frozen=True)
class News:
    """`counts` are of all public records. `added` counts those first published this
    week; empty if there is none, or nothing else, as in a new archive. `events` are of
    these, else of the whole archive, newest first.
    """

    counts: dict[str, int]
    added: dict[str, int]
    events: list[Event]


def news() -> News:
    since = timezone.now() - WEEK
    return by_revision(f"news {since:%Y-%m-%d}", lambda: _since(since))


def _since(since: dt.datetime) -> News:
    counted = _counted(since)
    counts, added = (
        {name: counted.get(f"{when} {name}", 0) for name in MODELS}
        for when in ("ever", "lately")
    )
    if added["articles"] == counts["articles"] or not any(added.values()):
        added = {}
    events = _events(since if added else None) if counts["articles"] != 1 else []
    newest_first = sorted(events, key=lambda event: event.when.date, reverse=True)
    return News(counts, added, newest_first)


def _counted(since: dt.datetime) -> dict[str, int]:
    """The number of records by "ever" or "lately" and their name, in one query."""
    counts = [
        rows.order_by()
        .values_list(Value(f"{when} {name}", CharField()))
        .annotate(count=Count("pk"))
        for name, model in MODELS.items()
        for when, rows in (
            ("ever", model.objects.public()),
            ("lately", model.objects.public().added_since(since)),
        )
    ]
    return dict(counts[0].union(*counts[1:], all=True))


def _events(since: dt.datetime | None) -> Iterable[Event]:
    def rows(model: Any) -> Any:
        public = model.objects.public()
        return public.added_since(since) if since else public

    voted: dict[dt.date, Any] = {}  # on each day the body that decided most
    for occasion in rows(Position).occasions()[:MAX_OCCASIONS]:
        voted.setdefault(occasion["held_on"], occasion)
    for day, occasion in [*voted.items()][:EACH]:
        yield Event(When(day), "voted", occasion)
    proposed = rows(Proposal).dated().with_sources().exclude(day=None)
    for proposal in proposed.newest_first()[:EACH]:
        yield Event(When(proposal.day), "proposed", proposal)
    said = rows(Statement).dated().with_articles().exclude(day=None)
    for each in said.newest_first()[:EACH]:
        yield Event(each.when_said or each.article.when_published, "said", each)
