"""Turns HTML into lines of text: a paragraph, a heading or an item of a list is a line.
Quotation marks and words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

_BLANK = re.compile(r"[^\S\n]+")
_CONDITIONS = re.compile(r"<!\[(?:if|endif)[^>]{0,200}\]>", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BULLET = re.compile(r"^(?:[·•▪§o\u00b7\uf0b7\uf0a7-]|\d{1,2}[.)]|[a-z][.)])\s+")
_SKIPPED = set(
    "script style noscript template head title svg object iframe button select textarea"
    " input audio video canvas".split()
)
_BESIDE = {"nav", "aside", "footer", "form", "figure", "menu", "dialog"}
_BLOCKS = _BESIDE | set(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre tr table section article "
    "main header figcaption address details summary body html hr fieldset caption "
    "tbody thead".split()
)
# What a browser shows for a tag; a `q` ends with a mark, too.
_WRITTEN = {"br": "\n", "td": " ", "th": " ", "q": "“"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass
class Line:
    """`linked` counts the characters that are part of links; `is_beside` is true of
    what stands in navigation, a margin or below a picture.
    """

    words: str
    is_item: bool = False
    is_heading: bool = False
    is_beside: bool = False
    linked: int = 0

    @property
    def is_link(self) -> bool:
        return self.linked > len(self.words) / 2


class _Step(Enum):
    OPEN, TEXT, CLOSE = range(3)


@dataclass
class _Writer:
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    kind: str = ""
    beside: int = 0
    links: int = 0

    def write(self, text: str) -> None:
        self.parts.append(text)
        if self.links:
            self.linked += len(text.strip())

    def end(self, next_kind: str = "") -> None:
        for raw in "".join(self.parts).split("\n"):
            if words := _BLANK.sub(" ", raw).strip():
                self.lines.append(self._line(words))
                self.kind = "" if self.kind in ("li", "bullet") else self.kind
        self.parts, self.linked, self.kind = [], 0, next_kind

    def _line(self, words: str) -> Line:
        is_bullet = self.kind == "bullet" and bool(_BULLET.match(words))
        return Line(
            _BULLET.sub("", words) if is_bullet else words,
            is_item=is_bullet or self.kind == "li",
            is_heading=self.kind in _HEADINGS,
            is_beside=self.beside > 0,
            linked=self.linked,
        )


def parsed(html: str) -> Any:
    """Returns the tree of a page."""
    # 0.2 s of CPU: only a process that reads HTML pays for it
    from lxml import etree
    from lxml import html as parser

    source = _CONDITIONS.sub("", html)
    data = _DECLARATION.sub("", source).encode(errors="replace")
    settings = parser.HTMLParser(
        remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    try:
        return parser.document_fromstring(data, parser=settings)
    except etree.ParserError:  # the page holds no element
        return parser.Element("html")


def lines_of(tree: Any) -> list[Line]:
    """Does not recurse: a page may nest deeper than Python's stack."""
    writer = _Writer()
    waiting: list[tuple[_Step, Any]] = [(_Step.OPEN, tree)]
    while waiting:
        step, element = waiting.pop()
        if step is _Step.TEXT:
            writer.write(element)
        elif step is _Step.CLOSE:
            _close(writer, element)
        elif _is_seen(element):
            _open(writer, element)
            waiting.append((_Step.CLOSE, element))
            waiting.extend(_inside(element))
    writer.end()
    return writer.lines


def _inside(element: Any) -> Iterator[tuple[_Step, Any]]:
    """What is in an element, last first."""
    for child in reversed(element):
        if child.tail:
            yield _Step.TEXT, _flat(child.tail)
        yield _Step.OPEN, child


def _is_seen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return False
    return element.get("hidden") is None and not _UNSEEN.search(
        element.get("style") or ""
    )


def _open(writer: _Writer, element: Any) -> None:
    tag = element.tag
    writer.beside += tag in _BESIDE
    if tag in _BLOCKS:
        is_bullet = "MsoList" in (element.get("class") or "")
        kind = "bullet" if is_bullet else tag
        writer.end("li" if writer.kind == "li" and not writer.parts else kind)
    writer.links += tag == "a"
    if tag in _WRITTEN:
        writer.write(_WRITTEN[tag])
    if element.text:
        writer.write(element.text if tag == "pre" else _flat(element.text))


def _close(writer: _Writer, element: Any) -> None:
    if element.tag == "q":
        writer.write("”")
    if element.tag in _BLOCKS:
        writer.end()
    writer.beside -= element.tag in _BESIDE
    writer.links -= element.tag == "a"


def _flat(text: str) -> str:
    """Line ends in the source of a page are blanks."""
    return text.replace("\r", " ").replace("\n", " ")


def as_text(lines: Iterable[Line]) -> str:
    """Parts paragraphs by an empty line; items of one list follow each other."""
    written: list[str] = []
    after_item = False
    for line in lines:
        if written and not (line.is_item and after_item):
            written.append("")
        written.append(f"- {line.words}" if line.is_item else line.words)
        after_item = line.is_item
    return "\n".join(written)
