"""Offices, parties and memberships of speakers."""

from __future__ import annotations

from archive.importing import cells
from archive.importing.base import Block, Kind, Row
from archive.importing.columns import Column, Reference, plain
from archive.importing.kinds.sources import set_date
from statements.models import Affiliation, AffiliationKind

DATES = {
    "start": "start_precision",
    "end": "end_precision",
    "known_on": "known_precision",
}
KEY = ("speaker_id", "kind", "title", "organization_id", "place", "start")


def _finish(block: Block) -> None:
    for row in block.ok_rows:
        for name, precision in DATES.items():
            if name in row.fields:
                set_date(row, name, precision)
        kind = row.fields.get("kind", AffiliationKind.OFFICE)
        if kind == AffiliationKind.OFFICE and not row.fields.get("title"):
            block.wrong(row, "An office needs its title.", "title")


def _match(block: Block) -> None:
    """A row that says what the archive has already belongs to that record."""
    rows = {_key(row): row for row in block.new_rows if row.target is None}
    known = Affiliation.objects.filter(speaker__in={key[0] for key in rows})
    for pk, *key in known.values_list("pk", *KEY):
        start = key[5].isoformat() if key[5] else None
        if row := rows.get((*key[:5], start)):
            row.target = pk


def _key(row: Row) -> tuple[object, ...]:
    given = {"kind": AffiliationKind.OFFICE.value, "title": "", "place": ""}
    given |= {name: row.fields[name] for name in KEY if name in row.fields}
    return tuple(given.get(name) for name in KEY)


def _date(name: str, meaning: str, *aliases: str) -> Column:
    return plain(name, meaning, cells.when, *aliases, is_date=True, empty=None)


AFFILIATIONS = Kind(
    name="affiliations",
    one="affiliation",
    model=Affiliation,
    own=(
        plain(
            "kind",
            "office (the default), party or member.",
            cells.choice(AffiliationKind),
            keeps_default=True,
        ),
        plain(
            "title",
            "As the source calls it; an office needs it.",
            cells.line(Affiliation, "title"),
            "role",
        ),
        plain(
            "place",
            "Such as “Illinois” or “Council District 14”.",
            cells.line(Affiliation, "place"),
            *("jurisdiction", "area", "district"),
        ),
        _date("start", "First day, month or year.", "term_start", "from"),
        _date("end", "Last day, month or year.", "term_end", "until"),
        _date("known_on", "When a source shows it held."),
        plain(
            "known_is_inferred",
            "yes: no source states that date.",
            cells.yes_no,
            keeps_default=True,
        ),
        plain("source_url", "A source's address.", cells.address, "source"),
    ),
    references=(
        Reference(
            "speaker", "speakers", "Who holds or says it", True, ("speaker_name",)
        ),
        Reference(
            "organization",
            "speakers",
            "The party, body or committee",
            False,
            ("organisation",),
        ),
    ),
    key=(
        *("speaker_id", "speaker_uid", "speaker", "kind", "title"),
        *("organization_id", "organization_uid", "organization"),
        *("place", "start", "known_on"),
    ),
    label="title",
    finish=_finish,
    match=_match,
)
