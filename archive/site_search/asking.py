"""From a question in words to records of all kinds, best first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from archive import search
from archive.listing import everything
from archive.listing.answer import PAGE_SIZE, suggestion, unknown_words
from archive.search import across
from archive.search.across import Found
from archive.search.language import NO_TEXT, TextQuery
from archive.search.query import ALL_WORDS
from archive.site_search import naming, plainer
from archive.site_search.kinds import KINDS, NAMES, KindListing, in_order, listings
from archive.site_search.reading import WORDS, Filter, Reading, read
from policies.templatetags.stances import tally


@dataclass(frozen=True)
class Hit:
    """One result. `score` is None if the words name the record; `is_partial`: it lacks
    one of several words. `reason` says in what it was found if its row shows no
    searched word: (what, marked words).
    """

    kind: str
    record: Any
    score: float | None = None
    is_partial: bool = False
    reason: tuple[Any, str] | None = None

    @property
    def label(self) -> Any:
        """The name of its kind."""
        return NAMES[self.kind]

    @property
    def tally(self) -> list[Any]:
        """Of a proposal: how many speakers take each stance, unless they are few."""
        return tally(self.record)


@dataclass(frozen=True)
class Answers:
    """One page of results.

    `named` are the records that the words name, on the first page: people, a proposal,
    topics, or positions of the person on the proposal. `hits` are the others, best
    first. `counts` are by kind; `total` is their sum. `dropped` are filters that were
    read but found nothing, so that their words were searched.
    """

    reading: Reading
    named: list[Hit]
    hits: list[Hit]
    counts: Mapping[str, int]
    page: int
    page_count: int
    dropped: tuple[Filter, ...] = ()
    is_limited: bool = False
    is_relaxed: bool = False
    by_kind: Mapping[str, KindListing] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def results(self) -> list[Hit]:
        """Everything on this page, best first."""
        return [*self.named, *self.hits]

    @property
    def text(self) -> str:
        """What was typed."""
        return self.reading.whole.typed

    @property
    def also_searched(self) -> list[str]:
        return self.reading.text.synonyms

    is_valid = True

    @property
    def active(self) -> dict[str, list[str]]:
        return {"q": [self.text]} if self.text else {}

    @property
    def page_parameters(self) -> dict[str, list[str]]:
        return {"plain": list(self.reading.not_read)}

    def url(self, page: int = 1, q: str = "") -> str:
        """The query string of this search, of another page of it or with other
        words.
        """
        pairs = [("q", q or self.text)]
        pairs += [("plain", name) for name in self.reading.not_read]
        pairs += [("page", str(page))] if page > 1 else []
        return f"?{urlencode(pairs)}"

    @property
    def next_url(self) -> str:
        return self.url(self.page + 1)

    @property
    def previous_url(self) -> str:
        return self.url(self.page - 1)

    @property
    def suggested_url(self) -> str:
        return self.url(q=self.suggestion)

    @property
    def stems(self) -> frozenset[str]:
        return next((each.stems for each in self.by_kind.values()), frozenset())

    @cached_property
    def suggestion(self) -> str:
        """What may have been meant, if a word occurs nowhere."""
        for listing in () if self.is_limited else self.by_kind.values():
            question = listing.question
            if found := suggestion(question, listing.filterset.public_texts):
                return found
        return ""

    @cached_property
    def unknown_words(self) -> list[str]:
        return [] if self.is_limited else unknown_words(self.reading.text)


def attempt(
    text: TextQuery,
    not_read: Collection[str] = (),
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Attempt:
    """The way of reading the question that finds most, before any row is loaded."""
    first = Attempt.of(read(text, not_read), page, size)
    if first.is_good:
        return first
    attempts = [first]
    for each in first.reading.filters:
        if each.is_doubtful:
            reading = first.reading.read_without(each)
            attempts.append(Attempt.of(reading, page, size, (each,)))
    if first.reading.filters:
        reading = read(text, (*not_read, WORDS))
        attempts.append(Attempt.of(reading, page, size, first.reading.filters))
    good = (each for each in attempts[:-1] if each.found.is_whole)
    some = (each for each in attempts if each.found.total)
    return next(good, next(some, first))


def ask(
    typed: str | TextQuery,
    *,
    not_read: Collection[str] = (),
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Answers:
    """Answers a question from all public records.

    `not_read` names filters whose words are searched as words (`reading.LABELS`), or
    `words` for all of them.
    """
    text = search.parse(typed) if isinstance(typed, str) else typed
    return attempt(text, not_read, page, size).answers()


@dataclass(frozen=True)
class Attempt:
    """What one way of reading finds; no row is loaded yet."""

    reading: Reading
    by_kind: Mapping[str, KindListing]
    without: tuple[str, ...]
    found: Found
    is_limited: bool
    page: int
    size: int
    dropped: tuple[Filter, ...]

    @classmethod
    def of(
        cls, reading: Reading, page: int, size: int, dropped: tuple[Filter, ...] = ()
    ) -> Attempt:
        by_kind = listings(reading)
        speakers = reading.named.speakers if reading.named else ()
        without = tuple(f"speakers:{pk}" for pk, *_ in speakers)
        questions = tuple(listing.question for listing in by_kind.values())
        place = (page - 1) * size, size
        found = everything.found(questions, without, *place)
        is_limited = found is None
        found = found or plainer.found(by_kind, without, *place)
        return cls(reading, by_kind, without, found, is_limited, page, size, dropped)

    @property
    def is_good(self) -> bool:
        """Whether no other way of reading needs to be tried."""
        is_whole = self.found.is_whole or not self.reading.text.groups
        return bool(self.found.total) and (
            is_whole or not any(each.is_doubtful for each in self.reading.filters)
        )

    def _named(self, hits: Sequence[Hit]) -> list[Hit]:
        """The records that the words name."""
        if not self.reading.named:
            return _of_words(self.reading, hits, self.found.is_whole)
        pks = [pk for pk, *_ in self.reading.named.speakers]
        rows = in_order(self.by_kind["speakers"].load(pks))
        return [Hit("speakers", row) for row in rows]

    def answers(self) -> Answers:
        reading, found = self.reading, self.found
        speakers = reading.named.speakers if reading.named and self.page == 1 else ()
        hits = _hits(found, self.by_kind, {"speakers": [pk for pk, *_ in speakers]})
        named = self._named(hits) if self.page == 1 else []
        shown = {(hit.kind, hit.record.pk) for hit in named}
        return Answers(
            reading,
            named,
            [hit for hit in hits if (hit.kind, hit.record.pk) not in shown],
            {name: found.counts.get(name, 0) for name in KINDS},
            self.page,
            max(1, -(-(found.total - len(self.without)) // self.size)),
            self.dropped,
            self.is_limited,
            found.is_relaxed,
            self.by_kind,
        )


def _hits(
    found: Found, by_kind: Mapping[str, KindListing], also: Mapping[str, list[int]]
) -> list[Hit]:
    """The records of a page, each kind loaded at once, with others that the page needs
    `also`.
    """
    text = next((each.question.text for each in by_kind.values()), NO_TEXT)
    has_several = across.has_several_words(text)
    pks: dict[str, list[int]] = {}
    for kind, pk, _score in found.records:
        pks.setdefault(kind, []).append(pk)
    rows = {
        kind: by_kind[kind].load([*listed, *also.get(kind, ())])[: len(listed)]
        for kind, listed in pks.items()
    }
    reasons = {kind: by_kind[kind].reasons_for(rows[kind]) for kind in rows}
    records = {(kind, row.pk): row for kind in rows for row in rows[kind]}
    return [
        Hit(
            kind,
            records[kind, pk],
            score,
            has_several and score < ALL_WORDS,
            reasons[kind].get(pk),
        )
        for kind, pk, score in found.records
        if (kind, pk) in records
    ]


def _of_words(reading: Reading, hits: Sequence[Hit], is_whole: bool) -> list[Hit]:
    """The proposals and topics that the words name. Of a question for a stance the
    first result is meant if it has all words.
    """
    proposals = [hit.record for hit in hits if hit.kind == "proposals"]
    named = naming.proposals(reading.text, proposals)
    if not named and is_whole and "stance" in reading.parameters:
        named = [hit.record for hit in hits[:1] if hit.kind == "proposals"]
    topics = [] if reading.filters else naming.topics(reading.text)
    positions = naming.positions(reading.speakers, named[:1])
    exact = [each.topic for each in topics if each.is_exact]
    others = [each.topic for each in topics if not each.is_exact]
    return [
        *(Hit("positions", position) for position in positions),
        *(Hit("topics", topic) for topic in exact),
        *(Hit("proposals", proposal) for proposal in named),
        *(Hit("topics", topic) for topic in others),
    ]
