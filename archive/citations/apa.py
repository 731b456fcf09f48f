"""APA, 7th edition. Titles are printed as they are: no capital is changed."""

from __future__ import annotations

import re

from archive.citations import wording
from archive.citations.reference import Citation, Name, Reference

MOST = 20  # authors; of more, the first 19 and the last are named


def reference(citation: Citation) -> str:
    entry = citation.reference
    date = wording.inferred(_date(entry.issued), entry.issued_is_inferred)
    title = entry.title + (f" [{entry.genre}]" if entry.genre else "")
    dated = f"({date or 'n.d.'})."
    begin = (
        [wording.closed(_authors(entry.authors)), dated, wording.closed(title)]
        if entry.authors
        else [wording.closed(title), dated]
    )
    middle = [f"{part}." for part in (entry.container, entry.archive) if part]
    return " ".join([*begin, *middle, _address(entry)])


def in_text(citation: Citation) -> str:
    entry = citation.reference
    source = (
        wording.surnames(entry.authors, 2, "&")
        if entry.authors
        else wording.in_quotes(entry.title, ",")
    )
    comma = "," if entry.authors else ""
    year = wording.inferred(entry.issued[:4], entry.issued_is_inferred) or "n.d."
    speaker = citation.speaker.family if citation.speaker else ""
    locator = wording.paragraphs(citation, "para.", "paras.")
    parts = [f"{source}{comma} {year}", *filter(None, [locator])]
    return f"({wording.said_in(citation, speaker)}{', '.join(parts)})"


def _date(iso: str) -> str:
    """2024, December 12."""
    year, *rest = iso.split("-")
    if not rest:
        return year
    written = wording.month_day_year(f"{year}-{'-'.join(rest)}")
    return f"{year}, {written.removesuffix(year).rstrip(' ,')}"


def _authors(names: tuple[Name, ...]) -> str:
    written = [_author(name) for name in names]
    if len(written) > MOST:
        return f"{', '.join(written[: MOST - 1])}, . . . {written[-1]}"
    if len(written) == 1:
        return written[0]
    return f"{', '.join(written[:-1])}, & {written[-1]}"


def _author(name: Name) -> str:
    given = re.sub(r"(\w)[\w'’.]*", r"\1.", name.given)
    return ", ".join(filter(None, [name.family, given, name.suffix]))


def _address(entry: Reference) -> str:
    if not entry.accessed:
        return entry.url
    day = wording.month_day_year(entry.accessed.isoformat())
    return f"Retrieved {day}, from {entry.url}"
