"""The words of a question with their positions, and which of them were read as a
filter.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.search import analysis
from archive.search.language import TextQuery

POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True)
class Token:
    """`group` is its place among the groups of the text."""

    group: int
    typed: str
    word: str
    stem: str

    @property
    def is_stop_word(self) -> bool:
        return self.word in analysis.STOP_WORDS


@dataclass
class Tokens:
    """A phrase, an alternative and an excluded word are never read: `breaks` has the
    places behind which one stands, which no run of words may cross.
    """

    text: TextQuery
    listed: list[Token] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for number, group in enumerate(self.text.groups):
            if group.is_required or len(group.texts) > 1:
                self.breaks.add(len(self.listed))
                continue
            for word in analysis.words(group.texts[0]):
                bare = POSSESSIVE.sub("", word)
                stems = analysis.stems(bare)
                self.listed.append(
                    Token(number, group.texts[0], bare, stems[0] if stems else bare)
                )

    def runs(self, longest: int) -> Iterator[tuple[int, int]]:
        """(start, end) of every run of unused words, the longest first, from the
        left.
        """
        count = len(self.listed)
        for size in range(min(longest, count), 0, -1):
            for start in range(count - size + 1):
                if self.is_free(start, start + size):
                    yield start, start + size

    def is_free(self, start: int, end: int) -> bool:
        return self.used.isdisjoint(range(start, end)) and not any(
            start < place < end for place in self.breaks
        )

    def words(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(token.word for token in self.listed[max(0, start) : end])

    def stems(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(token.stem for token in self.listed[start:end])

    def typed(self, start: int, end: int) -> str:
        return " ".join(dict.fromkeys(token.typed for token in self.listed[start:end]))

    def use(self, start: int, end: int) -> str:
        """Marks the words as read and returns them as typed."""
        self.used.update(range(start, end))
        return self.typed(start, end)

    @property
    def content(self) -> list[int]:
        """The places of the unused words that are no stop words."""
        return [
            place
            for place, token in enumerate(self.listed)
            if place not in self.used and not token.is_stop_word
        ]

    def drop(self, words: Sequence[str] | frozenset[str]) -> None:
        """Words that only ask, such as “say”, are no words to be found."""
        self.used.update(
            place for place, token in enumerate(self.listed) if token.word in words
        )

    def remaining(self) -> TextQuery:
        """The text without the words that were read."""
        left = {
            token.group
            for place, token in enumerate(self.listed)
            if place not in self.used
        }
        read = {token.group for token in self.listed} - left
        groups = tuple(
            group for number, group in enumerate(self.text.groups) if number not in read
        )
        if not read:
            return self.text
        typed = _typed(self.text, groups)
        return dataclasses.replace(self.text, groups=groups, typed=typed)


def _typed(text: TextQuery, groups: Sequence[object]) -> str:
    """The remaining words as one would type them."""
    parts = []
    for group in groups:
        texts = [
            f'"{one}"' if group.is_required else one  # type: ignore[attr-defined]
            for one in group.texts  # type: ignore[attr-defined]
        ]
        parts.append(" OR ".join(texts))
    parts += [f'-"{excluded}"' for excluded in text.excluded]
    words = [part for part in parts if part]
    only_stop_words = all(not analysis.content_stems(word) for word in words)
    return "" if only_stop_words and not text.excluded else " ".join(words)
