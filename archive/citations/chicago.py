"""Chicago, 18th edition, notes and bibliography."""

from __future__ import annotations

from collections.abc import Sequence

from archive.citations import wording
from archive.citations.reference import Citation, Name, Reference

MOST_IN_NOTE, MOST_IN_ENTRY, FIRST = 2, 6, 3


def reference(citation: Citation) -> str:
    entry = citation.reference
    dated = ", ".join(filter(None, [entry.container, _date(entry)]))
    parts = [
        _authors(entry.authors),
        wording.in_quotes(entry.title, "."),
        entry.genre,
        dated,
        entry.archive,
        _accessed(entry, "Accessed"),
        entry.url,
    ]
    return " ".join(wording.closed(part) for part in parts if part)


def note(citation: Citation) -> str:
    entry = citation.reference
    further = [
        entry.genre,
        entry.container,
        _date(entry),
        wording.paragraphs(citation, "para.", "paras."),
        entry.archive,
        _accessed(entry, "accessed"),
        entry.url,
    ]
    by = f"{_in_note(entry.authors)}, " if entry.authors else ""
    speaker = citation.speaker.in_order if citation.speaker else ""
    said = wording.said_in(citation, speaker)
    title = wording.in_quotes(entry.title, ",")
    return f"{said}{by}{title} {wording.sentence(*further)}"


def _authors(names: Sequence[Name]) -> str:
    if len(names) > MOST_IN_ENTRY:
        first = ", ".join(
            [wording.inverted(names[0]), *(name.in_order for name in names[1:FIRST])]
        )
        return f"{first}, et al."
    return wording.first_inverted(names) if names else ""


def _in_note(names: Sequence[Name]) -> str:
    if len(names) > MOST_IN_NOTE:
        return f"{names[0].in_order} et al."
    return wording.listed([name.in_order for name in names])


def _date(entry: Reference) -> str:
    date = wording.month_day_year(entry.issued)
    return wording.inferred(date, entry.issued_is_inferred)


def _accessed(entry: Reference, word: str) -> str:
    if not entry.accessed:
        return ""
    return f"{word} {wording.month_day_year(entry.accessed.isoformat())}"
