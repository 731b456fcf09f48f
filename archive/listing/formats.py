"""The formats of a file: each writes blocks of rows as text.

CSV follows RFC 4180. It starts with a byte order mark, because spreadsheets otherwise
guess another encoding and garble the text; programs read it as `utf-8-sig`. Cells that
a spreadsheet would run as a formula start with an apostrophe. Unknown values are empty
cells. JSON lines have an object for each row, with null for unknown values.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archive.listing.cells import Block, Column, Once

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MAYBE_FORMULA = ("'", *FORMULA)


@dataclass(frozen=True)
class Format:
    """`write` yields the text of the file in pieces, given columns, blocks and the
    site's origin, such as https://archive.example.org.
    """

    suffix: str
    name: str
    content_type: str
    write: Callable[[Sequence[Column], Iterable[Block], str], Iterator[str]]

    def disposition(self, name: str) -> str:
        """The Content-Disposition header. The file name never changes, so scripts can
        rely on it.
        """
        return f'attachment; filename="on-record-{name}.{self.suffix}"'


def csv_pieces(
    columns: Sequence[Column], blocks: Iterable[Block], site: str
) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text)
    text.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in columns])
    for block in blocks:
        cells = [
            Once(partial(_csv_cell, site if column.is_path else "")).of(
                block.cells(column)
            )
            for column in columns
        ]
        writer.writerows(zip(*cells, strict=True))
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def json_lines(
    columns: Sequence[Column], blocks: Iterable[Block], site: str
) -> Iterator[str]:
    names = [column.name for column in columns]
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for block in blocks:
        cells = [
            [
                _json_value(site if column.is_path else "", cell)
                for cell in block.cells(column)
            ]
            for column in columns
        ]
        yield "".join(
            f"{encode(dict(zip(names, row, strict=True)))}\n"
            for row in zip(*cells, strict=True)
        )


CSV = Format("csv", "CSV", "text/csv; charset=utf-8; header=present", csv_pieces)
JSON_LINES = Format(
    "jsonl", "JSON lines", "application/jsonl; charset=utf-8", json_lines
)
FORMATS = (CSV, JSON_LINES)


def escape_formula(text: str) -> str:
    """Prefixes an apostrophe to text that a spreadsheet would run as a formula, and to
    text that looks as if that had been done, so that `unescape_formula` restores both.
    """
    if text.startswith(MAYBE_FORMULA) and text.lstrip("'").startswith(FORMULA):
        return f"'{text}"
    return text


def unescape_formula(cell: str) -> str:
    if cell[:1] == "'" and cell.lstrip("'").startswith(FORMULA):
        return cell[1:]
    return cell


def _csv_cell(site: str, value: object) -> str:
    """`site` is the origin if the value is a path."""
    if type(value) is not str:
        return _csv_other(value)
    return f"{site}{value}" if site and value else escape_formula(value)


def _csv_other(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return escape_formula("; ".join(value))
    return escape_formula(str(value))


def _json_value(site: str, value: object) -> object:
    if type(value) is str:
        return f"{site}{value}" if value else None
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return value
    return str(value) or None
