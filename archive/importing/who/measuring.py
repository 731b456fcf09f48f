"""How well pairs are found: by tables of people, of pairs that are one person, and of
other spellings of their names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.importing.who import finding
from archive.importing.who.finding import Pair
from archive.importing.who.persons import Office, Person, Side
from archive.importing.who.places import full_name

ELSEWHERE = "spellings"  # the source of other spellings


@dataclass(frozen=True)
class Figure:
    """Pairs of sides; `wrong` would be merged without a question and are not one."""

    true: frozenset[frozenset[Side]]
    proposed: frozenset[frozenset[Side]]
    wrong: frozenset[frozenset[Side]]

    @property
    def missed(self) -> frozenset[frozenset[Side]]:
        return self.true - self.proposed

    @property
    def recall(self) -> float:
        return 100 * (1 - len(self.missed) / len(self.true))

    def __str__(self) -> str:
        false = len(self.proposed - self.true)
        return (
            f"{len(self.true) - len(self.missed)} of {len(self.true)} true pairs "
            f"proposed ({self.recall:.1f} %), {len(self.wrong)} wrong merges, {false} "
            "other pairs proposed"
        )


def read(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def people(rows: Iterable[dict[str, str]]) -> list[Person]:
    """Rows with the columns source, id, name, and perhaps nickname, suffix, wikidata,
    office, place.
    """
    made = []
    for row in rows:
        wikidata, place = row.get("wikidata", ""), full_name(row.get("place", ""))
        made.append(
            Person(
                Side(row["source"], row["id"]),
                row["name"],
                nicknames=tuple(filter(None, [row.get("nickname")])),
                suffix=row.get("suffix", ""),
                identifiers=frozenset({("wikidata", wikidata)} if wikidata else ()),
                sources=frozenset({row["source"]}),
                offices=(Office(row.get("office", ""), place),),
            )
        )
    return made


def same(rows: Iterable[dict[str, str]]) -> frozenset[frozenset[Side]]:
    return frozenset(
        frozenset(
            {Side(row["source"], row["id"]), Side(row["other_source"], row["other_id"])}
        )
        for row in rows
    )


def among(everybody: Sequence[Person], true: frozenset[frozenset[Side]]) -> Figure:
    return _figure(finding.pairs(everybody), true)


def of_spellings(
    everybody: Sequence[Person],
    spellings: Sequence[dict[str, str]],
    one_person: frozenset[frozenset[Side]],
) -> Figure:
    """Each spelling as a row of another source; its person may have two records."""
    others = [
        Person(Side(ELSEWHERE, str(number)), row["spelling"])
        for number, row in enumerate(spellings)
    ]
    meant = [Side(row["source"], row["id"]) for row in spellings]
    true = {
        frozenset({other.side, side}) for other, side in zip(others, meant, strict=True)
    }
    twins = {
        frozenset({other.side, twin})
        for other, side in zip(others, meant, strict=True)
        for pair in one_person
        if side in pair
        for twin in pair - {side}
    }
    figure = _figure(finding.pairs(others, everybody), frozenset(true))
    among_spellings = {
        pair for pair in figure.proposed if all(s.source == ELSEWHERE for s in pair)
    }
    leave = twins | among_spellings
    return Figure(figure.true, figure.proposed - leave, figure.wrong - leave)


def _figure(pairs: list[Pair], true: frozenset[frozenset[Side]]) -> Figure:
    sides = {frozenset({one.side, other.side}): v for one, other, v in pairs}
    wrong = {pair for pair, verdict in sides.items() if verdict.is_certain} - true
    return Figure(true, frozenset(sides), frozenset(wrong))
