"""What the engine returns: drafts for an editor, every part with its place in the
normalized text.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a speaker is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"


class Naming(StrEnum):
    """How the text names a speaker at one place."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class StatementForm(StrEnum):
    """The forms of a statement (the archive's words)."""

    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class Passage:
    """text[start:end] == exact; offsets are code points of the normalized text, end
    exclusive.
    """

    start: int
    end: int
    exact: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Passage":
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the speaker; score between 0 and 1, comparable within one
    statement.
    """

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the words of the text that say so, and the person they stand for.

    name is None where the text gives none or the engine is not sure; candidates (best
    first) then say whom to look at. known is True when the name is one of the known
    speakers that were passed in.
    """

    name: str | None
    kind: Kind
    naming: Naming
    mention: Passage | None
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    role: Passage | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker said: 1..n passages without their outer quotation marks, in text
    order.
    """

    form: StatementForm
    passages: tuple[Passage, ...]
    speaker: Speaker
    cue: Passage | None = None
    clause: Passage | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a proposal list, without its bullet; label and body where it reads
    "Label: text".
    """

    number: int
    passage: Passage
    label: Passage | None = None
    body: Passage | None = None


@dataclass(frozen=True, slots=True)
class ProposalList:
    """A lead-in and its items. is_complete: False when the lead-in says "included",
    True when it says "all".
    """

    introduction: Passage
    items: tuple[Item, ...]
    issuer: Speaker | None = None
    addressee: Passage | None = None
    is_complete: bool | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the text names, with every role phrase it gives them."""

    name: str
    kind: Kind
    mentions: tuple[Passage, ...]
    roles: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """The engine's reading of one text. All offsets refer to `text`, which is
    normalized.
    """

    text: str
    statements: tuple[Statement, ...] = ()
    lists: tuple[ProposalList, ...] = ()
    people: tuple[Person, ...] = ()
