"""Words for people, in one line."""

from __future__ import annotations

import re
from urllib.parse import quote

LONG = 70
ENDS = 5  # words


def truncate(words: str, most: int = LONG) -> str:
    """Whole words of at most `most` characters; a mark that was opened is closed again, so no quotation runs on.

    What is left out of a quotation stands as […], on every page: an … alone might be the speaker's.
    """
    if len(words) <= most:
        return words
    cut = words[: most - 4].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{cut} […]”" if cut.count("“") > cut.count("”") else f"{cut} …"


def at_words(url: str, words: str) -> str:
    """The address of a page, so that a browser opens it at these words (WICG Text Fragments); "" without one.

    A long passage is named by its first and last words. Only words that may be shown go into it.
    """
    known = re.sub(r"^\W+|\W+$", "", words).split()  # marks at the ends may be printed otherwise there
    if not url or not known:
        return ""
    parts = [known] if len(known) <= 2 * ENDS else [known[:ENDS], known[-ENDS:]]
    ends = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in parts)
    return f"{url}{'' if '#' in url else '#'}:~:text={ends}"
