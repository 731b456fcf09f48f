"""The site's own fonts, and lines of text that fit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
SERIF, SANS = "newsreader-latin-opsz-normal", "libre-franklin-latin-wght-normal"
NOT_IN_ANY_FONT = "\U0010fffe"  # a noncharacter
MORE = "…"
Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=40)
def font(family: str, size: int, weight: int) -> Font:
    """A font of `size` px; serifs with the optical size for it. Not safe for threads:
    FreeType keeps the state of a drawing in it.
    """
    loaded = ImageFont.truetype(str(FOLDER / f"{family}.woff2"), size)
    # the serif's axes are weight and optical size (6 to 72), the sans-serif's is weight
    axes: list[float] = [weight]
    if family == SERIF:
        axes.append(min(72, max(6, size)))
    loaded.set_variation_by_axes(axes)
    return loaded


def can_draw(texts: Iterable[str]) -> bool:
    """Whether both fonts have every character."""
    return all(
        _has(family, character)
        for character in {character for text in texts for character in text}
        if not character.isspace()
        for family in (SERIF, SANS)
    )


@lru_cache(maxsize=4_000)
def _has(family: str, character: str) -> bool:
    """A missing character is drawn as the same box as one that no font has."""
    one = font(family, 24, 400)
    return _shape(one, character) != _shape(one, NOT_IN_ANY_FONT)


def _shape(one: Font, character: str) -> tuple[tuple[int, int], bytes]:
    mask = one.getmask(character)
    return mask.size, bytes(mask)


def lines_of(text: str, one: Font, width: int) -> list[str]:
    """The text in lines of at most `width` px, broken at spaces; a word that is longer
    than a line is broken where the line ends.
    """
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and one.getlength(joined) <= width:
            lines[-1] = joined
        else:
            lines += _pieces(word, one, width)
    return lines


def _pieces(word: str, one: Font, width: int) -> list[str]:
    pieces = []
    while len(word) > 1 and one.getlength(word) > width:
        end = len(word) - 1
        while end > 1 and one.getlength(word[:end]) > width:
            end -= 1
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def cut(lines: list[str], count: int, one: Font, width: int, end: str) -> list[str]:
    """The first `count` lines; the last one loses words until … and `end` fit."""
    words = lines[count - 1].split()
    while len(words) > 1 and one.getlength(" ".join(words) + MORE + end) > width:
        words.pop()
    last = " ".join(words).rstrip(",;:—–- ") + MORE + end
    return [*lines[: count - 1], last]
