"""Words for people, shortened to one line."""

from __future__ import annotations

LONG = 70


def truncate(words: str, limit: int = LONG) -> str:
    """Whole words of at most `most` characters; a mark that was opened is closed again,
    so no quotation runs on.

    What is left out of a quotation stands as […], on every page: an … alone might be
    the speaker's.
    """
    if len(words) <= limit:
        return words
    cut = words[: limit - 4].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{cut} […]”" if cut.count("“") > cut.count("”") else f"{cut} …"
