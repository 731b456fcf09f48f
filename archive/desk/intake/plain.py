"""Reads what the first lines of a plain text say about it: headline, byline, dateline,
date. A line that could be something else is left alone.
"""

from __future__ import annotations

import re

from archive.desk.intake.dates import date_of_line, leading_date
from archive.desk.intake.reading import Notice, Origin, Reading

MAX_HEADLINE, MAX_BYLINE = 200, 120
HEAD_LINES = 10
PROSE = 100  # characters from which on a line that ends a sentence is prose

_RELEASE = re.compile(r"(?:for (?:immediate )?release\b.{0,60}|press release:?)", re.I)
_BYLINE = re.compile(r"(?:(?:written |story |reporting )?by:? )(?P<names>\S.*)", re.I)
_SMALL = set(
    "and with for of the in at to de da del van von der den la le al bin staff writer "
    "senior special correspondent reporter editor".split()
)
_DATELINE = re.compile(
    r"(?:[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){2,40}(?:, [A-Z][\w. ]{1,20})?)"
    r"(?:,? \(?(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)\)?)?"
    r"(?: ?\((?P<agency>[A-Z][\w .&]{1,30})\))?"
    r"(?:,? (?P<date2>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?))?"
    r"\s*(?:[—–]|--?)\s"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_TRAILER = re.compile(r"(?:updated|last modified|modified|corrected)\b", re.I)
_SPEECH = re.compile(
    r"(?:remarks|speech|address|statement) (?:by|of|from) |as prepared for delivery",
    re.I,
)
_TRANSCRIPT = re.compile(r"(?:full |rush )?transcript\b", re.I)
AGENCIES = {
    "AP": "Associated Press",
    "Reuters": "Reuters",
    "REUTERS": "Reuters",
    "AFP": "Agence France-Presse",
    "UPI": "United Press International",
}


def read(text: str) -> Reading:
    reading = Reading(text)
    lines = _first_lines(text)
    rest = _read_head(reading, lines)
    if rest:
        _read_dateline(reading, rest)
    if not has_sentence(text):
        reading.notices.append(Notice.NO_SENTENCE)
    return reading


def has_sentence(text: str) -> bool:
    """Returns whether a line of the text is as long as a sentence and ends as one. A
    page of links and menus has no such line.
    """
    return any(
        len(line) >= 40 and _SENTENCE_END.search(line[-8:])
        for line in map(str.strip, text.split("\n"))
    )


def is_prose(line: str) -> bool:
    line = line.strip()
    return len(line) >= PROSE and bool(_SENTENCE_END.search(line[-8:]))


def _first_lines(text: str) -> list[str]:
    """The first lines that are not blank, each cut to what matters."""
    lines: list[str] = []
    for line in text[:20_000].split("\n"):
        if line.strip():
            lines.append(" ".join(line.split()))
        if len(lines) > HEAD_LINES:
            break
    return lines


def _read_head(reading: Reading, lines: list[str]) -> str:
    """Reads the lines above the first one of prose; returns that line."""
    for line in lines:
        if is_prose(line) or _DATELINE.match(line):
            return line
        if not _read_line(reading, line):
            return line
    return ""


def _read_line(reading: Reading, line: str) -> bool:
    """Returns whether the line is one of those that stand above a text."""
    if _RELEASE.fullmatch(line):
        reading.suggest("kind", "press_release", Origin.RELEASE)
        reading.suggest("published_on", date_of_line(line), Origin.DATE_LINE)
    elif names := byline(line):
        reading.suggest("byline", names, Origin.BYLINE)
    elif date := date_of_line(line):
        reading.suggest("published_on", date, Origin.DATE_LINE)
    elif _TRAILER.match(line):
        return True
    elif "headline" not in reading.fields and _is_headline(reading, line):
        reading.suggest("headline", line, Origin.FIRST_LINE)
        _read_kind(reading, line)
    else:
        return False
    return True


def byline(line: str) -> str:
    """Returns the names of a byline, as printed after “By”; "" if it is none."""
    match = _BYLINE.fullmatch(line) if len(line) <= MAX_BYLINE else None
    words = (
        [word.strip(" ,;&|/·•–—-") for word in match["names"].split()] if match else []
    )
    names = [word for word in words if word and word not in _SMALL]
    if not match or not names or not all(word[0].isupper() for word in names):
        return ""
    return match["names"].rstrip(" |·•.")


def _is_headline(reading: Reading, line: str) -> bool:
    """A headline has a few words, ends no sentence, and text follows that is longer."""
    return (
        len(line) <= MAX_HEADLINE
        and len(line.split()) >= 2
        and not re.search(r"[.:;,…]$", line)
        and not line.startswith(("-", "•", "*", "“", "(", "["))
        and any(map(is_prose, reading.text.split("\n")))
        and "byline" not in reading.fields
    )


def _read_kind(reading: Reading, headline: str) -> None:
    if _SPEECH.search(headline):
        reading.suggest("kind", "speech", Origin.FIRST_LINE)
    elif _TRANSCRIPT.match(headline):
        reading.suggest("kind", "transcript", Origin.FIRST_LINE)


def _read_dateline(reading: Reading, line: str) -> None:
    if not (match := _DATELINE.match(line)):
        return
    if outlet := AGENCIES.get((match["agency"] or "").strip()):
        reading.suggest("outlet", outlet, Origin.DATELINE)
    date = leading_date(match["date"] or match["date2"] or "")
    reading.suggest("published_on", date, Origin.DATELINE)
