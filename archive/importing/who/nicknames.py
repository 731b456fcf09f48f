"""Which given names are forms of one name, in English: `nicknames.txt` has a line for
each name, the full form first; some have no others. Letters are small, without accents.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("nicknames.txt")


def is_given_name(word: str) -> bool:
    """Whether the list has it, full or short."""
    return word in _all()


@cache
def _all() -> frozenset[str]:
    return frozenset(LIST.read_text("utf-8").split())


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in LIST.read_text("utf-8").splitlines():
        full, *short = line.split()
        for name in short:
            forms.setdefault(name, set()).add(full)
    return {name: frozenset(full) for name, full in forms.items()}


def forms(name: str) -> frozenset[str]:
    """The name and the full names that it may stand for: jim and james."""
    return _full_forms().get(name, frozenset()) | {name}
