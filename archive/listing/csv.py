"""Writes rows as CSV (RFC 4180, UTF-8). A column has a name, a description and a
function that reads its cell from a row.

Files start with a byte order mark, because spreadsheets otherwise guess another
encoding and garble the text; programs read them as `utf-8-sig`. Cells that a
spreadsheet would run as a formula start with an apostrophe. Unknown values are empty
cells.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
CHUNK_SIZE = 2**15  # characters
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """`value` reads the cell from a row. Without it, the column is called after the
    attribute that it shows. If `is_path`, the value is a path of this site and is
    written as an absolute URL.
    """

    name: str
    meaning: Any
    value: Callable[[Any], object] | None = None
    is_path: bool = False

    def read(self, row: Any) -> object:
        return self.value(row) if self.value else getattr(row, self.name)


def columns_of(part: str, columns: Iterable[Column], prefix: str = "") -> list[Column]:
    """The columns of a row's attribute `part`, such as its speaker; empty cells if it
    is None.
    """
    return [
        replace(column, name=prefix + column.name, value=_reader(part, column))
        for column in columns
    ]


def csv_chunks(
    columns: Sequence[Column], rows: Iterable[Any], site: str
) -> Iterator[str]:
    """The text of the file in chunks of several lines; `site` is the origin, such as
    https://archive.example.org.
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
    """The Content-Disposition header. The file name never changes, so scripts can rely
    on it.
    """
    return f'attachment; filename="on-record-{name}.csv"'


def escape_formula(text: str) -> str:
    """Prefixes an apostrophe to text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _reader(part: str, column: Column) -> Callable[[Any], object]:
    def read(row: Any) -> object:
        owner = getattr(row, part)
        return None if owner is None else column.read(owner)

    return read


def _cell(column: Column, row: Any, site: str) -> str:
    value = column.read(row)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return f"{site}{value}" if column.is_path else escape_formula(str(value))
