"""What a share card says."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Mark:
    """A stance on the card: `key` names colour and icon, `text` is its word."""

    key: str
    text: str


@dataclass(frozen=True)
class Card:
    """The texts of a card, translated and as its page words them; "" leaves a line
    out. Only `words` may be cut, and then `cut` is drawn beside them.
    """

    site: str
    kind: str = ""
    words: str = ""
    name: str = ""
    role: str = ""
    marks: tuple[Mark, ...] = ()
    basis: str = ""
    on: str = ""
    source: str = ""
    note: str = ""
    cut: str = ""

    @property
    def texts(self) -> list[str]:
        """Everything that may be drawn."""
        lines = [getattr(self, field.name) for field in fields(self)]
        return [
            *(line for line in lines if isinstance(line, str) and line),
            *(mark.text for mark in self.marks),
        ]

    def without_words(self) -> Card:
        """The card of a record whose words the fonts cannot draw."""
        return Card(self.site)
