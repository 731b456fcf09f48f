"""Reads one cell: text in, a value that JSON can hold out. Raises Wrong with a sentence
for the operator.

Names and titles lose characters that nobody sees, as in the forms of the admin.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from archive.core.dates import Precision, near
from archive.extraction.normalize import normalize
from archive.wording.invisible import one_line, paragraphs

Reader = Callable[[str], Any]
MAX_TEXT = 4_000_000  # characters of an article
MAX_PARAGRAPHS = 100_000
YES, NO = {"yes", "true", "1", "y", "t"}, {"no", "false", "0", "n", "f"}
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}", re.ASCII)
UID = re.compile(r"[0-9a-z]{10}")
_is_url = URLValidator(["http", "https"])


class Wrong(Exception):
    """The cell cannot be used; the message says why."""


def limited(limit: int, text: str) -> str:
    if len(text) > limit:
        raise Wrong(f"This has {len(text):,} characters; the limit is {limit:,}.")
    return text


def line(model: type[models.Model], name: str) -> Reader:
    """A name or title that fits the model's column."""
    limit = max_length(model, name)
    return lambda text: limited(limit, _on_one_line(text))


def _on_one_line(text: str) -> str:
    is_plain = text.isascii() and text.isprintable()
    return " ".join(text.split()) if is_plain else one_line(text)


def max_length(model: type[models.Model], name: str) -> int:
    return int(getattr(model._meta.get_field(name), "max_length", 0) or MAX_PARAGRAPHS)


def lines(text: str) -> str:
    """Names, one per line; in the file separated by semicolons."""
    names = [one_line(name) for name in re.split(r"[;\n]", text)]
    return "\n".join(dict.fromkeys(filter(None, names)))


def several(text: str) -> list[str]:
    """Values separated by semicolons."""
    values = [one_line(value) for value in text.split(";")]
    return list(dict.fromkeys(filter(None, values)))


def long_text(text: str) -> str:
    return limited(MAX_PARAGRAPHS, paragraphs(text))


def source_text(text: str) -> str:
    """The text of an article, of which only line ends and composition change."""
    return limited(MAX_TEXT, normalize(text))


def words(text: str) -> str:
    """Words of a source: as they are."""
    return limited(MAX_PARAGRAPHS, normalize(text).strip())


def choice(choices: Any) -> Reader:
    values = {value: value for value in choices.values}
    values |= {str(each.label).casefold(): each.value for each in choices}

    def read(text: str) -> str:
        folded = " ".join(text.casefold().split())
        value = values.get(folded) or values.get(re.sub(r"[ -]", "_", folded))
        if value is None:
            raise Wrong(f"“{text}” is none of {', '.join(choices.values)}.")
        return str(value)

    return read


def yes_no(text: str) -> bool:
    folded = text.strip().casefold()
    if folded in YES or folded in NO:
        return folded in YES
    raise Wrong(f"“{text}” is neither yes nor no.")


def number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII):
        raise Wrong(f"“{text}” is not a number.")
    return int(text)


def small_number(text: str) -> int:
    value = number(text)
    if value > 32767:
        raise Wrong(f"“{text}” is too large; the limit is 32,767.")
    return value


def numbers(text: str) -> list[int]:
    return [number(each) for each in text.split(";") if each.strip()]


def when(text: str) -> str:
    """A day, month or year: 2024-12-12, 2024-12 or 2024."""
    value = text.strip()
    if timed := TIME.match(value):
        value = timed[1]
    parts = DATE.fullmatch(value)
    if not parts:
        raise Wrong(
            f"“{text}” is not a date: write 2024-12-31, or name the form in the map "
            '(date_format = "%m/%d/%Y").'
        )
    year, month, day = (int(part) if part else None for part in parts.groups())
    _checked_day(year or 0, month, day, text)
    return "-".join(
        [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    )


def _checked_day(year: int, month: int | None, day: int | None, text: str) -> None:
    try:
        date = dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise Wrong(f"There is no such day as {text}.") from error
    try:
        near(date)
    except ValidationError as error:
        raise Wrong(" ".join(error.messages)) from error


def day(text: str) -> str:
    """A day, known exactly."""
    value = when(text)
    if len(value) < 10:
        raise Wrong(f"“{text}” is not a day: this column has no precision.")
    return value


def in_form(form: str) -> Callable[[str], str]:
    """Turns a date in a `strptime` form into the archive's, without guessing."""

    def read(text: str) -> str:
        try:
            return dt.datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError as error:
            raise Wrong(f"“{text}” is not a date in the form {form}.") from error

    return read


def precision(value: str) -> str:
    return {4: Precision.YEAR, 7: Precision.MONTH}.get(len(value), Precision.DAY).value


def first_day(value: str) -> str:
    return f"{value}-01-01"[:10] if len(value) == 4 else f"{value}-01"[:10]


def address(text: str) -> str:
    value = limited(1000, text.strip())
    try:
        _is_url(value)
    except ValidationError as error:
        raise Wrong(
            f"“{value[:80]}” is not an address that starts with http:// or https://."
        ) from error
    return value


def wikidata(text: str) -> str:
    value = text.strip().rpartition("/")[2]
    if not re.fullmatch(r"Q[1-9]\d{0,15}", value, re.ASCII):
        raise Wrong(f"“{text}” is no Wikidata identifier: the letter Q and a number.")
    return value


def uid(text: str) -> str:
    value = text.strip()
    if not UID.fullmatch(value):
        raise Wrong(f"“{value[:40]}” is no identifier of this archive.")
    return value


def slug(text: str) -> str:
    value = limited(80, text.strip())
    if not re.fullmatch(r"[-a-zA-Z0-9_]+", value):
        raise Wrong(f"“{value}” may contain only letters, digits, hyphens and _.")
    return value


def token(text: str) -> str:
    """The uid or slug of a record, also at the end of its address in the archive."""
    parts = [part for part in text.strip().partition("#")[0].split("/") if part]
    return limited(80, parts[-1]) if parts else ""


def same_as(text: str) -> str:
    """A token, or a source and an id with a colon between."""
    is_row = ":" in text and "://" not in text
    return external_id(text) if is_row else token(text)


def external_id(text: str) -> str:
    return limited(500, _on_one_line(text))


def identifiers(text: str) -> list[list[str]]:
    """Scheme and identifier, several separated by semicolons."""
    rows = []
    for each in several(text):
        scheme, _blank, identifier = each.partition(" ")
        if not identifier:
            raise Wrong(f"“{each}” needs a scheme, a blank and an identifier.")
        rows.append([limited(50, scheme), limited(100, identifier.strip())])
    return rows
