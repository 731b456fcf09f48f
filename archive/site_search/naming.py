"""The proposals and topics that the searched words name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.core.caches import by_revision
from archive.models import Topic
from archive.pages.topics import with_counts
from archive.search import analysis
from archive.search.language import TextQuery
from policies.models import Position, ProposalIdentifier

MAX_TOPICS = 3
MAX_POSITIONS = 3
MIN_PREFIX = 3  # letters of a word that the reader may still be typing
NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class NamedTopic:
    """`is_exact`: the words are its whole name."""

    topic: Any
    is_exact: bool


def proposals(text: TextQuery, found: Sequence[Any]) -> list[Any]:
    """Those of the proposals whose identifier or title the words are: the whole title,
    or at least two words of it side by side; the shortest title first.
    """
    if not text.groups or text.has_operators or text.is_prose:
        return []
    if numbered := _numbered(text, found):
        return numbered
    searched = _content(" ".join(text.texts))
    titles = [(_content(one.title), one) for one in found]
    named = [
        (len(title), place, one)
        for place, (title, one) in enumerate(titles)
        if _contains(title, searched) and (len(searched) > 1 or title == searched)
    ]
    return [one for _length, _place, one in sorted(named, key=lambda row: row[:2])]


def topics(text: TextQuery) -> list[NamedTopic]:
    """The topics whose name has all the words, those with the shortest name first. The
    last word may be the beginning of one.
    """
    if not text.groups or text.has_operators or text.is_prose:
        return []
    *others, last = _content(" ".join(text.texts)) or [""]
    if len(last) < MIN_PREFIX:
        return []
    named = []
    for stems, topic in by_revision("topics by words", _topics):
        if stems.issuperset(others) and any(stem.startswith(last) for stem in stems):
            named.append((len(stems), NamedTopic(topic, {*others, last} == stems)))
    named.sort(key=lambda row: row[0])
    return [topic for _length, topic in named[:MAX_TOPICS]]


def positions(speakers: Sequence[str], named: Sequence[Any]) -> list[Any]:
    """What these speakers think of the proposal, newest first."""
    if not speakers or not named:
        return []
    rows = (
        Position.objects.public()
        .filter(speaker__slug__in=speakers, proposal=named[0])
        .dated()
        .with_sources()
    )
    return list(rows.newest_first()[:MAX_POSITIONS])


def _topics() -> list[tuple[frozenset[str], Topic]]:
    listed = []
    for topic, proposal_count, statement_count in with_counts():
        one: Any = topic
        one.proposal_count, one.statement_count = proposal_count, statement_count
        listed.append((frozenset(_content(topic.name)), topic))
    return listed


def _content(text: str) -> list[str]:
    return analysis.content_stems(text)


def _contains(title: list[str], searched: list[str]) -> bool:
    size = len(searched)
    return bool(size) and any(
        title[start : start + size] == searched
        for start in range(len(title) - size + 1)
    )


def _numbered(text: TextQuery, found: Sequence[Any]) -> list[Any]:
    """Those that have what was typed as an identifier."""
    if not NUMBER.search(text.typed):
        return []
    typed = analysis.words(text.typed)
    rows = ProposalIdentifier.objects.filter(proposal__in=[one.pk for one in found])
    named = {
        pk
        for pk, identifier in rows.values_list("proposal", "identifier")
        if analysis.words(identifier) == typed
    }
    return [one for one in found if one.pk in named]
