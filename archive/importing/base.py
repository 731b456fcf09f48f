"""What a kind of import is made of: columns, references, parts of the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from archive.importing import columns
from archive.importing.columns import Column, Reference
from archive.importing.parts import Part
from archive.importing.problems import MOST, Problems


@dataclass
class Row:
    """A row on its way into the archive.

    `values` are the cells by column; `fields` the record's fields and parts that they
    give; `base` those that the last import gave, if there was one; `target` the record
    that the row belongs to.
    """

    file: str
    line: int
    external_id: str
    row_hash: str
    values: dict[str, Any]
    entry: int | None = None
    target: int | None = None
    base: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    hash_before: str = ""
    is_ok: bool = True

    @property
    def record(self) -> int:
        """The primary key of the record that the row belongs to."""
        if self.target is None:
            raise LookupError(self.external_id)
        return self.target


@dataclass
class Block:
    """Rows that are resolved and written together."""

    source: str
    rows: list[Row]
    problems: Problems
    new_topics: dict[str, int] = field(default_factory=dict)

    def wrong(self, row: Row, sentence: str, column: str = "") -> None:
        row.is_ok = False
        self.problems.add(sentence, row.file, row.line, column)

    @property
    def has_room(self) -> bool:
        """Whether further problems are printed, so that details are worth it."""
        return self.problems.total < MOST

    @property
    def ok_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_ok]

    @property
    def new_rows(self) -> list[Row]:
        """Rows that the archive does not know."""
        return [row for row in self.ok_rows if row.entry is None]


def nothing_more(_block: Block) -> None:
    pass


@dataclass(frozen=True)
class Kind:
    """`own` are the columns without references. `key` names the columns that make the
    id of a row without one. `finish` completes the rows' fields after everything
    general is resolved; `match` finds existing records for new rows.
    """

    name: str
    one: str
    model: type[models.Model]
    own: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    parts: tuple[Part, ...] = ()
    key: tuple[str, ...] = ()
    label: str = ""
    repeats: str = ""
    finish: Callable[[Block], None] = nothing_more
    match: Callable[[Block], None] = nothing_more

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return columns.with_references((columns.ID, *self.own), self.references)

    @cached_property
    def needed(self) -> list[tuple[str, ...]]:
        """Columns of which at least one must have a value."""
        own = [(column.name,) for column in self.own if column.is_needed]
        return own + [
            tuple(column.name for column in reference.columns)
            for reference in self.references
            if reference.is_needed
        ]

    @cached_property
    def part_names(self) -> dict[str, Part]:
        return {part.name: part for part in self.parts}

    @cached_property
    def has_status(self) -> bool:
        return any(each.name == "status" for each in self.model._meta.fields)

    @cached_property
    def is_ticked(self) -> bool:
        """Whether its records have no status, but `is_published`."""
        return any(each.name == "is_published" for each in self.model._meta.fields)
