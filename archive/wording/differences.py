"""Word-level differences between two texts. Pure Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LONG = 20_000  # tokens; longer texts are compared by line


@dataclass(frozen=True)
class DiffRun:
    """Consecutive characters that are unchanged (" "), deleted ("-") or
    inserted ("+").
    """

    sign: str
    text: str


def differences(old: str, new: str) -> list[DiffRun]:
    """Runs in reading order: those without "+" make up `old`, those without "-" make up
    `new`.
    """
    before, after = _tokens(old, new)
    runs: list[DiffRun] = []
    deleted = inserted = ""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for index, (tag, a, b, c, d) in enumerate(codes, 1):
        old_part, new_part = "".join(before[a:b]), "".join(after[c:d])
        is_blank = not old_part.strip() and (deleted or inserted) and index < len(codes)
        if tag != "equal" or is_blank:  # changes separated only by a space are merged
            deleted, inserted = deleted + old_part, inserted + new_part
            continue
        runs += [*_change(deleted, inserted), DiffRun(" ", old_part)]
        deleted = inserted = ""
    return runs + _change(deleted, inserted)


def _change(deleted: str, inserted: str) -> list[DiffRun]:
    return [
        DiffRun(sign, text) for sign, text in (("-", deleted), ("+", inserted)) if text
    ]


def shortened(runs: list[DiffRun], around: int = 60) -> list[DiffRun]:
    """The same, with long unchanged runs cut to the text next to a change."""
    last = len(runs) - 1
    return [
        _cut(run, around, first=i == 0, last=i == last) if run.sign == " " else run
        for i, run in enumerate(runs)
    ]


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > LONG:
        return old.splitlines(keepends=True), new.splitlines(keepends=True)
    return before, after


def _cut(run: DiffRun, around: int, first: bool, last: bool) -> DiffRun:
    if len(run.text) <= 2 * around:
        return run
    start = "" if first else run.text[:around]
    end = "" if last else run.text[-around:]
    return DiffRun(" ", f"{start} … {end}")
