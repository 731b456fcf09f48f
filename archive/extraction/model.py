"""The classes of a draft: what the engine returns for an editor, with the offsets of
each part in the normalized text.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a speaker."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"


class Naming(StrEnum):
    """How the text names a speaker at one point."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class StatementForm(StrEnum):
    """The forms of a statement, in the archive's vocabulary."""

    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"
    COLLECTIVE = "collective"


class TextKind(StrEnum):
    """What kind of text the engine takes its input for."""

    ARTICLE = "article"
    TRANSCRIPT = "transcript"
    INTERVIEW = "interview"
    SPEECH = "speech"
    RELEASE = "press release"
    POSTS = "social posts"
    FACT_SHEET = "fact sheet"


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
    """A possible speaker; the score is between 0 and 1, comparable within one
    statement.
    """

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the words of the text that name the speaker, and the person they
    refer to.

    name is None if the text gives none or the engine is not sure; candidates (best
    first) are then the persons to consider. known is True if the name is one of the
    known speakers that were passed in.
    """

    name: str | None
    kind: Kind
    naming: Naming
    mention: Passage | None
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    role: Passage | None = None
    known: bool = False


NOBODY = Speaker(None, Kind.PERSON, Naming.NOMINAL, None, 0.0)


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
    """One entry of a proposal list, without its bullet; label and body are set if it
    has the form "Label: text".
    """

    number: int
    passage: Passage
    label: Passage | None = None
    body: Passage | None = None


@dataclass(frozen=True, slots=True)
class ProposalList:
    """A lead-in and its items. is_complete: False if the lead-in says "included", True
    if it says "all".
    """

    introduction: Passage
    items: tuple[Item, ...]
    issuer: Speaker | None = None
    addressee: Passage | None = None
    is_complete: bool | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person the text names, with every role phrase the text gives them."""

    name: str
    kind: Kind
    mentions: tuple[Passage, ...]
    roles: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """The engine's reading of one text. All offsets refer to `text`, which is
    normalized. language: "en", "de", "es", "fr", or "und" (another script).
    """

    text: str
    statements: tuple[Statement, ...] = ()
    lists: tuple[ProposalList, ...] = ()
    people: tuple[Person, ...] = ()
    kind: TextKind = TextKind.ARTICLE
    language: str = "en"
