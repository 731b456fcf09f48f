"""Topics by rule: which words of a text give it which topic."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

Rules = Mapping[str, Sequence[str]]


def load(path: Path) -> Rules:
    """Topic -> words, from a TOML file, in the order of the file."""
    return tomllib.loads(path.read_text("utf-8"))


class TopicRules:
    """An abbreviation, all of whose letters are capitals, must stand in capitals in the
    text; capitals do not count in other words. A star at the end of a word stands for
    any further letters.
    """

    def __init__(self, rules: Rules) -> None:
        self._patterns = [
            (topic, [_pattern(words, exact) for exact in (True, False)])
            for topic, words in rules.items()
        ]

    def topics(self, text: str) -> list[str]:
        """The topics that words of the text give it, in the order of the rules."""
        plain = text.replace("’", "'")
        return [
            topic
            for topic, patterns in self._patterns
            if any(each and each.search(plain) for each in patterns)
        ]


def _pattern(words: Sequence[str], exact: bool) -> re.Pattern[str] | None:
    """None if no word is of that sort."""
    parts = sorted({_part(word) for word in words if _is_exact(word) == exact})
    if not parts:
        return None
    joined = "|".join(parts)
    return re.compile(rf"(?<!\w)(?:{joined})", re.NOFLAG if exact else re.IGNORECASE)


def _is_exact(word: str) -> bool:
    """Whether it is written in capitals, such as an abbreviation."""
    return word.rstrip("*").isupper()


def _part(word: str) -> str:
    stem = re.escape(word.replace("’", "'").rstrip("*")).replace(r"\ ", r"\s+")
    return stem if word.endswith("*") else rf"{stem}(?!\w)"
