"""Who is who on the three data sets: how many of the true pairs are proposed, whether
any two people would be merged wrongly, and what the search costs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

from archive.importing.sets import DEMO
from archive.importing.who import finding, measuring
from archive.importing.who.persons import Person, Side

TABLES = Path(__file__).parents[3] / "tests" / "importing" / "who"
ROWS, SPEAKERS = 3_000, 20_000
ENDINGS = ("", "son", "man", "er", "ez", "field", "ton", "ski", "well", "ley")


def run(folder: Path) -> Iterator[str]:
    """`folder` holds the three sets, each with its speakers.csv."""
    rows = [row for name in DEMO for row in _rows(folder / name / "speakers.csv", name)]
    tables = measuring.read(TABLES / "people.csv")
    rows += [row for row in tables if row["source"] == "seed"]
    people = measuring.people(rows)
    true = measuring.same(measuring.read(TABLES / "same.csv"))
    yield f"{len(people):,} people of three sets: {measuring.among(people, true)}"
    spellings = measuring.read(TABLES / "spellings.csv")
    yield f"other spellings: {measuring.of_spellings(people, spellings, true)}"
    yield from _costs(people)


def _rows(path: Path, source: str) -> list[dict[str, str]]:
    return [
        {
            "source": source,
            "id": row["external_id"],
            "name": row["full_name"],
            "nickname": row.get("nickname", ""),
            "suffix": row.get("suffix", ""),
            "wikidata": row.get("wikidata", ""),
            "office": row["role"],
            "place": row.get("jurisdiction") or row.get("state") or "",
        }
        for row in measuring.read(path)
    ]


def _costs(people: list[Person]) -> Iterator[str]:
    """Of names that are made of the given ones."""
    chance = random.Random(1)  # noqa: S311
    words = [each.names[0].words for each in people if each.names[0].first]
    made = [
        Person(
            Side("new" if number < ROWS else "", str(number)),
            " ".join(
                (
                    chance.choice(words)[0].title(),
                    chance.choice(("A.", "B.", "J.", "")),
                    chance.choice(words)[-1].title() + chance.choice(ENDINGS),
                )
            ),
        )
        for number in range(ROWS + SPEAKERS)
    ]
    start = time.process_time()
    count = len(finding.pairs(made[:ROWS], made[ROWS:]))
    spent = time.process_time() - start
    yield f"{ROWS:,} rows, {SPEAKERS:,} speakers: {spent:.1f} s CPU, {count:,} pairs"
