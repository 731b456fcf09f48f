"""What a citation is made of, in the words of CSL 1.0.2 where CSL has one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

ARCHIVE = "On Record"


class Kind(StrEnum):
    """The types of CSL that records have."""

    NEWS = "article-newspaper"
    SPEECH = "speech"
    PAGE = "webpage"


@dataclass(frozen=True)
class Name:
    """A person by `family` and `given`; what has no given name is `family` alone and
    is never inverted: an organization, a name whose order is not known.
    """

    family: str
    given: str = ""
    suffix: str = ""

    @classmethod
    def sorted(cls, sort_name: str) -> Name:
        """Takes “Lander, Brad” or “King, Martin Luther, Jr.”."""
        family, *rest = sort_name.split(", ")
        return cls(family, *rest[:2])

    @property
    def in_order(self) -> str:
        """Brad Lander; Martin Luther King Jr."""
        return " ".join(filter(None, [self.given, self.family, self.suffix]))


@dataclass(frozen=True)
class Reference:
    """One entry of a bibliography.

    `issued` is an ISO date as precise as it is known (2024-12-12, 2024-12, 2024) or
    empty. `url` is permanent and absolute. `accessed` is set if the record has no date
    or may change its content.
    """

    key: str
    kind: Kind
    title: str
    url: str
    authors: tuple[Name, ...] = ()
    container: str = ""
    issued: str = ""
    issued_is_inferred: bool = False
    genre: str = ""
    source_url: str = ""
    language: str = ""
    accessed: dt.date | None = None

    @property
    def archive(self) -> str:
        """Where it was consulted, unless that is its container."""
        return "" if self.container == ARCHIVE else ARCHIVE


@dataclass(frozen=True)
class Citation:
    """A reference and what of it is cited.

    `speaker` said the words that `reference` reports, in `relation` to it (“quoted in”,
    “paraphrased in”); it is None if the author of the reference speaks. `paragraphs`
    are numbers in the stored source, from 1. `note` is the record in a sentence, for
    formats without a field for a speaker.
    """

    reference: Reference
    speaker: Name | None = None
    relation: str = ""
    paragraphs: tuple[int, ...] = ()
    note: str = ""
