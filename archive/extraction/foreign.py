"""Reads texts that are not English: quotations in marks, and the name beside a verb of
speech or before a colon. No English rule applies; the confidence is low.
"""

import re
from collections.abc import Iterator

from archive.extraction.model import (
    NOBODY,
    Kind,
    Naming,
    Passage,
    Speaker,
    Statement,
    StatementForm,
)
from archive.extraction.quotes import Quotation

_CONFIDENCE = 0.5
_VERBS = (
    "sagte|sagt|erklärte|erwiderte|meinte|betonte|schrieb|antwortete|fügte|so|"
    "dijo|dice|afirmó|declaró|explicó|añadió|aseguró|señaló|"
    "dit|a dit|a déclaré|déclare|a affirmé|affirme|a expliqué|explique|a ajouté"
)
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚĞİŁŃŇŐŘŚŞŠŤŮŰŹŻŽ"
_NAME = rf"[{_CAPITAL}][\w'’-]+"
_PARTICLE = r"von der|van der|von|van|de la|del|de|du|di|al"
_NAMES = rf"{_NAME}(?:[ ](?:(?:{_PARTICLE})[ ])?{_NAME}){{0,5}}"
_BEHIND = re.compile(
    rf"[ \t\xa0\u202f]*,?[ \t\xa0]*(?:{_VERBS})[ ](?:[^\W\d_{_CAPITAL}][\w'’-]*[ ])"
    rf"{{0,3}}(?P<name>{_NAMES})"
)
_BEFORE = re.compile(rf"(?P<name>{_NAMES})(?:[ ](?:{_VERBS}))?[ ]?:[ \t\xa0]*\Z")
# in German an office is written as a name is
_OFFICE = re.compile(
    r"(?:\w*(?:meister|kanzler|minister|präsident|sprecher|direktor|leiter|kapitän)(?:in)?"
    r"|\w*vorsitzende[r]?|rats(?:herr|frau)|herr|frau)",
    re.IGNORECASE,
)
_SPEECH = re.compile(rf"(?:{_VERBS})\Z", re.IGNORECASE)
_REACH = 160
_FEWEST_WORDS = 2


def quoted_statements(text: str, quoted: list[Quotation]) -> Iterator[Statement]:
    """Returns a direct statement for each quotation of two words or more."""
    for quote in quoted:
        start, end = quote.start, quote.end
        piece = text[start:end]
        if len(piece.split()) < _FEWEST_WORDS:
            continue
        start += len(piece) - len(piece.lstrip())
        passage = Passage.of(text, start, start + len(piece.strip()))
        yield Statement(StatementForm.DIRECT, (passage,), _speaker(text, quote))


def _speaker(text: str, quote: Quotation) -> Speaker:
    match = _BEHIND.match(text, quote.outer_end, quote.outer_end + _REACH)
    if match is None:
        line = text.rfind("\n", 0, quote.outer_start) + 1
        edge = max(line, quote.outer_start - _REACH)
        match = _BEFORE.search(text[edge : quote.outer_start])
        start = edge
    else:
        start = 0
    if match is None or _SPEECH.fullmatch(match["name"]):
        return NOBODY
    mention = Passage.of(text, start + match.start("name"), start + match.end("name"))
    first, _, rest = mention.exact.partition(" ")
    name = rest if rest and _OFFICE.fullmatch(first) else mention.exact
    return Speaker(name, Kind.PERSON, Naming.NAME, mention, _CONFIDENCE)
