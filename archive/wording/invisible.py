"""Takes characters that nobody sees out of what people type or paste.

Direction marks, zero-width and control characters make two equal names differ and let a
title read backwards. The text of a source is never changed: its offsets count.
"""

from __future__ import annotations

import re
import unicodedata

# Format characters that are seen: signs of numbers and verses in Arabic and Syriac.
_SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffe\uffff"
_JOINERS = "\u200c\u200d"
# Scripts whose letters change their form beside a joiner, from Arabic to Mongolian.
_JOINED = re.compile(
    "[\u0600-\u0fff\u1000-\u109f\u1780-\u18af\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def one_line(text: str) -> str:
    """A name or a title: in NFC, on one line, with single blanks."""
    return " ".join(_visible(_LINE_END.sub("\n", text)).split())


def paragraphs(text: str) -> str:
    """A text of several lines: in NFC, with LF line ends, without blanks at the ends of
    lines.
    """
    visible = _visible(_LINE_END.sub("\n", text))
    return "\n".join(line.rstrip() for line in visible.split("\n")).strip()


def _visible(text: str) -> str:
    """NUL stays, for forms to refuse."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        character
        for place, character in enumerate(text)
        if _is_visible(character) or _joins(text, place)
    )


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cc":
        return character in "\0\t\n"
    return (category != "Cf" or ord(character) in _SEEN) and character not in _BLANKS


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands between two letters of a script that uses it, or between
    two emoji.
    """
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] not in _JOINERS or not before or not after:
        return False
    if _JOINED.match(before) and _JOINED.match(after):
        return True
    emoji = unicodedata.category(before) in ("So", "Sk") or before == "\ufe0f"
    return text[place] == "\u200d" and emoji and unicodedata.category(after) == "So"
