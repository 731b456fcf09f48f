"""What a file shows of a row: a column has a name, a description and a function that
makes its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """`fields` are lookups from a row, such as article__slug; `value` makes the cell of
    them, which is empty if all of them are None. The cell is the field itself without
    `value`, and the field called like the column without `fields`. Without fields,
    `value` reads the row.

    If `is_path`, the cell is a path of this site and is written as an absolute URL.
    """

    name: str
    meaning: Any
    value: Callable[..., object] | None = None
    is_path: bool = False
    fields: tuple[str, ...] = ()

    @property
    def lookups(self) -> tuple[str, ...]:
        """The fields that the cell is made of; empty if it is made of the row."""
        return self.fields or (() if self.value else (self.name,))

    def read(self, row: Any) -> object:
        """The cell of a row."""
        if self.value and not self.fields:
            return self.value(row)
        return self.make(*(followed(row, lookup) for lookup in self.lookups))

    def make(self, *fields: Any) -> object:
        """The cell for the values of its fields."""
        if not self.value:
            return fields[0]
        return None if all(field is None for field in fields) else self.value(*fields)


def followed(row: Any, lookup: str) -> Any:
    """The field of a row that a lookup leads to; None if a record on the way is
    missing.
    """
    for step in lookup.split("__"):
        if row is None:
            return None
        row = getattr(row, step)
    return row


def columns_of(part: str, columns: Iterable[Column], prefix: str = "") -> list[Column]:
    """The columns of a row's attribute `part`, such as its speaker; empty cells if it
    is None.
    """
    return [
        replace(
            column,
            name=prefix + column.name,
            value=column.value if column.lookups else _reader(part, column),
            fields=tuple(f"{part}__{lookup}" for lookup in column.lookups),
        )
        for column in columns
    ]


def _reader(part: str, column: Column) -> Callable[[Any], object]:
    def read(row: Any) -> object:
        owner = getattr(row, part)
        return None if owner is None else column.read(owner)

    return read


class Once(dict[Any, Any]):
    """The results of a function by its argument: cells of one column repeat."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, argument: Any) -> Any:
        result = self[argument] = self.function(argument)
        return result

    def of(self, arguments: Iterable[Any]) -> list[Any]:
        return list(map(self.__getitem__, arguments))


class Block:
    """Some rows of a file, as records."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows = rows

    def cells(self, column: Column) -> list[object]:
        return [column.read(row) for row in self.rows]


def batched(rows: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The rows in tuples of this length; the last one may be shorter."""
    rest = iter(rows)
    while batch := tuple(islice(rest, size)):
        yield batch
