"""What a follower follows, as conditions on the documents of the index.

They are compiled when somebody begins to follow, stored, and matched in Python, so that
a hundred thousand of them need neither a query nor a parse each.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive import search
from archive.search import schema
from archive.search.analysis import content_stems, stems
from archive.search.language import Group, TextQuery
from archive.search.query import Between, ListedOrUnlisted, OneOf
from archive.search.question import Question
from archive.search.schema import IndexDocument

Plain = dict[str, Any]
# A parameter with more values divides the records more finely, so a condition is kept
# under the first of these that it has.
RAREST_FIRST = (
    *("proposal", "list", "article", "speaker", "issuer", "addressee", "office"),
    *("topic", "outlet", "party", "body", "place"),
)


def compiled(question: Question) -> Plain:
    """The question as JSON: `type`, `any` (parameter -> values), `joint` (the same, for
    one related row), `days` (pairs of a first and a last one, as ordinals of the index)
    and `text`.
    """
    condition: Plain = {"type": question.type}
    for parameter in question.parameters:
        match parameter.condition:
            case OneOf(name, values) | ListedOrUnlisted(name, values):
                condition.setdefault("any", {})[name] = list(values)
            case Between("day", low, high):
                condition.setdefault("days", []).append([low, high])
    if question.joint:
        condition["joint"] = {
            name: list(values) for name, values in question.joint.items()
        }
    if question.text:
        condition["text"] = question.text.typed
    return condition


@dataclass
class Seen:
    """A document with what conditions ask of it."""

    document: IndexDocument
    values: Mapping[str, set[str]]
    stems: list[str]

    @classmethod
    def of(cls, document: IndexDocument) -> Seen:
        values: dict[str, set[str]] = defaultdict(set)
        for source in (document.values, document.unlisted, *_pairs(document)):
            for name, of_name in source.items():
                values[name].update(of_name)
        words = [*document.body, document.title]
        return cls(document, values, [stem for text in words for stem in stems(text)])

    @property
    def tokens(self) -> Iterator[tuple[str, str, str]]:
        yield (self.document.type, "", "")
        for name, values in self.values.items():
            yield from ((self.document.type, name, value) for value in values)
        for stem in set(self.stems):
            yield (self.document.type, "q", stem)


def _pairs(document: IndexDocument) -> Iterator[dict[str, tuple[str]]]:
    for row in document.joint:
        yield {name: (value,) for name, value in row.items()}


@dataclass
class Matcher:
    """Finds the followed conditions that a document satisfies, in one pass: each is
    kept under the values of one parameter, so that a document is compared with those
    that share a value with it.
    """

    by_token: dict[tuple[str, str, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    conditions: list[tuple[int, Plain, TextQuery]] = field(default_factory=list)

    def add(self, follow: int, condition: Plain) -> None:
        text = search.parse(condition.get("text", ""))
        place = len(self.conditions)
        self.conditions.append((follow, condition, text))
        for token in _tokens(condition, text):
            self.by_token[token].append(place)

    def matches(self, document: IndexDocument) -> set[int]:
        """The follows that the document satisfies."""
        seen = Seen.of(document)
        places = {
            place for token in seen.tokens for place in self.by_token.get(token, ())
        }
        return {
            follow
            for follow, condition, text in map(self.conditions.__getitem__, places)
            if _is_satisfied(condition, text, seen)
        }


def _tokens(condition: Plain, text: TextQuery) -> Iterable[tuple[str, str, str]]:
    kind = condition["type"]
    values = condition.get("any", {}) | condition.get("joint", {})
    for name in RAREST_FIRST:
        if name in values:
            return [(kind, name, value) for value in values[name]]
    if text.groups:
        first = (content_stems(each) or stems(each) for each in text.groups[0].texts)
        return {(kind, "q", found[0]) for found in first if found}
    return [(kind, "", "")]


def _is_satisfied(condition: Plain, text: TextQuery, seen: Seen) -> bool:
    document = seen.document
    if any(
        seen.values.get(name, set()).isdisjoint(values)
        for name, values in condition.get("any", {}).items()
    ):
        return False
    joint = condition.get("joint", {})
    if joint and not any(
        all(row.get(name) in values for name, values in joint.items())
        for row in document.joint
    ):
        return False
    return all(
        _is_in(document.day, low, high) for low, high in condition.get("days", ())
    ) and _has_words(text, seen.stems)


def _is_in(day: dt.date | None, low: int | None, high: int | None) -> bool:
    if day is None:
        return False
    ordinal = schema.day_ordinal(day)
    return (low is None or low <= ordinal) and (high is None or ordinal <= high)


def _has_words(text: TextQuery, words: list[str]) -> bool:
    """Every word or phrase that was typed, one of those joined by OR, and none that is
    excluded. A list also has records with some of the words, below; a mail would be
    noise.
    """
    if not text:
        return True
    whole = f" {' '.join(words)} "
    return all(_has_one(whole, group) for group in text.groups) and not any(
        _holds(whole, stems(each)) for each in text.excluded
    )


def _has_one(whole: str, group: Group) -> bool:
    """A phrase has its stop words, a loose word is none."""
    stemmed = stems if group.is_required else content_stems
    return any(_holds(whole, stemmed(text)) for text in group.texts)


def _holds(whole: str, run: list[str]) -> bool:
    """A loose stop word has no stems and is in every text."""
    return f" {' '.join(run)} " in whole if run else True
