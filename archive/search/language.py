"""Parses what a reader types: words, "phrases", -minus, OR.

It depends on no search engine, and every input is valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.search.analysis import normalize

MAX_CHARACTERS = 2000  # a whole pasted post has about 650
PROSE_WORDS = (
    12  # beyond this, a query is pasted text, and its punctuation is no operator
)

_QUOTES = str.maketrans({**dict.fromkeys("“”„«»‟", '"'), "\x00": " "})
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+")
_HASHTAG = re.compile(r"#(\w+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))'
)


@dataclass(frozen=True)
class Group:
    """Alternatives joined by OR.

    A group with a phrase is required; a group of words only affects ranking.
    `synonyms` are searched too and count less; editors keep them.
    """

    texts: tuple[str, ...]
    is_required: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextQuery:
    """The text as typed and as parsed."""

    groups: tuple[Group, ...] = ()
    excluded: tuple[str, ...] = ()
    typed: str = ""

    def __bool__(self) -> bool:
        return bool(self.groups or self.excluded)

    @property
    def texts(self) -> list[str]:
        return [text for group in self.groups for text in group.texts]

    @property
    def synonyms(self) -> list[str]:
        return list(dict.fromkeys(one for each in self.groups for one in each.synonyms))

    @property
    def is_prose(self) -> bool:
        return len(self.texts) > PROSE_WORDS

    @property
    def has_operators(self) -> bool:
        return bool(self.excluded) or any(
            group.is_required or len(group.texts) > 1 for group in self.groups
        )

    def without_operators(self) -> TextQuery:
        return _of_words(
            (word for text in self.texts for word in text.split()), self.typed
        )


def parse(typed: str) -> TextQuery:
    text = clean(typed)
    if (
        len(words := _WORD.findall(text)) > PROSE_WORDS
    ):  # also within one token: a-b-c has three
        return _of_words(words, typed)
    groups: list[list[tuple[str, bool]]] = []
    excluded: list[str] = []
    is_joined = False
    for part in _PART.finditer(text):
        if part["word"] == "OR":
            is_joined = bool(groups)
            continue
        is_phrase = part["phrase"] is not None
        content = (part["phrase"] if is_phrase else part["word"]).strip()
        if part["minus"]:
            excluded.append(content)
        elif content and is_joined:
            groups[-1].append((content, is_phrase))
        elif content:
            groups.append([(content, is_phrase)])
        is_joined = False
    parsed = (
        Group(tuple(text for text, _ in group), any(phrase for _, phrase in group))
        for group in groups
    )
    return TextQuery(tuple(parsed), tuple(filter(None, excluded)), typed)


NO_TEXT = TextQuery()


def clean(text: str) -> str:
    """Straight quotation marks, no web addresses, and #TwoWords also as
    separate words.
    """
    return _HASHTAG.sub(
        _spelled_out, _ADDRESS.sub(" ", normalize(text).translate(_QUOTES))
    )


def _spelled_out(tag: re.Match[str]) -> str:
    spaced = _CAMEL.sub(" ", tag[1])
    return tag[1] if spaced == tag[1] else f"{tag[1]} {spaced}"


def _of_words(words: Iterable[str], typed: str) -> TextQuery:
    return TextQuery(tuple(Group((word,)) for word in words), typed=typed)
