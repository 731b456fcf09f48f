"""What a follower follows, as conditions on the documents of the index.

They are compiled when somebody begins to follow, stored, and matched in Python, so that
a hundred thousand of them need neither a query nor a parse each.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive import search
from archive.search import schema
from archive.search.analysis import content_stems, stems
from archive.search.language import TextQuery
from archive.search.query import Between, ListedOrUnlisted, OneOf
from archive.search.question import Question
from archive.search.schema import IndexDocument

Plain = dict[str, Any]
Token = tuple[str, str, str]  # type, parameter, value
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


@dataclass(frozen=True)
class Words:
    """A text as runs of stems between spaces: of each of `groups` one, and none of
    `excluded`. A phrase has its stop words; a loose stop word is in every text.
    """

    groups: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]

    @classmethod
    def of(cls, text: TextQuery) -> Words:
        groups = (
            tuple(
                _run(stems(each) if group.is_required else content_stems(each))
                for each in group.texts
            )
            for group in text.groups
        )
        excluded = tuple(_run(stems(each)) for each in text.excluded)
        return cls(tuple(each for each in groups if all(each)), excluded)

    def are_in(self, whole: str) -> bool:
        """Every word or phrase that was typed. A list also has records with some of
        the words, below; a mail would be noise.
        """
        return all(
            any(run in whole for run in group) for group in self.groups
        ) and not any(run in whole for run in self.excluded if run)


@dataclass
class Seen:
    """A document with what conditions ask of it; `whole` are its stems."""

    document: IndexDocument
    values: Mapping[str, set[str]]
    whole: str

    @classmethod
    def of(cls, document: IndexDocument) -> Seen:
        values: dict[str, set[str]] = defaultdict(set)
        for source in (document.values, document.unlisted, *_pairs(document)):
            for name, of_name in source.items():
                values[name].update(of_name)
        texts = [*document.body, document.title]
        return cls(
            document, values, _run(stem for text in texts for stem in stems(text))
        )

    @property
    def tokens(self) -> Iterator[Token]:
        yield (self.document.type, "", "")
        for name, values in self.values.items():
            yield from ((self.document.type, name, value) for value in values)
        for stem in set(self.whole.split()):
            yield (self.document.type, "q", stem)


@dataclass
class Condition:
    """One condition and all the follows that have it."""

    plain: Plain
    words: Words
    follows: list[int] = field(default_factory=list)

    def is_satisfied(self, seen: Seen) -> bool:
        document, plain = seen.document, self.plain
        if any(
            seen.values.get(name, set()).isdisjoint(values)
            for name, values in plain.get("any", {}).items()
        ):
            return False
        joint = plain.get("joint", {})
        if joint and not any(
            all(row.get(name) in values for name, values in joint.items())
            for row in document.joint
        ):
            return False
        return all(
            _is_in(document.day, low, high) for low, high in plain.get("days", ())
        ) and self.words.are_in(seen.whole)


class Matcher:
    """Finds the follows that a document satisfies, in one pass: a condition is kept
    once, under the values of one parameter, so that a document is compared with those
    that share a value with it.
    """

    def __init__(self) -> None:
        self._conditions: dict[str, Condition] = {}
        self._by_token: dict[Token, list[Condition]] = defaultdict(list)

    def add(self, follow: int, plain: Plain) -> None:
        key = json.dumps(plain, sort_keys=True)
        if not (condition := self._conditions.get(key)):
            words = Words.of(search.parse(plain.get("text", "")))
            condition = self._conditions[key] = Condition(plain, words)
            for token in _tokens(plain, words):
                self._by_token[token].append(condition)
        condition.follows.append(follow)

    def matches(self, document: IndexDocument) -> set[int]:
        """The follows that the document satisfies."""
        seen = Seen.of(document)
        candidates = {
            id(condition): condition
            for token in seen.tokens
            for condition in self._by_token.get(token, ())
        }
        return {
            follow
            for condition in candidates.values()
            if condition.is_satisfied(seen)
            for follow in condition.follows
        }


def _pairs(document: IndexDocument) -> Iterator[dict[str, tuple[str]]]:
    for row in document.joint:
        yield {name: (value,) for name, value in row.items()}


def _tokens(plain: Plain, words: Words) -> Iterable[Token]:
    kind = plain["type"]
    values = plain.get("any", {}) | plain.get("joint", {})
    for name in RAREST_FIRST:
        if name in values:
            return [(kind, name, value) for value in values[name]]
    if words.groups:
        # a long word is rarer than a short one
        group = max(words.groups, key=lambda runs: min(map(len, runs)))
        return {(kind, "q", max(run.split(), key=len)) for run in group}
    return [(kind, "", "")]


def _is_in(day: dt.date | None, low: int | None, high: int | None) -> bool:
    if day is None:
        return False
    ordinal = schema.day_ordinal(day)
    return (low is None or low <= ordinal) and (high is None or ordinal <= high)


def _run(stemmed: Iterable[str]) -> str:
    """The stems between spaces; "" if there is none."""
    run = " ".join(stemmed)
    return f" {run} " if run else ""
