"""Which characters of a text stand between quotation marks.

`ranges` is stricter than `quotes`, which looks for what somebody said: a range needs
both of its marks, or a next paragraph that opens with the same mark. Every published
direct quotation must lie within one range, so a range too many would let a reporter's
words pass as a speaker's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from archive.extraction.quotes import paragraphs

RULE = 1
"""The number of this rule. A change of what `ranges` returns needs the next number."""

_DOUBLE = re.compile(r"``|''|‘‘|’’|,,(?=\w)|[\"“”„‟«»‹›「」『』〝〞＂]")
_SINGLE = re.compile(r"[‘’‚']")
# By the opening mark, the marks that close it. A straight mark closes a curly one,
# because many newsrooms mix them.
_CLOSED_BY = {
    "“": ("”", '"', "‟", "“"),
    '"': ('"', "”"),
    "”": ("”", '"'),
    "„": ("“", "”", '"'),
    ",,": ("“", "”", '"', "''"),
    "‟": ("”", '"'),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "›": ("‹", "›"),
    "「": ("」",),
    "『": ("』",),
    "〝": ("〞",),
    "＂": ("＂",),
    "``": ("''", '"'),
    "‘‘": ("’’",),
}
_CLOSING = frozenset(mark for marks in _CLOSED_BY.values() for mark in marks)
_ALWAYS_OPEN = frozenset("“„‟«‹「『〝") | {",,", "``", "‘‘"}
_SPACED = frozenset("»›")  # French sets spaces inside its marks
_ELIDED = re.compile(
    r"[‘’'](?:\d0s|em|til|tis|twas|cause|bout|round|n[’']?|cos)\b", re.IGNORECASE
)
_BLANK = "\u200b\u200e\u200f\ufeff"
_LEAD = re.compile(rf"[>\s{_BLANK}]*")


@dataclass(frozen=True, slots=True)
class _QuotationMark:
    """A quotation mark; `before` and `after` are the characters beside it."""

    start: int
    end: int
    text: str
    before: str
    after: str

    @property
    def may_open(self) -> bool:
        if self.text in _ALWAYS_OPEN:
            return True
        return (
            self.text in _CLOSED_BY
            and not self.after.isspace()
            and not self.before.isalnum()
        )

    @property
    def may_close(self) -> bool:
        if self.text in {"“", "‘‘"}:
            return not self.before.isspace() and not self.after.isalnum()
        if self.text in _SPACED:
            return True
        return self.text in _CLOSING and (
            not self.before.isspace() or self.after.isspace()
        )

    @property
    def only_opens(self) -> bool:
        return self.may_open and (not self.may_close or self.text in _ALWAYS_OPEN)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What the marks of one paragraph enclose, and the mark nothing closes."""

    pairs: list[tuple[int, int]]
    unclosed: _QuotationMark | None


def ranges(text: str) -> list[tuple[int, int]]:
    """(start, end) of what stands between each pair of marks, the marks excluded.

    Offsets count Unicode code points of the normalized text. A range never crosses a
    line end: a quotation over several paragraphs has a range in each. Ranges are in
    order of their start; a quotation within another one has a range of its own inside.
    Time is linear in the length of the text.
    """
    ranges: list[tuple[int, int]] = []
    blocks = [
        (start, end, _doubles(text, start, end), _singles(text, start, end))
        for start, end in paragraphs(text)
    ]
    for _start, _end, *kinds in blocks:
        ranges += [pair for kind in kinds for pair in kind.pairs]
    for (_start, end, *kinds), (following, _after, *_kinds) in pairwise(blocks):
        opens = _LEAD.match(text, following).end()  # type: ignore[union-attr]
        for kind in kinds:
            if kind.unclosed and text.startswith(kind.unclosed.text, opens):
                ranges.append((kind.unclosed.end, end))
    return sorted({(start, end) for start, end in ranges if start < end})


def _marks(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> list[_QuotationMark]:
    return [
        _QuotationMark(
            match.start(),
            match.end(),
            match.group(),
            text[match.start() - 1] if match.start() > start else " ",
            text[match.end()] if match.end() < end else " ",
        )
        for match in pattern.finditer(text, start, end)
    ]


def _doubles(text: str, start: int, end: int) -> _Pairs:
    marks = _marks(_DOUBLE, text, start, end)
    pairs: list[tuple[int, int]] = []
    opened: list[_QuotationMark] = []
    for index, mark in enumerate(marks):
        if _is_measure(marks, index):
            continue
        outer = _closed_by(opened, mark)
        if outer is not None:
            pairs.append((opened[outer].end, mark.start))
            del opened[outer:]
        elif mark.may_open:
            if opened and _replaces(opened[-1], marks, index):
                opened.pop()
            opened.append(mark)
    return _Pairs(pairs, opened[0] if opened else None)


def _is_measure(marks: list[_QuotationMark], index: int) -> bool:
    """A mark behind a figure, as in 5" x 7", or in “He is 6'2",” where another closing
    mark follows.
    """
    mark = marks[index]
    if mark.text not in {'"', "”", "''"} or not mark.before.isdigit():
        return False
    return mark.after.isalnum() or any(
        following.may_close and not following.may_open
        for following in marks[index + 1 : index + 2]
    )


def _closed_by(opened: list[_QuotationMark], mark: _QuotationMark) -> int | None:
    """The index of the innermost open mark that `mark` closes."""
    if not mark.may_close:
        return None
    for index in range(len(opened) - 1, -1, -1):
        if mark.text in _CLOSED_BY[opened[index].text]:
            return index
    return None


def _replaces(opened: _QuotationMark, marks: list[_QuotationMark], index: int) -> bool:
    """Whether the mark at `index` reopens the quotation that `opened` left open. It
    opens a nested quotation instead if the next two marks close both.
    """
    mark = marks[index]
    if mark.text != opened.text and opened.text not in _CLOSED_BY[mark.text]:
        same_kind = set(_CLOSED_BY[mark.text]) & set(_CLOSED_BY[opened.text])
        if not same_kind:
            return False
    following = marks[index + 1 : index + 3]
    return len(following) < 2 or any(
        each.only_opens or not each.may_close for each in following
    )


def _singles(text: str, start: int, end: int) -> _Pairs:
    """Distinguishes single marks from apostrophes. The apostrophe of a plural owner
    (“the workers' rights”) may close a quotation only if no later mark does.
    """
    pairs: list[tuple[int, int]] = []
    opened: _QuotationMark | None = None
    doubtful: _QuotationMark | None = None
    for mark in _marks(_SINGLE, text, start, end):
        if _opens_single(text, mark):
            if opened and doubtful:
                pairs.append((opened.end, doubtful.start))
            opened, doubtful = mark, None
        elif opened and _closes_single(mark):
            if mark.before.lower() in "sxz" and _word_follows(text, mark):
                doubtful = mark
            else:
                pairs.append((opened.end, mark.start))
                opened = doubtful = None
    if opened and doubtful:
        pairs.append((opened.end, doubtful.start))
        opened = None
    return _Pairs(pairs, opened)


def _opens_single(text: str, mark: _QuotationMark) -> bool:
    if mark.text == "’" or mark.before.isalnum() or mark.after.isspace():
        return False
    return not _ELIDED.match(text, mark.start) and mark.before not in "’'"


def _closes_single(mark: _QuotationMark) -> bool:
    return (
        mark.text in "’'"
        and not mark.before.isspace()
        and not mark.before.isdigit()
        and not mark.after.isalnum()
    )


def _word_follows(text: str, mark: _QuotationMark) -> bool:
    return mark.after == " " and text[mark.end + 1 : mark.end + 2].isalpha()
