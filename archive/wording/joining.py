"""How the passages of a record read together, as the database derives the text.

The database does the same in SQL (`archive_joint` and `archive_marked_cuts` in the
migrations of archive); `verify` compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

OMITTED = " […] "
PARAGRAPH = "\n\n"
CUT = "…"
# The migrations hold the same expressions: PostgreSQL reads them as Python does.
_SPACE = r" \t\n\u00a0"
_MARKS = "\"“”„«»‹›‘’'"
# Matches text that is only a paragraph end, with closing and opening marks around it.
BETWEEN_PARAGRAPHS = re.compile(rf"\A[{_SPACE}{_MARKS}>]*\n[{_SPACE}{_MARKS}>]*\Z")
# Matches a prefix after which a sentence or a quotation begins.
STARTS = re.compile(
    rf"(\A|[\"“„«‘'‹「『(\[]|[«‹][{_SPACE}]|[.!?…:][\"'”’»)\]]*[{_SPACE}]+"
    rf"|(\A|\n)[{_SPACE}]*([-–—•*][{_SPACE}]+)?)\Z"
)
ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
# Matches a suffix before which a sentence or a quotation ends.
ENDS_AFTER = re.compile(
    rf"\A(\Z|[.!?…]|[,;:–—-]?[{_SPACE}]?[\"”»’'›」』“]|[{_SPACE}]*\n)"
)


class Anchored(Protocol):
    """A passage: the position of its words in a version, and the text around them."""

    version_id: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def joined(text: str, passages: Sequence[Anchored], marks_cuts: bool) -> str:
    """The words of `passages`, which stand in `text` in that order.

    Passages with nothing but the end of a paragraph between them are joined by a blank
    line, others by […]. With `marks_cuts`, … marks a start or an end of the whole that
    is inside a sentence of a quotation.
    """
    if not passages:
        return ""
    pieces = [passages[0].exact]
    for before, after in pairwise(passages):
        same = before.version_id == after.version_id
        gap = text[before.end : after.start] if same else ""
        is_paragraph = BETWEEN_PARAGRAPHS.fullmatch(gap) is not None
        pieces += [PARAGRAPH if is_paragraph else OMITTED, after.exact]
    whole = "".join(pieces)
    if marks_cuts and is_cut_before(passages[0].prefix):
        whole = f"{CUT} {whole}"
    if marks_cuts and is_cut_after(passages[-1].exact, passages[-1].suffix):
        whole = f"{whole} {CUT}"
    return whole


def with_cuts(passage: Anchored) -> str:
    """The words of one passage, with … at an end that is cut."""
    before = f"{CUT} " if is_cut_before(passage.prefix) else ""
    after = f" {CUT}" if is_cut_after(passage.exact, passage.suffix) else ""
    return f"{before}{passage.exact}{after}"


def is_cut_before(prefix: str) -> bool:
    """Whether a passage with that prefix begins inside a sentence of a quotation."""
    return STARTS.search(prefix) is None


def is_cut_after(exact: str, suffix: str) -> bool:
    """Whether that passage ends inside a sentence of a quotation."""
    return ENDS.search(exact) is None and ENDS_AFTER.search(suffix) is None
