"""The order of the speakers of a comparison, so that a page shows both sides."""

from __future__ import annotations

import itertools
from collections import defaultdict

Answers = dict[int, tuple[int, int]]  # speaker -> answers, those in a minority


def both_sides(answers: Answers, counts: dict[int, int]) -> list[int]:
    """The speakers with the most answers first; of those with as many, alternately one
    of the minority and one of the majority, so that a page shows both sides.
    """
    by_number: dict[int, list[int]] = defaultdict(list)
    for pk in sorted(
        counts, key=lambda pk: (-answers.get(pk, (0, 0))[1], -counts[pk], pk)
    ):
        by_number[answers.get(pk, (0, 0))[0]].append(pk)
    mixed = []
    for number in sorted(by_number, reverse=True):
        few, most = _halves(by_number[number], answers)
        for pair in itertools.zip_longest(few, most):
            mixed += [pk for pk in pair if pk is not None]
    return mixed


def _halves(speakers: list[int], answers: Answers) -> tuple[list[int], list[int]]:
    """Those who are in a minority on most of their answers, and the others."""
    often: list[int] = []
    seldom: list[int] = []
    for pk in speakers:
        answered, against = answers.get(pk, (0, 0))
        (often if 2 * against > answered else seldom).append(pk)
    return often, seldom
