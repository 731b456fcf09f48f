"""Reads dates as articles print them. A date whose month or year is open is no date."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_YEAR = r"(?P<year>1\d{3}|20\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = [
    re.compile(rf"{_MONTH} {_DAY},? {_YEAR}", re.I),
    re.compile(rf"{_DAY}\.? (?:of )?{_MONTH},? {_YEAR}", re.I),
    re.compile(rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)"),
]
_MONTH_ONLY = re.compile(rf"{_MONTH},? {_YEAR}", re.I)
_BESIDE = re.compile(
    r"(?:published|posted|issued|released|release|first|date|dated|on|for|immediate|at"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b"
    r"|\d{1,2}[:.]\d\d(?::\d\d)?|[ap]\.?m\b\.?|e[sd]?t|[cmp][sd]t|gmt|utc|z|t"
    r"|[\s,.:;|·•()–—+-])+",
    re.I,
)
_IN_PATH = re.compile(
    r"/(?P<year>20\d\d|19\d\d)[/-](?P<month>\d\d?)[/-](?P<day>\d\d?)\b"
)


def date_of_line(line: str) -> str:
    """Returns the date of a line that holds nothing else, except a time and words such
    as “Published”: 2024-12-12 or 2024-12; "" if there is none.
    """
    if len(line) > 90:
        return ""
    for form in (*_FORMS, _MONTH_ONLY):
        if match := form.search(line):
            beside = line[: match.start()] + " " + line[match.end() :]
            if _BESIDE.fullmatch(beside):
                return _written(match)
    return ""


def leading_date(words: str) -> str:
    """Returns the date with which the words begin; "" if there is none with a year."""
    for form in _FORMS:
        if match := form.match(words):
            return _written(match)
    return ""


def date_in_address(url: str) -> str:
    """Returns the date in the path of an address, such as /2024/12/12/."""
    if not (match := _IN_PATH.search(url)):
        return ""
    return _valid(int(match["year"]), int(match["month"]), int(match["day"]))


def _written(match: re.Match[str]) -> str:
    groups = match.groupdict()
    name = groups.get("month")
    month = _MONTHS[name.lower()] if name else int(groups["number"])
    year, day = int(groups["year"]), groups.get("day")
    return _valid(year, month, int(day)) if day else f"{year:04}-{month:02}"


def _valid(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
