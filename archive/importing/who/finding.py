"""The pairs that may be one person, among many people, without comparing each with
each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.importing.who.judging import Verdict, judge
from archive.importing.who.keys import keys
from archive.importing.who.persons import Person, Side

LARGE, WINDOW = 120, 12  # in a larger group each is compared with its neighbours only


class Pair(NamedTuple):
    one: Person
    other: Person
    verdict: Verdict


def pairs(people: Sequence[Person], others: Sequence[Person] = ()) -> list[Pair]:
    """Pairs among `people`, and of one of `people` with one of `others`, the strongest
    first. The order of what is given does not matter.
    """
    ours = sorted(people, key=lambda each: each.side)
    theirs = sorted(others, key=lambda each: each.side)
    everybody = [*ours, *theirs]
    compared: set[tuple[int, int]] = set()
    made = []
    for index, number in _compared(_groups(ours, theirs), len(ours), everybody):
        if (index, number) in compared:
            continue
        compared.add((index, number))
        one, other = everybody[index], everybody[number]
        if verdict := judge(one, other):
            made.append(Pair(one, other, verdict))
    return sorted(made, key=_order)


def _order(pair: Pair) -> tuple[int, str, str, list[Side]]:
    """By slugs before sides, because uids are random."""
    sides = sorted((pair.one.side, pair.other.side))
    return -pair.verdict.weight, pair.one.name, pair.other.slug, sides


def _groups(ours: Sequence[Person], theirs: Sequence[Person]) -> Iterable[list[int]]:
    """Numbers of people who share a key that one of `ours` has."""
    groups: dict[str, list[int]] = {}
    for index, person in enumerate(ours):
        for key in keys(person):
            groups.setdefault(key, []).append(index)
    for index, person in enumerate(theirs, len(ours)):
        for key in keys(person):
            if key in groups:
                groups[key].append(index)
    return (group for group in groups.values() if len(group) > 1)


def _compared(
    groups: Iterable[list[int]], own: int, everybody: Sequence[Person]
) -> Iterator[tuple[int, int]]:
    """Pairs of numbers, the first of them less than `own`."""
    for group in groups:
        if len(group) > LARGE:
            yield from _neighbours(group, own, everybody)
            continue
        for position, index in enumerate(group):
            if index >= own:
                break
            for number in group[position + 1 :]:
                yield index, number


def _neighbours(
    group: list[int], own: int, everybody: Sequence[Person]
) -> Iterator[tuple[int, int]]:
    """Neighbours in the order of their names."""
    ordered = sorted(group, key=lambda n: (everybody[n].name.casefold(), n))
    for step in range(1, WINDOW + 1):
        for index, number in zip(ordered, ordered[step:], strict=False):
            low, high = sorted((index, number))
            if low < own:
                yield low, high
