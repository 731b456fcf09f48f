"""What a passage leaves out of the quotation it is taken from. Pure Python.

Offsets count Unicode code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")
_TURNING = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|unless|if"
    r"|except|only|hardly|barely|until|provided|whether|refuse[ds]?|den(?:y|ies|ied))\b"
    r"|\b\w+n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cut:
    """`whole` is the quotation; `before` and `after` are what the passage leaves out of
    its first and its last sentence.
    """

    whole: str
    before: str
    after: str

    @property
    def turning(self) -> list[str]:
        """The negations and conditions among the words left out, each once."""
        words = _TURNING.findall(f"{self.before} {self.after}")
        return list(dict.fromkeys(word.lower() for word in words))


def cut(text: str, ranges: Sequence[Span], start: int, end: int) -> Cut | None:
    """How `start`..`end` of `text` is cut out of the quotation around it.

    `ranges` are those of quotation marks; None if the passage begins and ends with a
    sentence or with its quotation, or stands in no range.
    """
    around = [(a, b) for a, b in ranges if a <= start and end <= b]
    if not around:
        return None
    first, last = max(around)  # the innermost
    ends = [match.end() for match in _SENTENCE_END.finditer(text, first, last)]
    begins = max((at for at in [first, *ends] if at <= start), default=first)
    stops = min((at for at in [*ends, last] if at >= end), default=last)
    before, after = text[begins:start].strip(), text[end:stops].strip()
    if re.fullmatch(r"\W*", after):
        after = ""
    if re.fullmatch(r"\W*", before):
        before = ""
    return Cut(text[first:last], before, after) if before or after else None


def pieces(ranges: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of `start`..`end` inside quotation marks, one for each pair of marks.

    If the span is inside one pair, or inside none, it is the only part.
    """
    if any(a <= start and end <= b for a, b in ranges):
        return [(start, end)]
    parts: list[Span] = []
    for a, b in sorted(ranges, key=lambda pair: (pair[0], -pair[1])):
        part = (max(a, start), min(b, end))
        if part[0] < part[1] and not (parts and part[1] <= parts[-1][1]):
            parts.append(part)
    return parts if len(parts) > 1 else [(start, end)]
