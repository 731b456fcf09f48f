"""Rows to CSV (RFC 4180, UTF-8): a column says its name, what it means, and how it is
read from a row.

A byte order mark stands first, since a spreadsheet would otherwise read the words as
another encoding and spoil them in silence; programs read the file as `utf-8-sig`. A
cell that a spreadsheet would run as a formula has an apostrophe before it, a cell that
is unknown is empty.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
CHUNK_SIZE = 2**15  # characters
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """`value` reads a cell from a row. An address of this site is written with the site
    before it.
    """

    name: str
    meaning: Any
    value: Callable[[Any], object]
    is_path: bool = False


def columns_of(part: str, columns: Iterable[Column], prefix: str = "") -> list[Column]:
    """The columns of a row's part, such as its speaker; empty where the row has
    none.
    """
    return [
        replace(column, name=prefix + column.name, value=_reader(part, column))
        for column in columns
    ]


def csv_chunks(
    columns: Sequence[Column], rows: Iterable[Any], site: str
) -> Iterator[str]:
    """The text of a file, some lines at a time; `site` is such as
    https://archive.example.org, without a slash.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    text.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_cell(column, row, site) for column in columns])
        if text.tell() >= CHUNK_SIZE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def disposition(name: str) -> str:
    """The header by which a browser keeps the file; the name is always the same, so
    that scripts can rely on it.
    """
    return f'attachment; filename="on-record-{name}.csv"'


def escape_formula(text: str) -> str:
    """For spreadsheets: text that begins like a formula stays text."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _reader(part: str, column: Column) -> Callable[[Any], object]:
    def read(row: Any) -> object:
        owner = getattr(row, part)
        return None if owner is None else column.value(owner)

    return read


def _cell(column: Column, row: Any, site: str) -> str:
    value = column.value(row)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return f"{site}{value}" if column.is_path else escape_formula(str(value))
