"""Marks the searched words in text that readers may see.

All text is escaped; the only markup added is <mark>.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from archive.search import analysis
from archive.search.language import TextQuery

WIDTH = 260

Hit = tuple[int, int, str]  # start, end, stem


def stems_to_mark(text: TextQuery) -> frozenset[str]:
    """The stems to mark; stop words only if nothing else was typed."""
    content = frozenset(
        stem
        for typed in (*text.texts, *text.synonyms)
        for stem in analysis.content_stems(typed)
    )
    return content or frozenset(
        stem for typed in text.texts for stem in analysis.stems(typed)
    )


def mentions(texts: Iterable[str | None], stems: frozenset[str]) -> bool:
    """Whether one of the texts has a word that would be marked."""
    return any(_hits(analysis.normalize(text), stems) for text in texts if text)


def marked(text: str, stems: frozenset[str]) -> SafeString:
    text = analysis.normalize(text)
    return _marked(text, _hits(text, stems))


def excerpt(text: str, stems: frozenset[str], width: int = WIDTH) -> SafeString:
    """About `width` characters around the most distinct matches, cut at spaces."""
    text = analysis.normalize(text)
    hits = _hits(text, stems)
    if len(text) <= width:
        return _marked(text, hits)
    start = _best_start(hits, width)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + width
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + width // 2)
    inside = [
        (first - start, last - start, stem)
        for first, last, stem in hits
        if first >= start and last <= end
    ]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return SafeString(before + _marked(text[start:end], inside) + after)


def _best_start(hits: list[Hit], width: int) -> int:
    def different(offset: int) -> int:
        return len(
            {
                stem
                for first, _, stem in hits
                if offset <= first < offset + width * 3 // 4
            }
        )

    best = max(
        (hit[0] for hit in hits),
        key=lambda offset: (different(offset), -offset),
        default=0,
    )
    return max(0, best - width // 4)


def _hits(text: str, stems: frozenset[str]) -> list[Hit]:
    if not stems:
        return []
    tokens = analysis.stemming().pre_tokenize(text).tokens
    return [
        (t.char_offset_from, t.char_offset_to, t.text)
        for t in tokens
        if t.text in stems or ("'" in t.text and _is_name_of(t.text, stems))
    ]


def _is_name_of(word: str, stems: frozenset[str]) -> bool:
    """Whether the word was searched without its apostrophes: ONeil or O Neil."""
    joined, parts = word.replace("'", ""), analysis.stems(word.replace("'", " "))
    return not stems.isdisjoint(analysis.stems(joined)) or stems.issuperset(parts)


def _marked(text: str, hits: list[Hit]) -> SafeString:
    parts, offset = [], 0
    for start, end, _ in hits:
        parts += [
            escape(text[offset:start]),
            "<mark>",
            escape(text[start:end]),
            "</mark>",
        ]
        offset = end
    return SafeString("".join([*parts, escape(text[offset:])]))
