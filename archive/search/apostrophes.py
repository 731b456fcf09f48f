"""Names with an apostrophe inside, as people type them without it."""

from __future__ import annotations

import re

_MARKS = "'’ʼ‘ʻ"
_LETTERS = r"[^\W\d_ʼʻ]+"
# Only from the first letter of a word: from each of them, a word of 100,000 letters
# would take minutes.
_INSIDE = re.compile(rf"(?<![^\W\d_ʼʻ]){_LETTERS}(?:[{_MARKS}]{_LETTERS})+")
_MARK = re.compile(rf"[{_MARKS}]")
_POSSESSIVE = re.compile(rf"[{_MARKS}][sS]$")
# Contractions: don't, we're, they've, she'll, I'm, he'd.
_CONTRACTED = re.compile(
    rf"(?:.*n[{_MARKS}]t|.*[{_MARKS}](?:re|ve|ll)"
    rf"|(?:i|you|he|she|it|we|they|who|that|there|what|let)[{_MARKS}](?:m|d|s))",
    re.I,
)


def spelled_out(text: str) -> str:
    """Each name with an apostrophe inside, without it and in two words: “O’Neil” gives
    “ONeil O Neil”.
    """
    names = dict.fromkeys(
        _POSSESSIVE.sub("", word)
        for word in _INSIDE.findall(text)
        if not _CONTRACTED.fullmatch(word)
    )
    return " . ".join(
        f"{_MARK.sub('', name)} {_MARK.sub(' ', name)}"
        for name in names
        if _MARK.search(name)
    )
