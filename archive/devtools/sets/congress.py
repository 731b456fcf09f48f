"""The set of the members of Congress."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.devtools.sets.packing import read_csv, write_csv
from archive.devtools.sets.parties import ORGANIZATIONS, party_row
from archive.importing.who.places import STATES

PAGE = "https://bioguide.congress.gov/search/bio/{}"
CHAMBERS = {
    "Senator": ("us-senate", "U.S. Senate", "U.S. Senator"),
    "Representative": (
        "us-house",
        "U.S. House of Representatives",
        "U.S. Representative",
    ),
}
NICKNAME = re.compile(r'\s*"[^"]*"')


def build(source: Path, target: Path) -> None:
    members = read_csv(source / "speakers.csv")
    write_csv(
        target / "speakers.csv.xz",
        ("id", "kind", "name", "sort_name", "other_names", "identifiers", "url"),
        [*_organizations(), *map(_speaker, members)],
    )
    write_csv(
        target / "affiliations.csv.xz",
        (
            *("id", "speaker_id", "kind", "title", "organization_id", "place"),
            *("start", "end", "source_url"),
        ),
        _affiliations(members),
    )


def _organizations() -> list[dict[str, str]]:
    chambers = [
        {"id": key, "kind": "organization", "name": name}
        for key, name, _title in CHAMBERS.values()
    ]
    return [*ORGANIZATIONS, *chambers]


def _speaker(row: dict[str, str]) -> dict[str, str]:
    wikidata = f"; Wikidata {row['wikidata']}" if row["wikidata"] else ""
    suffix = f", {row['suffix']}" if row["suffix"] else ""
    return {
        "id": row["external_id"],
        "kind": "person",
        "name": row["full_name"],
        "sort_name": f"{row['last_name']}, {row['first_name']}{suffix}",
        "other_names": "; ".join(other_names(row)),
        "identifiers": f"Bioguide {row['external_id']}{wikidata}",
        "url": row["website"],
    }


def other_names(row: dict[str, str]) -> list[str]:
    """First and last name, with the nickname, with the suffix; without the name that
    the member is listed by.
    """
    full, last, suffix = row["full_name"], row["last_name"], row["suffix"]
    names = [f"{row['first_name']} {last}", NICKNAME.sub("", full)]
    if row["nickname"]:
        names.append(f"{row['nickname']} {last}")
    if suffix and not full.endswith(suffix):
        names.append(f"{full} {suffix}")
    return [name for name in dict.fromkeys(names) if name != full]


def _affiliations(members: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    for row in members:
        key = row["external_id"]
        chamber, _name, title = CHAMBERS[row["role"]]
        term = {
            "speaker_id": key,
            "start": row["term_start"],
            "end": row["term_end"],
            "source_url": PAGE.format(key),
        }
        yield term | {
            "id": f"{key} office",
            "kind": "office",
            "title": title,
            "organization_id": chamber,
            "place": STATES[row["state"]],
        }
        if row["district"]:
            yield term | {
                "id": f"{key} district",
                "kind": "member",
                "place": district(STATES[row["state"]], row["district"]),
            }
        yield term | party_row(key, row["party"])


def district(state: str, number: str) -> str:
    """A record of its own, so that all of a state's members have the same place; "0" is
    the whole state.
    """
    return f"{state}, at large" if number == "0" else f"{state}, district {number}"
