"""The text of an article with the passages of its cards marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

STRONGEST = ("open", "accepted", "rejected")


@dataclass(frozen=True)
class Run:
    """Characters that the same cards take; `state` is that of the first card."""

    text: str
    cards: tuple[int, ...] = ()
    state: str = ""


@dataclass(frozen=True)
class Paragraph:
    start: int
    runs: list[Run]


def paragraphs(
    text: str, marks: Iterable[tuple[int, int, int, str]]
) -> Iterator[Paragraph]:
    """The lines of the text that hold words. A mark is (start, end, card, state).
    Linear in the text and in the marks.
    """
    edges: dict[int, list[tuple[bool, int, str]]] = {}
    for start, end, card, state in marks:
        edges.setdefault(start, []).append((True, card, state))
        edges.setdefault(end, []).append((False, card, state))
    walk = _Walk(text, edges)
    offset = 0
    for line in text.split("\n"):
        end = offset + len(line)
        runs = list(walk.runs(offset, end))
        if line.strip():
            yield Paragraph(offset, runs)
        offset = end + 1


class _Walk:
    """Knows which marks are open at its offset."""

    def __init__(
        self, text: str, edges: dict[int, list[tuple[bool, int, str]]]
    ) -> None:
        self.text, self.edges = text, edges
        self.ahead = sorted(edges, reverse=True)
        self.active: dict[int, str] = {}

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs of one line."""
        while self.ahead and self.ahead[-1] <= end:
            edge = self.ahead.pop()
            if edge > start:
                yield _run(self.text[start:edge], self.active)
                start = edge
            self._pass(edge)
        if end > start:
            yield _run(self.text[start:end], self.active)

    def _pass(self, edge: int) -> None:
        for begins, card, state in sorted(self.edges[edge]):
            if begins:
                self.active[card] = state
            else:
                self.active.pop(card, None)


def _run(text: str, active: dict[int, str]) -> Run:
    if not active:
        return Run(text)
    cards = sorted(active, key=lambda card: STRONGEST.index(active[card]))
    return Run(text, tuple(cards), active[cards[0]])
