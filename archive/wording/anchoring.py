"""Finds pasted words in a text, even if quotation marks, dashes and spaces differ. Pure
Python.

Offsets count Unicode code points of the text. The archive stores the text's own
characters, not the pasted ones.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

ALIKE = {
    **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}
OUTER_MARKS = re.compile(r"[\"“”„«»](?P<words>.+)[\"“”„«»]", re.DOTALL)
WORD = re.compile(r"(?P<letters>\w(?:[\w'-]*\w)?)[.,;:!?]?")
AROUND = 60
MAX_CLOSEST = 5


@dataclass(frozen=True)
class Anchor:
    """The span `start`..`end` of a text, with its words and the text
    before and after.
    """

    start: int
    end: int
    before: str
    words: str
    after: str


def find(text: str, words: str, limit: int = 50) -> list[Anchor]:
    """All occurrences of `words`, in order; exact matches only, if there are any."""
    words = unicodedata.normalize("NFC", words.strip())
    if not words:
        return []
    exact = [
        anchor_at(text, start, start + len(words))
        for start in _starts(text, words, limit)
    ]
    if exact:
        return exact
    folded, offsets = _folded(text)
    pattern = _folded(words)[0].strip()
    ends = (
        ((start, start + len(pattern)) for start in _starts(folded, pattern, limit))
        if pattern
        else ()
    )
    return [
        anchor_at(text, offsets[first], offsets[last - 1] + 1) for first, last in ends
    ]


def closest(text: str, words: str) -> list[Anchor]:
    """The passages most similar to `words`, best first; none below 60 % similarity."""
    folded, offsets = _folded(text)
    pattern = _folded(words)[0].strip()
    if not pattern or not folded:
        return []
    scored = []
    for start, end in _windows(folded, pattern):
        ratio = SequenceMatcher(
            None, pattern, folded[start:end], autojunk=False
        ).ratio()
        if ratio > 0.6:
            scored.append((ratio, start, end))
    best: list[Anchor] = []
    for _ratio, start, end in sorted(scored, reverse=True):
        anchor = anchor_at(text, offsets[start], offsets[end - 1] + 1)
        if all(
            anchor.end <= other.start or anchor.start >= other.end for other in best
        ):
            best.append(anchor)
    return best[:MAX_CLOSEST]


def unquoted(words: str) -> str:
    """Removes one pair of quotation marks around the whole text, since they are the
    reporter's and not the speaker's.
    """
    match = OUTER_MARKS.fullmatch(words.strip())
    return match["words"] if match else words


def anchor_at(text: str, start: int, end: int) -> Anchor:
    return Anchor(
        start,
        end,
        text[max(start - AROUND, 0) : start],
        text[start:end],
        text[end : end + AROUND],
    )


def unique_offset(text: str, exact: str) -> int | None:
    """The offset of these exact words, if they occur exactly once."""
    start = text.find(exact)
    return start if start >= 0 and text.find(exact, start + 1) < 0 else None


def _starts(text: str, words: str, limit: int) -> list[int]:
    starts: list[int] = []
    start = text.find(words)
    while start >= 0 and len(starts) < limit:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with quotation marks, dashes and spaces unified, and for each of its
    characters the offset in `text`.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        plain = " " if character.isspace() else ALIKE.get(character, character)
        if plain in (" ", "-") and characters and characters[-1] == plain:
            continue
        for one in _lower(plain):
            characters.append(one)
            offsets.append(offset)
    return "".join(characters), offsets


def _lower(character: str) -> str:
    return unicodedata.normalize("NFC", character).casefold() if character else ""


def _windows(folded: str, pasted: str) -> Iterator[tuple[int, int]]:
    """Spans of about as many words as `pasted` that share the most words with it."""
    words = list(WORD.finditer(folded))
    pasted_words = {word["letters"] for word in WORD.finditer(pasted)}
    size = max(sum(1 for _word in WORD.finditer(pasted)), 1)
    sums = [0, *accumulate(word["letters"] in pasted_words for word in words)]
    firsts = range(max(len(words) - size + 1, 0))
    scores = ((sums[first + size] - sums[first], -first) for first in firsts)
    for score, first in heapq.nlargest(40, scores):
        for last in (
            {max(size - 2, 0), size - 1, min(size, len(words) + first - 1)}
            if score
            else ()
        ):
            yield words[-first].start(), words[-first + last].end()
