"""Shortens text to one line."""

from __future__ import annotations

LONG = 70


def truncate(words: str, limit: int = LONG) -> str:
    """At most `limit` characters of whole words; an open quotation mark is closed.

    Omitted words of a quotation are always marked […], because a bare … could be the
    speaker's.
    """
    if len(words) <= limit:
        return words
    cut = words[: limit - 4].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{cut} […]”" if cut.count("“") > cut.count("”") else f"{cut} …"
