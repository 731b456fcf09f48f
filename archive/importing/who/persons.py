"""One side of a pair that may be one person: a speaker of the archive, or a row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from archive.importing import people
from archive.importing.who.names import Name, folded, parse, suffix_of
from statements.models.speakers import SpeakerKind


class Side(NamedTuple):
    """Names a record for good: a row by source and id, a speaker by uid, source "" and
    its uid.
    """

    source: str
    id: str

    def __str__(self) -> str:
        return f"{self.source}:{self.id}" if self.source else self.id


class Office(NamedTuple):
    title: str
    place: str
    start: dt.date | None = None
    end: dt.date | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.title, self.place]))


@dataclass
class Person:
    """`identifiers` are pairs of scheme and value; `sources` those that have a row of
    this person, or of the same row: a source tells its own people apart.
    """

    side: Side
    name: str
    other_names: tuple[str, ...] = ()
    kind: str = SpeakerKind.PERSON.value
    nicknames: tuple[str, ...] = ()
    suffix: str = ""
    identifiers: frozenset[tuple[str, str]] = frozenset()
    sources: frozenset[str] = frozenset()
    offices: tuple[Office, ...] = ()
    pk: int | None = None
    slug: str = ""
    place: tuple[str, int] = ("", 0)  # of a row: file and line
    values: dict[str, Any] = field(default_factory=dict)  # of a row

    @cached_property
    def is_person(self) -> bool:
        return self.kind == SpeakerKind.PERSON

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return tuple(parse(each) for each in (self.name, *self.other_names) if each)

    @cached_property
    def exact_names(self) -> frozenset[str]:
        return frozenset(map(people.folded, (self.name, *self.other_names)))

    @cached_property
    def called(self) -> frozenset[str]:
        """Nicknames that a source gives."""
        own = {folded(each).strip(" .\"'") for each in self.nicknames}
        return frozenset(
            each for each in own.union(*(name.nicknames for name in self.names)) if each
        )

    @cached_property
    def suffixes(self) -> frozenset[str]:
        given = {suffix_of(self.suffix), *(name.suffix for name in self.names)}
        return frozenset(given - {""})

    @property
    def token(self) -> str:
        """How a decision names it: a slug, or id: and the row's id."""
        return self.slug if self.pk else f"id:{self.side.id}"

    def __str__(self) -> str:
        return f"{self.name} ({self.token})"
