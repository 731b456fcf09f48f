"""MLA, 9th edition."""

from __future__ import annotations

from collections.abc import Sequence

from archive.citations import wording
from archive.citations.reference import Citation, Name, Reference

MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
MOST = 2  # authors; of more, the first is named


def reference(citation: Citation) -> str:
    entry = citation.reference
    parts = [entry.container, _date(entry), entry.archive, entry.url]
    whole = [
        wording.closed(_authors(entry.authors)) if entry.authors else "",
        wording.in_quotes(entry.title, "."),
        wording.closed(entry.genre) if entry.genre else "",
        wording.sentence(*parts),
        f"Accessed {day(entry.accessed.isoformat())}." if entry.accessed else "",
    ]
    return " ".join(filter(None, whole))


def in_text(citation: Citation) -> str:
    entry = citation.reference
    locator = wording.paragraphs(citation, "par.", "pars.")
    comma = "," if locator else ""
    source = (
        wording.surnames(entry.authors, MOST) + comma
        if entry.authors
        else wording.in_quotes(entry.title, comma)
    )
    cited = f"{source} {locator}".strip()
    speaker = citation.speaker.family if citation.speaker else ""
    relation = citation.relation.replace("quoted in", "qtd. in")
    return f"({speaker}, {relation} {cited})" if speaker else f"({cited})"


def day(iso: str) -> str:
    """12 Dec. 2024; Dec. 2024; 2024."""
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return " ".join([*(str(int(part)) for part in rest[1:]), month, year])


def _authors(names: Sequence[Name]) -> str:
    if len(names) > MOST:
        return f"{wording.inverted(names[0])}, et al."
    return wording.first_inverted(names)


def _date(entry: Reference) -> str:
    return wording.inferred(day(entry.issued), entry.issued_is_inferred)
