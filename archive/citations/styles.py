"""The styles of which a page shows texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.citations import apa, chicago, mla
from archive.citations.reference import Citation

Text = Callable[[Citation], str]


@dataclass(frozen=True)
class Style:
    """`reference` writes the entry of a bibliography, `cited` what stands in the text
    (in Chicago, the note).
    """

    name: str
    reference: Text
    cited: Text
    has_notes: bool = False


@dataclass(frozen=True)
class Texts:
    """A citation in one style."""

    style: Style
    reference: str
    cited: str


STYLES = (
    Style("APA", apa.reference, apa.in_text),
    Style("Chicago", chicago.reference, chicago.note, has_notes=True),
    Style("MLA", mla.reference, mla.in_text),
)


def texts(citation: Citation) -> list[Texts]:
    return [
        Texts(style, style.reference(citation), style.cited(citation))
        for style in STYLES
    ]
