"""Which parts of a speech's text are the speaker's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# What the transcript adds: a note of its editors, a sign that people clapped.
ADDED = re.compile(
    r"\[Editor’s note\.[^\]]*\]|\[ applause \]|\(APPLAUSE\)"
    r"|\[EXTEMPORANEOUS STORY\]|\[Personal story\]"
)
# A press release that prints the whole speech as a quotation has a mark before each
# paragraph, which quotes nobody else.
QUOTED_WHOLE = 0.5  # the share of paragraphs that begin with a mark
MARKS = re.compile('[“”"]')
LONGEST = 2_500  # characters of a quotation; a longer one is a mark that is missing


def own_parts(text: str) -> list[Span]:
    """The text without what the transcript adds."""
    parts, start = [], 0
    for added in ADDED.finditer(text):
        parts.append((start, added.start()))
        start = added.end()
    parts.append((start, len(text)))
    return [(a, b) for a, b in parts if text[a:b].strip()]


def trimmed(text: str, span: Span) -> list[Span]:
    """The own words within a span, without white space at their ends."""
    start, end = span
    pieces = ((max(a, start), min(b, end)) for a, b in own_parts(text))
    return [_stripped(text, a, b) for a, b in pieces if a < b and text[a:b].strip()]


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, first + len(words.strip())


def is_of_others(text: str, span: Span, quotations: list[Span]) -> bool:
    """Whether all of a paragraph stands in quotation marks, also with the source of the
    quotation in brackets behind it.
    """
    start, end = span
    cited = re.search(r"\s*\([^()]*\)$", text[start:end])
    last = start + cited.start() if cited else end
    return any(a <= start and last <= b for a, b in quotations)


def quotations(text: str) -> list[Span]:
    """The quotations in a speech, with their marks; one over several paragraphs is one,
    also if each of them begins with a mark.
    """
    paragraphs = [line for line in text.split("\n") if line.strip()]
    begun = sum(line.lstrip().startswith("“") for line in paragraphs)
    if begun > QUOTED_WHOLE * len(paragraphs):
        return []
    return list(_pairs(text))


def _pairs(text: str) -> Iterator[Span]:
    opened: int | None = None
    for mark in MARKS.finditer(text):
        here = mark.start()
        if opened is not None and here - opened > LONGEST:
            opened = None
        if _opens(text, here):
            if opened is None or not _begins_paragraph(text, here):
                opened = here
        elif opened is not None:
            yield opened, here + 1
            opened = None


def _opens(text: str, here: int) -> bool:
    if text[here] != '"':
        return text[here] == "“"
    before, after = text[here - 1 : here], text[here + 1 : here + 2]
    return (not before or not (before.isalnum() or before in ".,!?…-")) and bool(
        after.strip()
    )


def _begins_paragraph(text: str, here: int) -> bool:
    return (
        not text[:here].rstrip(" \xa0\t") or text[:here].rstrip(" \xa0\t")[-1] == "\n"
    )
