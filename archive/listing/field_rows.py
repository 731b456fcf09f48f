"""Rows of which only the fields are read: no record is made, so a file of 100,000 rows
costs a tenth.

A block holds its values by column, as a query returns them, because a function over a
whole column costs less than one over each cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet

from archive.listing.cells import Block, Column, Once, batched

MAX_LOADED = 5_000


class Loaded(tuple[Any, ...]):
    """What a loader found for one id. It is compared by identity, which costs less than
    comparing its records.
    """

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__


class Loader:
    """A field that is no column of the query, such as the topics of a record: it is
    loaded for all rows of a block at once, by the ids at `key`, and stays loaded for
    the next block, up to MAX_LOADED.
    """

    key: ClassVar[str]

    def __init__(self) -> None:
        self._loaded: dict[int, Loaded] = {}

    def load(self, ids: Sequence[int]) -> Mapping[int, Sequence[Any]]:
        raise NotImplementedError

    def fields(self, ids: Sequence[int]) -> list[Loaded]:
        if len(self._loaded) > MAX_LOADED:
            self._loaded = {}
        wanted = [pk for pk in dict.fromkeys(ids) if pk not in self._loaded]
        if wanted:
            found = self.load(wanted)
            self._loaded |= {pk: Loaded(found.get(pk, ())) for pk in wanted}
        return [self._loaded[pk] for pk in ids]


class FieldBlock(Block):
    """Rows by their fields."""

    def __init__(self, fields: Mapping[str, Sequence[Any]]) -> None:
        self.fields = fields

    def cells(self, column: Column) -> list[object]:
        parts = [self.fields[lookup] for lookup in column.lookups]
        if not column.value:
            return list(parts[0])
        made = Once(lambda fields: column.make(*fields))
        return made.of(zip(*parts, strict=True))


def field_blocks(
    rows: QuerySet[Any],
    columns: Iterable[Column],
    loaders: Mapping[str, Loader],
    size: int,
    order: Sequence[int] | None = None,
) -> Iterator[FieldBlock]:
    """Blocks of rows from a cursor of the database, or in the `order` of these ids."""
    lookups = dict.fromkeys(lookup for each in columns for lookup in each.lookups)
    asked = [lookup for lookup in lookups if lookup not in loaders]
    asked += [each.key for each in loaders.values() if each.key not in asked]
    asked += [] if "pk" in asked else ["pk"]
    found = rows.values_list(*asked).iterator(chunk_size=size)
    if order is not None:
        by_pk = {row[asked.index("pk")]: row for row in found}
        found = iter([by_pk[pk] for pk in order if pk in by_pk])
    for block in batched(found, size):
        fields: dict[str, Sequence[Any]] = dict(
            zip(asked, zip(*block, strict=True), strict=True)
        )
        for lookup, loader in loaders.items():
            fields[lookup] = loader.fields(fields[loader.key])
        yield FieldBlock(fields)
