"""The sources of the positions on a proposal, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Article
from policies.models import Position

MAX_SOURCES = 8


@dataclass(frozen=True)
class Address:
    """A page outside the archive, and on how many positions it bears."""

    url: str
    host: str
    reference: str
    count: int


@dataclass(frozen=True)
class Sources:
    articles: list[Article]
    addresses: list[Address]
    left_out: int

    def __bool__(self) -> bool:
        return bool(self.articles or self.addresses)


def sources(rows: Iterable[Position], voted: Iterable[Position]) -> Sources:
    """Articles in the order of the table; addresses with most positions first."""
    rows = list(rows)
    articles = dict.fromkeys(
        statement.article for row in rows for statement in row.public_evidence
    )
    counts: Counter[str] = Counter()
    first: dict[str, Position] = {}
    for position in [*rows, *voted]:
        if position.source_url:
            counts[position.source_url] += 1
            first.setdefault(position.source_url, position)
    addresses = [
        Address(url, first[url].source_host, first[url].readable_ref, count)
        for url, count in counts.most_common()
    ]
    left_out = sum(max(len(each) - MAX_SOURCES, 0) for each in (articles, addresses))
    return Sources(list(articles)[:MAX_SOURCES], addresses[:MAX_SOURCES], left_out)
