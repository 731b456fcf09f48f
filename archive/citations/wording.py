"""Names, dates and locators as more than one style prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from archive.citations.reference import Citation, Name

MONTHS = (
    "January February March April May June July August September October November "
    "December"
).split()
NESTED = str.maketrans("“”", "‘’")
STRAIGHT = re.compile(r'"([^"]*)"')


def month_day_year(iso: str) -> str:
    """December 12, 2024; December 2024; 2024."""
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{month} {int(rest[1])}, {year}" if rest[1:] else f"{month} {year}"


def inferred(date: str, is_inferred: bool) -> str:
    """A date that the source does not state stands in brackets."""
    return f"[{date}]" if date and is_inferred else date


def inverted(name: Name) -> str:
    """Lander, Brad; King, Martin Luther, Jr."""
    return ", ".join(filter(None, [name.family, name.given, name.suffix]))


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """A, B, and C. Two names that do not begin with an inverted one have no comma."""
    *others, last = names
    if not others:
        return last
    comma = "," if len(others) > 1 else ""
    return f"{', '.join(others)}{comma} {conjunction} {last}"


def first_inverted(names: Sequence[Name]) -> str:
    """Rubinstein, Dana, and Emma Fitz."""
    first, *others = names
    in_order = [name.in_order for name in others]
    if not others:
        return inverted(first)
    before = ", ".join([inverted(first), *in_order[:-1]])
    return f"{before}, and {in_order[-1]}"


def surnames(names: Sequence[Name], most: int, conjunction: str = "and") -> str:
    """Rubinstein and Fitz; more than `most` are shortened to the first and “et al.”"""
    families = [name.family for name in names]
    if len(families) > most:
        return f"{families[0]} et al."
    return listed(families, conjunction)


def in_quotes(title: str, mark: str = "") -> str:
    """“Title,” with `mark` inside the quotation marks. Marks of the title's own are
    nested; after a question mark there is no full stop.
    """
    nested = STRAIGHT.sub(r"‘\1’", title).translate(NESTED)
    has_end = mark == "." and nested.rstrip("’").endswith((".", "?", "!"))
    return f"“{nested}{'' if has_end else mark}”"


def sentence(*parts: str) -> str:
    """The parts that are not empty, joined by a comma, with a full stop."""
    return closed(", ".join(filter(None, parts)))


def closed(text: str) -> str:
    return text if text.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{text}."


def paragraphs(citation: Citation, one: str, several: str) -> str:
    """para. 7; paras. 7–8, 10."""
    numbers = citation.paragraphs
    if not numbers:
        return ""
    return f"{one if len(numbers) == 1 else several} {_ranges(numbers)}"


def said_in(citation: Citation, speaker: str) -> str:
    """“Lander, quoted in ” before the reference; empty if its author speaks."""
    return f"{speaker}, {citation.relation} " if citation.speaker else ""


def _ranges(numbers: Iterable[int]) -> str:
    ordered = sorted(set(numbers))
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    return ", ".join(
        str(start) if start == end else f"{start}–{end}"
        for start, end in zip(starts, ends, strict=True)
    )
