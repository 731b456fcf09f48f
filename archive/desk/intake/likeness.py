"""How much of a text another text repeats, and the runs of words by which to look for
texts that repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SHINGLE = 8  # words
MOST_SHINGLES = 20_000  # of a long text, spread over it
_TERMS = re.compile(r"\w+")
RUN = 7  # words
_SHORTEST_RUN, _LONGEST_RUN = 28, 200  # characters


def sample_runs(text: str, most: int = 6) -> list[str]:
    """Returns runs of plain words, spread over the text, the longest of each part."""
    runs = [run for line in text.split("\n") for run in _plain_runs(line)]
    size = max(1, -(-len(runs) // most))
    parts = (runs[start : start + size] for start in range(0, len(runs), size))
    return list(dict.fromkeys(max(part, key=len) for part in parts))


def _plain_runs(line: str) -> Iterator[str]:
    """Quotation marks, dashes and apostrophes differ between two copies of a text;
    letters, numbers and single blanks do not.
    """
    words: list[str] = []
    for word in line.split(" "):
        words = [*words, word] if word.isalnum() else []
        if len(words) == RUN:
            if _SHORTEST_RUN <= len(run := " ".join(words)) <= _LONGEST_RUN:
                yield run
            words = []


def shared(text: str, other: str) -> float:
    """Returns how much of the shorter text the other repeats: 0 to 1, by runs of eight
    words.
    """
    one, two = set(_shingles(text)), set(_shingles(other))
    fewer, more = sorted((one, two), key=len)
    return len(fewer & more) / len(fewer) if fewer else 0.0


def _shingles(text: str) -> Iterator[int]:
    """Chosen by their hash, so that two long texts keep the same ones."""
    terms = _TERMS.findall(text.lower())
    step = 1 + len(terms) // MOST_SHINGLES
    for start in range(len(terms) - SHINGLE + 1):
        value = hash(tuple(terms[start : start + SHINGLE]))
        if step == 1 or value % 64 == 0:
            yield value
