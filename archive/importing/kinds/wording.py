"""Where the words of statements and proposals stand in the texts of articles."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

from archive.importing.base import Block, Row
from archive.models import ArticleVersion
from archive.wording import anchoring
from archive.wording.joining import CUT, OMITTED, PARAGRAPH

MAX_TEXTS = 8_000_000  # characters of texts that are in memory
MARKED = re.compile('[“"](.+?)[”"]', re.DOTALL)
BETWEEN = re.compile(rf"\s*{re.escape(OMITTED.strip())}\s*|{PARAGRAPH}")


class Texts:
    """The newest versions of articles, the last used ones in memory."""

    def __init__(self) -> None:
        self._texts: OrderedDict[int, tuple[int, str]] = OrderedDict()
        self._size = 0

    def newest(self, article: int) -> tuple[int, str] | None:
        """(primary key, text) of its newest version."""
        if article in self._texts:
            self._texts.move_to_end(article)
            return self._texts[article]
        rows = ArticleVersion.objects.filter(article=article).order_by("-number")
        version = rows.values_list("pk", "text").first()
        if version:
            self._texts[article] = version
            self._size += len(version[1])
            while self._size > MAX_TEXTS and len(self._texts) > 1:
                self._size -= len(self._texts.popitem(last=False)[1][1])
        return version


def pieces(words: str) -> list[str]:
    """The passages of words as the archive prints them: joined by […] or a blank line,
    with … where a quotation is cut.
    """
    whole = words.removeprefix(f"{CUT} ").removesuffix(f" {CUT}")
    return [piece.strip() for piece in BETWEEN.split(whole) if piece.strip()]


def marked(sentence: str) -> list[str]:
    """What stands in quotation marks in a sentence of the archive."""
    return [match[1] for match in MARKED.finditer(sentence)]


def locate(
    block: Block, row: Row, texts: Texts, words: list[str], column: str
) -> list[Any] | None:
    """[version, start, end, exact] of each passage; None if a problem was added.

    `start` and `end` of the row say where, in code points of the stored text.
    """
    starts, ends = row.values.get("start") or [], row.values.get("end") or []
    article = row.fields.get("article_id")
    if article is None or not (words or starts):
        return []
    version = texts.newest(article)
    if version is None:
        block.wrong(row, "The article has no text in the archive yet.", column)
        return None
    try:
        spans = (
            [_find(version[1], each, i, starts) for i, each in enumerate(words)]
            if words
            else _given(version[1], starts, ends)
        )
    except _Lost as lost:
        block.wrong(row, str(lost), column if words else "start")
        return None
    return [[version[0], start, end, version[1][start:end]] for start, end in spans]


class _Lost(Exception):
    pass


def _find(text: str, words: str, index: int, starts: list[int]) -> tuple[int, int]:
    anchors = anchoring.find(text, words)
    if index < len(starts):
        anchors = [each for each in anchors if each.start == starts[index]]
    if len(anchors) == 1:
        return anchors[0].start, anchors[0].end
    short = words if len(words) <= 60 else f"{words[:60]}…"
    if anchors:
        places = ", ".join(str(each.start) for each in anchors[:5])
        raise _Lost(
            f"“{short}” stands {len(anchors)} times in the article, at {places}: say "
            "which in the column start."
        )
    if index < len(starts):
        raise _Lost(f"“{short}” does not stand at {starts[index]} in the article.")
    raise _Lost(f"“{short}” does not stand in the article.")


def _given(text: str, starts: list[int], ends: list[int]) -> list[tuple[int, int]]:
    """Offsets without words; blanks at both ends are left out."""
    if len(starts) != len(ends):
        raise _Lost("Each start needs an end, or the words themselves.")
    spans = []
    for start, end in zip(starts, ends, strict=True):
        if not 0 <= start < end <= len(text):
            raise _Lost(
                f"{start}–{end} is outside the text of {len(text):,} characters."
            )
        words = text[start:end]
        left = len(words) - len(words.lstrip())
        if not words.strip():
            raise _Lost(f"There are only blanks at {start}–{end}.")
        spans.append((start + left, start + left + len(words.strip())))
    return spans
