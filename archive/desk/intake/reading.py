"""What comes of reading a pasted text: the text to store, and what it says about
itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """From where in the source a value comes."""

    METADATA = "metadata"
    HEADING = "heading"
    FIRST_LINE = "first line"
    BYLINE = "byline"
    DATELINE = "dateline"
    DATE_LINE = "date line"
    ADDRESS = "address"
    RELEASE = "release"
    FILE_NAME = "file name"


class Notice(StrEnum):
    """What an editor should know about how the text was read."""

    HTML = "html"
    WORD = "word"
    GUESSED = "guessed"
    NO_SENTENCE = "no sentence"


@dataclass(frozen=True)
class Hint:
    value: str
    origin: Origin


@dataclass
class Reading:
    """`fields` maps names of the article's fields to what was found. A date is written
    2024-12-12, 2024-12 or 2024.
    """

    text: str
    fields: dict[str, Hint] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def suggest(self, name: str, value: str | None, origin: Origin) -> None:
        """The first suggestion for a field stays."""
        if value and value.strip():
            self.fields.setdefault(name, Hint(" ".join(value.split()), origin))
