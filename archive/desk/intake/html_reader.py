"""Reads the article in a page of HTML: its text as lines, and what the metadata of the
page tell. Nothing of the page is executed or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from archive.desk.intake import plain
from archive.desk.intake.html_lines import Line, as_text, lines_of, parsed
from archive.desk.intake.reading import Notice, Origin, Reading

_TAGS = (
    "html|head|body|article|main|section|header|div|p|span|h[1-6]|ul|ol|li|table|tr|td"
    "|blockquote|meta|title|style|script|br|b|strong|em|i|a|figure|nav"
)
_STARTS = re.compile(
    rf"\s*(?:<!--|<!doctype html|<\?xml|<(?:{_TAGS})(?:\s[^<>]*)?/?>)", re.I
)
_CLOSES = re.compile(rf"</(?:{_TAGS})\s*>|<(?:p|br)\s*/?>", re.I)
_WORD = re.compile(
    r"urn:schemas-microsoft-com:office|class=[\"']?Mso|[\"';\s]mso-[a-z-]{2,30}:", re.I
)
_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.I)
_TERMS = re.compile(r"\w+")
_RUN = 4  # words
_ALIKE = 0.6  # of the runs of a line


class NoArticle(Exception):
    """The page holds links and menus, but no text of an article."""


def is_html(text: str) -> bool:
    """Returns whether a pasted text is HTML: it starts with a tag and closes one."""
    return bool(_STARTS.match(text[:2_000]) and _CLOSES.search(text))


def read(html: str) -> Reading:
    """Raises NoArticle."""
    tree = parsed(html)
    lines = lines_of(tree)
    if _WORD.search(html[:500_000]):
        reading = Reading(as_text(lines), notices=[Notice.WORD])
    else:
        metadata = _metadata(html)
        headings = {" ".join(one.text_content().split()) for one in tree.iter("h1")}
        is_page = bool(_PAGE.search(html))
        article = [*(_article(tree, lines) if is_page else _without_links(lines))]
        reading = Reading(as_text(article), notices=[Notice.HTML])
        _suggest(reading, metadata, headings)
    if not plain.has_sentence(reading.text):
        raise NoArticle
    _add(reading, plain.read(reading.text))
    return reading


def _article(tree: Any, lines: list[Line]) -> Iterator[Line]:
    """Yields the lines of the main text. trafilatura decides where it starts and ends.
    What it leaves out in between stays, unless it is a link or stands beside the text.
    """
    main = _Main(tree)
    chosen = [index for index, line in enumerate(lines) if main.holds(line)]
    first, last = (chosen[0], chosen[-1]) if chosen else (0, len(lines) - 1)
    is_chosen = set(chosen)
    for index in range(first, last + 1):
        line = lines[index]
        if index in is_chosen or not (line.is_link or line.is_beside):
            yield line


def _without_links(lines: list[Line]) -> Iterator[Line]:
    return (line for line in lines if not (line.is_link or line.is_beside))


class _Main:
    """What trafilatura takes for the main text of a page."""

    def __init__(self, tree: Any) -> None:
        body = getattr(_extracted(tree), "body", None)
        parts = [] if body is None else [*body.itertext()]
        self.runs = set(_runs(" ".join(parts)))
        self.whole = {_terms(part) for part in parts}

    def holds(self, line: Line) -> bool:
        own = [*_runs(line.words)]
        if not own:
            return _terms(line.words) in self.whole
        return sum(run in self.runs for run in own) >= _ALIKE * len(own)


def _extracted(tree: Any) -> Any:
    # 0.8 s of CPU: only a process that reads HTML pays for it
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            tree, include_comments=False, include_tables=True, favor_recall=True
        )
    except ValueError:  # a control character, which XML cannot hold
        return None


def _terms(text: str) -> tuple[str, ...]:
    return tuple(_TERMS.findall(text))


def _metadata(html: str) -> Any:
    from trafilatura import extract_metadata

    dates = {"extensive_search": False, "original_date": True}
    try:
        return extract_metadata(html, date_config=dates)
    except ValueError:
        return None


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    terms = _terms(text)
    return zip(*(terms[start:] for start in range(_RUN)), strict=False)


def _suggest(reading: Reading, metadata: Any, headings: Iterable[str]) -> None:
    if metadata is None:
        return
    title = " ".join((metadata.title or "").split())
    origin = Origin.HEADING if title in headings else Origin.METADATA
    reading.suggest("headline", title, origin)
    author = (metadata.author or "").replace("; ", ", ")
    reading.suggest("byline", author, Origin.METADATA)
    reading.suggest("published_on", metadata.date, Origin.METADATA)
    reading.suggest("url", metadata.url, Origin.METADATA)
    if "." not in (metadata.sitename or "."):
        reading.suggest("outlet", metadata.sitename, Origin.METADATA)


def _add(reading: Reading, other: Reading) -> None:
    """What the text tells fills the fields that the metadata leave empty."""
    for name, hint in other.fields.items():
        reading.fields.setdefault(name, hint)
