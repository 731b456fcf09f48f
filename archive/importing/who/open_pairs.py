"""The speakers of the archive that may be one person and about whom nobody decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from archive.core.rules import refusal
from archive.importing.problems import Problems, Refused
from archive.importing.running import take_turn
from archive.importing.who import decisions, finding, gathering, reviewing
from archive.importing.who.decisions import Known
from archive.importing.who.finding import Pair
from archive.importing.who.persons import Side
from statements import merging
from statements.models import Speaker


def undecided() -> list[Pair]:
    """The strongest first."""
    known = decisions.load()
    return [
        pair
        for pair in finding.pairs(gathering.speakers())
        if not known.is_decided(pair.one.side, pair.other.side)
    ]


def decide(one: Side, other: Side, account: Any, note: str = "") -> None:
    """They are not the same. Raises Contradiction."""
    with transaction.atomic():
        known = decisions.load()
        known.decide(one, other, False, note)
        known.save(account)


def take_decisions(path: Path, account: Any) -> tuple[int, int]:
    """Merges speakers as a filled review file says and remembers who is not the same;
    returns how many of each. Raises Refused; the archive is then as before.
    """
    problems = Problems()
    with transaction.atomic():
        take_turn(problems)
        known = decisions.load()
        reviewing.read(path, (), known, problems)
        if problems.total:
            raise Refused(problems)
        made = list(known.made())
        known.save(account)
        merged = sum(_merge(group, account, problems) for group in _groups(made, known))
        if problems.total:
            raise Refused(problems)
    return merged, sum(not is_same for _one, _other, is_same in made)


def _groups(made: list[tuple[Side, Side, bool]], known: Known) -> Iterator[list[Side]]:
    groups: dict[Side, set[Side]] = {}
    for one, other, is_same in made:
        if is_same:
            groups.setdefault(known.root(one), set()).update((one, other))
    yield from (sorted(group) for group in groups.values())


def _merge(group: list[Side], account: Any, problems: Problems) -> int:
    """Into the record with the most that belongs to it, the oldest of equals."""
    uids = {side.id for side in group if not side.source}
    speakers = list(Speaker.objects.filter(uid__in=uids, merged_into=None))
    weights = {
        each.pk: sum(count for _what, count in merging.belongings(each))
        for each in speakers
    }
    ordered = sorted(speakers, key=lambda each: (-weights[each.pk], each.pk))
    for source in ordered[1:]:
        try:
            merging.merge(source, ordered[0], account)
        except ValueError as error:
            problems.add(f"{source}: {error}")
            return 0
        except IntegrityError as error:
            problems.add(f"{source}: {refusal(error)}")
            return 0
    return max(0, len(ordered) - 1)
