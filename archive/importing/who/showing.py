"""What the page shows of each speaker of a pair, and of each decision, in a fixed
number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from archive.importing.who import gathering
from archive.importing.who.finding import Pair
from archive.importing.who.judging import Verdict
from archive.importing.who.persons import Office, Person
from archive.models import Article, ExternalId, IdentityDecision, ImportRun
from policies.models import Position
from statements.models import Speaker, Statement

ARTICLES = 3  # that are linked


@dataclass
class Card:
    """One speaker; `rows` are the sources and ids of imports."""

    speaker: Speaker
    offices: list[Office]
    identifiers: list[tuple[str, str]]
    rows: list[tuple[str, str]]
    word_count: int
    position_count: int
    articles: list[Article] = field(default_factory=list)


def cards(pairs: Iterable[Pair]) -> list[tuple[Card, Card, Verdict]]:
    """The one with more words and positions, the older of equals, comes first."""
    pairs = list(pairs)
    pks = {pk for pair in pairs for pk in (pair.one.pk, pair.other.pk) if pk}
    by_pk = _cards(pks)
    made = []
    for one, other, verdict in pairs:
        both = sorted((by_pk[_pk(one)], by_pk[_pk(other)]), key=_rank)
        made.append((both[0], both[1], verdict))
    return made


def _pk(person: Person) -> int:
    return person.pk or 0


def _rank(card: Card) -> tuple[int, int]:
    return -card.word_count - card.position_count, card.speaker.pk


def _cards(pks: set[int]) -> dict[int, Card]:
    offices, identifiers = gathering.offices(pks), gathering.identifiers(pks)
    rows = gathering.sources_of(pks)
    words, positions = _counts(Statement, pks), _counts(Position, pks)
    articles = _articles(pks)
    return {
        pk: Card(
            speaker,
            offices[pk],
            sorted(identifiers[pk]),
            rows[pk],
            words.get(pk, 0),
            positions.get(pk, 0),
            articles[pk],
        )
        for pk, speaker in Speaker.objects.in_bulk(pks).items()
    }


def _counts(model: Any, pks: set[int]) -> dict[int, int]:
    rows = model.objects.filter(speaker__in=pks).order_by().values("speaker")
    return dict(rows.annotate(count=Count("pk")).values_list("speaker", "count"))


def _articles(pks: set[int]) -> defaultdict[int, list[Article]]:
    """The newest articles of each."""
    made: defaultdict[int, list[Article]] = defaultdict(list)
    pairs = (
        Statement.objects.filter(speaker__in=pks)
        .order_by("speaker", "-article")
        .values_list("speaker", "article")
        .distinct()
    )
    first: dict[int, list[int]] = defaultdict(list)
    for pk, article in pairs:
        if len(first[pk]) < ARTICLES:
            first[pk].append(article)
    articles = Article.objects.in_bulk({each for few in first.values() for each in few})
    for pk, few in first.items():
        made[pk] = [articles[each] for each in few]
    return made


@dataclass
class Line:
    """A decision; each side is a speaker, if there is one, and else its row.
    `joined_by` is the first import by which its rows are one speaker: undoing the
    decision does not part them.
    """

    decision: IdentityDecision
    one: Speaker | None
    other: Speaker | None
    joined_by: ImportRun | None = None


def lines(decisions: Iterable[IdentityDecision]) -> list[Line]:
    rows = list(decisions)
    sides = {side for row in rows for side in (row.one, row.other)}
    entries = ExternalId.objects.filter(
        kind="speakers",
        source__in={source for source, _id in sides if source},
        external_id__in={key for source, key in sides if source},
    ).select_related("run")
    by_side = {(each.source, each.external_id): each for each in entries}
    records = {side: each.record for side, each in by_side.items()}
    uids = {key for source, key in sides if not source}
    speakers: dict[Any, Speaker] = {
        ("", each.uid): each for each in Speaker.objects.filter(uid__in=uids)
    }
    by_pk = Speaker.objects.in_bulk(set(records.values()))
    speakers |= {side: by_pk[pk] for side, pk in records.items() if pk in by_pk}
    made = [Line(row, speakers.get(row.one), speakers.get(row.other)) for row in rows]
    for line in made:
        both = (line.decision.one, line.decision.other)
        runs = [by_side[side].run for side in both if side in by_side]
        if line.decision.is_same and line.one and line.one == line.other:
            line.joined_by = min(runs, key=lambda run: run.pk, default=None)
    return made
