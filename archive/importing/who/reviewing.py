"""The review list as a file: pairs to decide on, with reasons; the filled file is read
back.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from archive.importing import formats
from archive.importing.formats import Options, Record
from archive.importing.problems import Problems, Unreadable
from archive.importing.who import decisions
from archive.importing.who.decisions import Contradiction, Known
from archive.importing.who.finding import Pair
from archive.importing.who.judging import IDENTIFIER
from archive.importing.who.persons import Person, Side
from archive.listing.formats import escape_formula
from archive.models import ExternalId
from statements.models import Speaker

COLUMNS = (
    *("file", "line", "source", "id", "name", "about"),
    *("candidate_source", "candidate_id", "candidate_name", "candidate_about"),
    *("reasons", "against", "must_be_decided", "decision", "note"),
)
NEEDED = ("source", "id", "candidate_source", "candidate_id", "decision")
SAME = {"same", "the same", "yes"}
OTHER = {"not the same", "not same", "other", "new", "no"}


class Line(NamedTuple):
    """One decided line of the file."""

    number: int
    one: Side
    other: Side
    is_same: bool
    note: str


def must_be_decided(pair: Pair) -> bool:
    """A source tells its own people apart, so two of its rows may wait."""
    is_of_one = bool(pair.one.sources & pair.other.sources)
    return not is_of_one or pair.verdict.level == IDENTIFIER


def write(path: Path, pairs: Iterable[Pair]) -> None:
    """Raises Unreadable if the file cannot be written."""
    try:
        with open(path, "w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for pair in pairs:
                writer.writerow(escape_formula(str(cell)) for cell in _cells(pair))
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be written: {error.strerror}.") from error


def _cells(pair: Pair) -> Iterator[object]:
    one, other, verdict = pair
    yield from (one.place[0], one.place[1] or "")
    for person in (one, other):
        yield from (*person.side, person.name, about(person))
    yield from ("; ".join(verdict.reasons), "; ".join(verdict.against))
    yield from ("yes" if must_be_decided(pair) else "no", "", "")


def about(person: Person) -> str:
    """Kind, other names, offices and identifiers, as one text."""
    known = [f"{scheme} {value}" for scheme, value in sorted(person.identifiers)]
    own = [] if person.is_person else [person.kind]
    names = [f"also {', '.join(person.other_names)}"] if person.other_names else []
    return "; ".join([*own, *names, *map(str, person.offices), *known])


def read(path: Path, rows: Collection[Side], known: Known, problems: Problems) -> None:
    """Adds the decisions of a filled file to `known`; what is wrong, by line and
    column, to `problems`. `rows` are the sides that are about to be imported.
    """
    lines = list(_lines(path, problems))
    sides = {side for line in lines for side in (line.one, line.other)}
    present = (sides & set(rows)) | _present(sides)
    decisions.join_rows(known, present)
    for line in lines:
        missing = [
            (name, side)
            for name, side in (("id", line.one), ("candidate_id", line.other))
            if side not in present
        ]
        for name, side in missing:
            problems.add(_unknown(side), path.name, line.number, name)
        if missing:
            continue
        try:
            known.decide(line.one, line.other, line.is_same, line.note)
        except Contradiction as error:
            problems.add(str(error), path.name, line.number, "decision")


def _unknown(side: Side) -> str:
    if side.source:
        return f"The source “{side.source}” has no row with the id {side.id}."
    return f"The archive has no speaker with the uid “{side.id}”."


def _present(sides: set[Side]) -> set[Side]:
    uids = {side.id for side in sides if not side.source}
    rows = ExternalId.objects.filter(
        kind="speakers",
        source__in={side.source for side in sides},
        external_id__in={side.id for side in sides},
    )
    speakers = Speaker.objects.filter(uid__in=uids).values_list("uid", flat=True)
    imported = {Side(*each) for each in rows.values_list("source", "external_id")}
    return {Side("", uid) for uid in speakers} | (imported & sides)


def _lines(path: Path, problems: Problems) -> Iterator[Line]:
    known = Options(count_known=lambda names: len(set(names) & set(COLUMNS)))
    try:
        for index, record in enumerate(formats.records(path, known)):
            if not index and (missing := _missing(record)):
                for name in missing:
                    problems.add(f"The file has no column {name}.", path.name)
                return
            yield from _line(record, path.name, problems)
    except Unreadable as error:
        problems.add(error.sentence, path.name, error.line)


def _missing(record: Record) -> list[str]:
    return [name for name in NEEDED if not record.problem and name not in record.cells]


def _line(record: Record, file: str, problems: Problems) -> Iterator[Line]:
    if record.problem:
        problems.add(record.problem, file, record.line)
        return
    cells = {name: str(value or "").strip() for name, value in record.cells.items()}
    decision = " ".join(cells["decision"].casefold().split())
    one = Side(cells["source"], cells["id"])
    other = Side(cells["candidate_source"], cells["candidate_id"])
    if decision and decision not in SAME | OTHER:
        problems.add(
            f"“{cells['decision']}” is no decision: write “same”, “not the same” or "
            "nothing.",
            *(file, record.line, "decision"),
        )
    elif decision and one == other:
        sentence = "This is the row itself."
        problems.add(sentence, file, record.line, "candidate_id")
    elif decision:
        is_same, note = decision in SAME, cells.get("note", "")
        yield Line(record.line, one, other, is_same, note)
