"""The set of the New York City Council's proposals, sponsorships and votes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from archive.devtools.sets.packing import read_csv, read_lines, write_csv, write_lines
from archive.wording.topic_rules import TopicRules

COUNCIL, NAME = "council", "New York City Council"
MIRROR = "https://github.com/jehiah/nyc_legislation/blob/4f705e953a60/people/{}.json"
MIRRORED = "2026-08"  # when the mirror was taken
SCHEME = "Legistar"
ADVOCATE = "public-advocate-jumaane-williams"
# Two records at the source that are one person; the first one is kept.
SAME = {"pierina-ana-p-sanchez": "pierina-ana-sanchez"}
# The mirror gives the start of a member's first term. Who began before this day must
# have been away since: nobody may serve more than two terms running.
FIRST_POSSIBLE = "2014-01-01"
# A title in which the number of the law and the subject have grown together.
GLUED = re.compile(r"^(Local Law \d+ of \d{4})(?=[A-Z])")
DISPUTED = 10  # votes against or abstentions
MEMBER = "Council Member"
DISPUTED_FILE, OTHER_FILE = "disputed", "other"

Rows = list[dict[str, str]]


def build(source: Path, target: Path, rules: TopicRules) -> None:
    people = [
        r for r in read_csv(source / "speakers.csv") if r["external_id"] not in SAME
    ]
    rows = [_of_one_person(row) for row in read_csv(source / "positions.csv")]
    proposals = read_lines(source / "proposals.jsonl")
    write_csv(
        target / "speakers.csv.xz",
        ("id", "kind", "name", "sort_name", "other_names", "url"),
        [*_bodies(rows), *map(_speaker, people)],
    )
    write_csv(
        target / "affiliations.csv.xz",
        (
            *("id", "speaker_id", "kind", "title", "organization_id", "place"),
            *("start", "end", "known_on", "source_url"),
        ),
        [each for row in people for each in _affiliations(row, rows)],
    )
    _write_proposals(target, proposals, rows, rules)


def _write_proposals(
    target: Path, proposals: list[dict[str, Any]], rows: Rows, rules: TopicRules
) -> None:
    """In two files each: those of the demo, and the others."""
    shown = disputed(rows)
    primes = {
        row["proposal_external_id"]: row["speaker_external_id"]
        for row in rows
        if row["basis"] == "prime_sponsor"
    }
    pages = {row["external_id"]: row["source_url"] for row in proposals}
    for name, is_shown in ((DISPUTED_FILE, True), (OTHER_FILE, False)):
        write_lines(
            target / f"proposals-{name}.jsonl.xz",
            (
                _proposal(row, primes, rules)
                for row in proposals
                if (row["external_id"] in shown) == is_shown
            ),
        )
        write_csv(
            target / f"positions-{name}.csv.xz",
            (
                *("id", "proposal_id", "speaker_id", "stance", "basis", "held_on"),
                *("body_id", "source_ref", "source_url"),
            ),
            (
                _position(row, pages)
                for row in rows
                if row["basis"] != "prime_sponsor"
                and (row["proposal_external_id"] in shown) == is_shown
            ),
        )


def disputed(rows: Iterable[dict[str, str]]) -> set[str]:
    """The proposals with DISPUTED or more votes against or abstentions."""
    counts = Counter(
        row["proposal_external_id"] for row in rows if row["stance"] != "supports"
    )
    return {proposal for proposal, count in counts.items() if count >= DISPUTED}


def _of_one_person(row: dict[str, str]) -> dict[str, str]:
    key = row["speaker_external_id"]
    return row | {"speaker_external_id": SAME.get(key, key)}


def _bodies(rows: Rows) -> Iterator[dict[str, str]]:
    yield {"id": COUNCIL, "kind": "organization", "name": NAME}
    for body in sorted({row["body"] for row in rows} - {"City Council"}):
        yield {"id": body, "kind": "organization", "name": f"{NAME}, {body}"}


def _speaker(row: dict[str, str]) -> dict[str, str]:
    key, last = row["external_id"], row["last_name"].removeprefix("Mr. ")
    name = row["full_name"].removeprefix("Public Advocate ")
    other = [each for each, into in SAME.items() if into == key]
    surname, _comma, suffix = last.partition(", ")
    given = ", ".join(each for each in (row["first_name"], suffix) if each)
    return {
        "id": key,
        "kind": "person",
        "name": name,
        "sort_name": f"{surname}, {given}",
        "other_names": "Pierina Ana P. Sanchez" if other else "",
        "url": row["website"],
    }


def _affiliations(person: dict[str, str], rows: Rows) -> Iterator[dict[str, str]]:
    key, role = person["external_id"], person["role"]
    shared = {"speaker_id": key, "source_url": MIRROR.format(key)}
    term = {"start": person["start"], "end": person["end"]}
    if person["start"] < FIRST_POSSIBLE:
        term |= {"start": "", "known_on": _first_day(key, rows)}
    if key == ADVOCATE:
        yield (
            shared
            | term
            | {
                "id": f"{key} office",
                "kind": "office",
                "title": role,
                "place": "New York City",
            }
        )
        return
    yield (
        shared
        | term
        | {
            "id": f"{key} member",
            "kind": "member",
            "title": MEMBER,
            "organization_id": COUNCIL,
            "place": "New York City",
        }
    )
    if role != MEMBER and person["is_active"] == "True":
        yield shared | {
            "id": f"{key} office",
            "kind": "office",
            "title": role.removeprefix("The "),
            "organization_id": COUNCIL,
            "place": "New York City",
            "known_on": MIRRORED,
        }


def _first_day(key: str, rows: Rows) -> str:
    """Of the first vote, which only a member has."""
    return min(
        row["date"]
        for row in rows
        if row["speaker_external_id"] == key and row["basis"] == "vote"
    )


def _proposal(
    row: dict[str, Any], primes: dict[str, str], rules: TopicRules
) -> dict[str, str]:
    title = GLUED.sub(r"\1: ", " ".join(row["short_title"].split()))
    full = " ".join(row["title"].split())
    text = row["summary"].strip() or (
        "" if full.rstrip(".") == title.rstrip(".") else full
    )
    topics = rules.topics("\n".join((title, full, row["summary"])))
    return {
        "id": row["external_id"],
        "identifiers": f"{SCHEME} {row['external_id']}",
        "title": title,
        "text": text,
        "proposed_by_id": primes.get(row["external_id"], ""),
        "proposed_on": row["introduced"],
        "outcome": row["status"],
        "source_url": row["source_url"],
        "topics": "; ".join(topics),
        "topics_by_rule": "yes" if topics else "",
    }


def _position(row: dict[str, str], pages: dict[str, str]) -> dict[str, str]:
    proposal, speaker = row["proposal_external_id"], row["speaker_external_id"]
    reference, body = row["source_ref"], row["body"]
    return {
        "id": f"{proposal} {speaker} {reference.removeprefix('history:')}",
        "proposal_id": proposal,
        "speaker_id": speaker,
        "stance": row["stance"],
        "basis": "action",
        "held_on": row["date"],
        "body_id": COUNCIL if body == "City Council" else body,
        "source_ref": reference,
        "source_url": pages[proposal],
    }
