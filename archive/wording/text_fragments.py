"""Addresses that lead to words on a page (WICG Text Fragments)."""

from __future__ import annotations

import re
from urllib.parse import quote

ENDS = 5  # words


def at_words(url: str, words: str) -> str:
    """The address of a page, so that a browser opens it at these words (WICG Text
    Fragments); "" without one.

    A long passage is named by its first and last words. Only words that may be shown go
    into it.
    """
    tokens = re.sub(
        r"^\W+|\W+$", "", words
    ).split()  # marks at the ends may be printed otherwise there
    if not url or not tokens:
        return ""
    parts = [tokens] if len(tokens) <= 2 * ENDS else [tokens[:ENDS], tokens[-ENDS:]]
    ends = ",".join(
        quote(" ".join(part), safe="").replace("-", "%2D") for part in parts
    )
    return f"{url}{'' if '#' in url else '#'}:~:text={ends}"
