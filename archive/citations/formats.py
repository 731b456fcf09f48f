"""Citations as files of reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archive.citations.reference import ARCHIVE, Citation, Kind, Name, Reference
from archive.citations.wording import paragraphs

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "{}%&#_$"},
    }
)
IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "%": r"\%"})
RIS_TYPES = {Kind.NEWS: "NEWS", Kind.SPEECH: "GEN", Kind.PAGE: "ELEC"}


@dataclass(frozen=True)
class Format:
    """A file of one citation; `suffix` ends its address."""

    name: str
    suffix: str
    content_type: str
    written: Callable[[Citation], str]


def csl_json(citation: Citation) -> str:
    """An array of one item of CSL-JSON 1.0.2."""
    return json.dumps([csl_item(citation)], ensure_ascii=False, indent=2) + "\n"


def csl_item(citation: Citation) -> dict[str, Any]:
    """The item without empty fields. CSL has no field for a speaker that an article
    quotes, so that stands in `note` and, apart, in `custom`.
    """
    entry = citation.reference
    issued: dict[str, Any] = {"date-parts": [_date_parts(entry.issued)]}
    if entry.issued_is_inferred:
        issued["circa"] = True
    item = {
        "id": entry.key,
        "type": str(entry.kind),
        "title": entry.title,
        "author": [_csl_name(name) for name in entry.authors],
        "container-title": entry.container,
        "issued": issued if entry.issued else None,
        "accessed": _csl_day(entry),
        "genre": entry.genre,
        "archive": entry.archive,
        "URL": entry.url,
        "language": entry.language,
        "note": _note(citation),
        "custom": _custom(citation),
    }
    return {name: value for name, value in item.items() if value}


def bibtex(citation: Citation) -> str:
    """One entry in UTF-8; `note` says who is quoted and in which paragraph."""
    entry = citation.reference
    kind = "article" if entry.kind is Kind.NEWS else "misc"
    year, *rest = entry.issued.split("-")
    fields = {
        "title": _braced(entry.title),
        "author": " and ".join(map(_bibtex_name, entry.authors)),
        "journal" if kind == "article" else "howpublished": _escaped(
            ", ".join(filter(None, [entry.genre, entry.container]))
        ),
        "year": year,
        "month": MONTHS[int(rest[0]) - 1] if rest else "",
        "day": str(int(rest[1])) if rest[1:] else "",
        "url": entry.url.translate(IN_ADDRESS),
        "urldate": entry.accessed.isoformat() if entry.accessed else "",
        "language": entry.language,
        "note": _escaped(_note(citation)),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{kind}{{{entry.key},", *lines, "}", ""])


def ris(citation: Citation) -> str:
    """One record; lines end with CR LF, as the format asks."""
    entry = citation.reference
    date = "/".join([*entry.issued.split("-"), "", "", ""][:3]) + "/"
    rows = [
        ("TY", RIS_TYPES[entry.kind]),
        ("ID", entry.key),
        ("TI", entry.title),
        *(("AU", _ris_name(name)) for name in entry.authors),
        ("T2", entry.container),
        ("M3", entry.genre),
        ("PY", entry.issued[:4]),
        ("DA", date if entry.issued else ""),
        ("Y2", entry.accessed.strftime("%Y/%m/%d/") if entry.accessed else ""),
        ("SP", paragraphs(citation, "para.", "paras.")),
        ("DB", ARCHIVE),
        ("LA", entry.language),
        ("UR", entry.url),
        ("L2", entry.source_url),
        ("N1", _note(citation)),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])


FORMATS = (
    Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex),
    Format("RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris),
    Format(
        "CSL-JSON",
        "json",
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        csl_json,
    ),
)


def _note(citation: Citation) -> str:
    entry = citation.reference
    inferred = (
        "Date inferred by the archive's editors." if entry.issued_is_inferred else ""
    )
    source = f"Source: {entry.source_url}" if entry.source_url else ""
    return _one_line(" ".join(filter(None, [citation.note, inferred, source])))


def _custom(citation: Citation) -> dict[str, Any]:
    entry = citation.reference
    custom = {
        "speaker": _csl_name(citation.speaker) if citation.speaker else None,
        "relation": citation.relation,
        "paragraphs": list(citation.paragraphs),
        "source": entry.source_url,
    }
    return {name: value for name, value in custom.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def _csl_day(entry: Reference) -> dict[str, Any] | None:
    if not entry.accessed:
        return None
    return {"date-parts": [_date_parts(entry.accessed.isoformat())]}


def _date_parts(iso: str) -> list[int]:
    return [int(part) for part in iso.split("-") if part]


def _bibtex_name(name: Name) -> str:
    """BibTeX's order: von Last, Jr, First. Braces keep a name in one piece."""
    if not name.given:
        return f"{{{_escaped(name.family)}}}"
    parts = [name.family, name.suffix, name.given]
    return ", ".join(_escaped(part) for part in parts if part)


def _ris_name(name: Name) -> str:
    return ",".join(filter(None, [name.family, name.given, name.suffix]))


def _braced(title: str) -> str:
    """Braces inside keep the capitals of the title."""
    return f"{{{_escaped(title)}}}"


def _escaped(text: str) -> str:
    return _one_line(text).translate(SPECIAL)


def _one_line(text: str) -> str:
    return " ".join(text.split())
