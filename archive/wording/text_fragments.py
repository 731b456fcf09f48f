"""URLs that point at words on a page (WICG Text Fragments)."""

from __future__ import annotations

import re
from urllib.parse import quote

ENDS = 5  # words


def at_words(url: str, words: str) -> str:
    """The URL of a page with a text fragment, so that browsers open it at these words;
    "" without a URL or words.

    A long passage is identified by its first and last words. Pass only words that may
    be shown.
    """
    # the page may print other quotation marks
    tokens = re.sub(r"^\W+|\W+$", "", words).split()
    if not url or not tokens:
        return ""
    parts = [tokens] if len(tokens) <= 2 * ENDS else [tokens[:ENDS], tokens[-ENDS:]]
    ends = ",".join(
        quote(" ".join(part), safe="").replace("-", "%2D") for part in parts
    )
    return f"{url}{'' if '#' in url else '#'}:~:text={ends}"
