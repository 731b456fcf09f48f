"""Step 2: pairs quotation marks.

Marks are paired within a paragraph. A quotation that is still open at the end of a
paragraph ends there, and continues in the next one if that starts with an opening mark
(the typographic rule for long quotations). One pass that looks at most two marks ahead:
linear in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile(
    r"[\"“”„‟«»″「」]|''|``|’’|‘‘|,,(?=[^\W\d])|&(?:ldquo|rdquo|bdquo|quot);"
)
_WIKI_MARKS = re.compile(r"[\"“”„‟«»″「」]")  # '' and ''' slant and embolden
_OPENING = frozenset("“„«「") | {"``", "‘‘", ",,", "&ldquo;", "&bdquo;"}
_CLOSING = frozenset("”»」") | {"’’", "&rdquo;"}
# marks that close what such a mark opened, whichever way they face
_PARTNERS = {
    "„": "“”",
    "«": "»",
    "»": "«»",
}
_SINGLE = re.compile(
    r"(?<!\w)[‘'](?=\w)|(?<=[^\Ws])’(?!\w)|(?<=s)’(?!\w|\s[a-z])"
    r"|(?<=[.,!?…])’(?!\w)|(?<=[.,!?…])'(?!\w)"
)
_SINGLE_OPENING = re.compile(r"(?<!\w)‘(?=\w)")
_PARAGRAPH = re.compile(r"[^\n]+")
_BLANK = " \t\xa0\u2003\u2009"
_INVISIBLE = "\u200b\u200e\u200f\ufeff"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One piece between marks inside one paragraph.

    outer_start/outer_end include the marks, start/end do not. continues: the same
    quotation continues in the next paragraph; continued: it continues that of the
    previous one.
    """

    outer_start: int
    start: int
    end: int
    outer_end: int
    paragraph: int
    continues: bool = False
    continued: bool = False
    closed: bool = True


@dataclass(frozen=True, slots=True)
class QuoteMark:
    start: int
    end: int
    opens: bool
    closes: bool


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Returns the offsets of the lines that contain more than whitespace."""
    return [
        (m.start(), m.end())
        for m in _PARAGRAPH.finditer(text)
        if not m.group().isspace()
    ]


def quotations(text: str) -> list[Quotation]:
    """Returns all quotations of a normalized text in order; they never overlap and are
    never longer than a paragraph.
    """
    pattern = _SINGLE if _is_in_single_marks(text) else _MARKS
    if "'''" in text and "[[" in text:
        pattern = _WIKI_MARKS
    result: list[Quotation] = []
    carried = False
    for paragraph, (start, end) in enumerate(paragraphs(text)):
        marks = list(_marks(text, start, end, pattern))
        starts_open = (
            bool(marks)
            and marks[0].opens
            and not text[start : marks[0].start].strip(_BLANK + _INVISIBLE)
        )
        if starts_open and carried:
            starts_open = text[marks[0].start] == text[result[-1].outer_start]
        if carried and starts_open and result:
            result[-1] = _replace(result[-1], continues=True)
        pieces = list(_pair(text, marks, end, paragraph))
        if pieces and carried and starts_open:
            pieces[0] = _replace(pieces[0], continued=True)
        result += pieces
        carried = bool(pieces) and not pieces[-1].closed
    return result


def _is_in_single_marks(text: str) -> bool:
    """Whether double marks, if there are any, stand inside single ones, as in British
    newspapers.
    """
    doubles = len(_MARKS.findall(text)) / 2
    return not doubles or len(_SINGLE_OPENING.findall(text)) > doubles


def _replace(
    piece: Quotation, continues: bool | None = None, continued: bool | None = None
) -> Quotation:
    return Quotation(
        piece.outer_start,
        piece.start,
        piece.end,
        piece.outer_end,
        piece.paragraph,
        piece.continues if continues is None else continues,
        piece.continued if continued is None else continued,
        piece.closed,
    )


def _marks(
    text: str, start: int, end: int, pattern: re.Pattern[str]
) -> Iterator[QuoteMark]:
    partners = ""
    for match in pattern.finditer(text, start, end):
        mark = match.group()
        if mark in partners:
            partners = ""
            yield QuoteMark(match.start(), match.end(), False, True)
            continue
        if mark in _PARTNERS and (mark != "»" or not partners):
            partners = _PARTNERS[mark]
            yield QuoteMark(match.start(), match.end(), True, False)
            continue
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if mark in _OPENING or mark == "‘":
            yield QuoteMark(match.start(), match.end(), True, False)
        elif mark in _CLOSING or mark == "’":
            flipped = (
                mark != "’"
                and _may_open(before, after)
                and not _may_close(before, after)
            )
            yield QuoteMark(match.start(), match.end(), flipped, not flipped)
        elif not (
            before.isdigit()
            and after in " -,.)x"
            and mark in '"″'
            and _inches(text, match.start(), start)
        ):
            yield QuoteMark(
                match.start(),
                match.end(),
                _may_open(before, after),
                _may_close(before, after),
            )


def _inches(text: str, mark: int, start: int) -> bool:
    """Returns whether a mark after a number, with no mark before it in the paragraph,
    measures a length.
    """
    return not re.search(r"[\"“]", text[start:mark][-400:])


def _may_open(before: str, after: str) -> bool:
    return not after.isspace() and (
        before.isspace()
        or before in _INVISIBLE + "([{-–—―/:,.’'‘"
        or not before.isalnum()
    )


def _may_close(before: str, after: str) -> bool:
    return not before.isspace() or after.isspace()


def _pair(
    text: str, marks: list[QuoteMark], end: int, paragraph: int
) -> Iterator[Quotation]:
    opened: QuoteMark | None = None
    depth = 0
    for index, mark in enumerate(marks):
        if opened is None:
            opened = mark if mark.opens else None
            depth = 0
        elif _opens_inside(text, marks, index):
            depth += 1
        elif mark.opens and not mark.closes:
            opened, depth = mark, 0
        elif _is_inches(text, marks, index):
            continue
        elif depth:
            depth -= 1
        else:
            yield Quotation(opened.start, opened.end, mark.start, mark.end, paragraph)
            opened = None
    if opened is not None and text[opened.end : end].strip():
        yield Quotation(opened.start, opened.end, end, end, paragraph, closed=False)


def _is_inches(text: str, marks: list[QuoteMark], index: int) -> bool:
    """Returns whether a closing mark after a figure measures something because another
    mark follows, as in “he is 6’2”,” she said.
    """
    mark = marks[index]
    if mark.opens or not text[mark.start - 1].isdigit() or index + 1 >= len(marks):
        return False
    return (
        not marks[index + 1].opens
        and "\n" not in text[mark.end : marks[index + 1].start]
    )


def _opens_inside(text: str, marks: list[QuoteMark], index: int) -> bool:
    """Returns whether this is the opening mark of a quotation within a quotation: the
    next two marks are both closing ones.
    """
    mark = marks[index]
    following = marks[index + 1 : index + 3]
    if not mark.opens or (mark.closes and text[mark.start - 1] not in _BLANK):
        return False
    return len(following) == 2 and not any(m.opens for m in following)
