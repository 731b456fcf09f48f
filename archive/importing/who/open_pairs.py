"""The speakers of the archive that may be one person and about whom nobody decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from archive.core.rules import refusal
from archive.importing.problems import Problems, Refused
from archive.importing.running import take_turn
from archive.importing.who import decisions, finding, gathering, reviewing
from archive.importing.who.decisions import Decision, Known
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
        same = [each for each in known.made() if each.is_same]
        # a merge stores its own decision, so that undoing it asks again
        apart = known.save(account, [each for each in known.made() if not each.is_same])
        merged = sum(
            _merge(uids, notes, account, problems)
            for uids, notes in _groups(same, known)
        )
        if problems.total:
            raise Refused(problems)
    return merged, apart


def _groups(
    same: Iterable[Decision], known: Known
) -> Iterator[tuple[list[str], list[str]]]:
    """The uids of speakers that are one by the decisions, with the notes on them."""
    notes: dict[Side, list[str]] = {}
    for each in same:
        notes.setdefault(known.root(each.one), []).append(each.note)
    uids: dict[Side, list[str]] = {root: [] for root in notes}
    rows = Speaker.objects.filter(merged_into=None).order_by("pk")
    for uid in rows.values_list("uid", flat=True):
        if (root := known.root(Side("", uid))) in uids:
            uids[root].append(uid)
    yield from ((uids[root], list(dict.fromkeys(notes[root]))) for root in notes)


def _merge(uids: list[str], notes: list[str], account: Any, problems: Problems) -> int:
    """Into the record with the most that belongs to it, the oldest of equals."""
    note = "; ".join(filter(None, notes))
    speakers = list(Speaker.objects.filter(uid__in=uids))
    weights = {
        each.pk: sum(count for _what, count in merging.belongings(each))
        for each in speakers
    }
    ordered = sorted(speakers, key=lambda each: (-weights[each.pk], each.pk))
    for source in ordered[1:]:
        try:
            merging.merge(source, ordered[0], account, note)
        except ValueError as error:
            problems.add(f"{source}: {error}")
            return 0
        except IntegrityError as error:
            problems.add(f"{source}: {refusal(error)}")
            return 0
    return max(0, len(ordered) - 1)
