"""Differences between two texts, word by word. Pure Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LONG = 20_000  # tokens; beyond, whole lines are compared


@dataclass(frozen=True)
class Run:
    """Characters that stayed (" "), went ("-") or came ("+")."""

    sign: str
    text: str


def differences(old: str, new: str) -> list[Run]:
    """Runs in reading order; those without "+" make up `old`, those without "-" make up `new`."""
    if old == new:
        return [Run(" ", old)] if old else []
    before, after = _tokens(old, new)
    runs: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(" ", "".join(before[a:b])))
        else:
            runs += [Run("-", "".join(before[a:b]))] if b > a else []
            runs += [Run("+", "".join(after[c:d]))] if d > c else []
    return runs


def shortened(runs: list[Run], around: int = 60) -> list[Run]:
    """The same with long unchanged stretches cut to what stands beside a change."""
    last = len(runs) - 1
    return [_cut(run, around, first=i == 0, last=i == last) if run.sign == " " else run for i, run in enumerate(runs)]


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > LONG:
        return old.splitlines(keepends=True), new.splitlines(keepends=True)
    return before, after


def _cut(run: Run, around: int, first: bool, last: bool) -> Run:
    if len(run.text) <= 2 * around:
        return run
    start = "" if first else run.text[:around]
    end = "" if last else run.text[-around:]
    return Run(" ", f"{start} … {end}")
