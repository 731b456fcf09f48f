"""The columns that an import reads, and references to other records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.importing import cells
from archive.importing.cells import Reader


@dataclass(frozen=True)
class Column:
    """`field` is the record's field, "" if a value needs more than being stored. An
    empty cell of a column that `keeps_default` says nothing; any other empties it.
    """

    name: str
    meaning: str
    read: Reader
    aliases: tuple[str, ...] = ()
    field: str = ""
    is_needed: bool = False
    keeps_default: bool = False
    is_date: bool = False
    empty: Any = ""


@dataclass(frozen=True)
class Reference:
    """Another record, named by its id in the same source, its uid, slug or address in
    the archive, or its name: columns NAME_id, NAME_uid and NAME.
    """

    name: str
    kind: str
    meaning: str
    is_needed: bool = False
    aliases: tuple[str, ...] = ()
    field: str = ""

    @property
    def attname(self) -> str:
        return self.field or f"{self.name}_id"

    @property
    def columns(self) -> tuple[Column, Column, Column]:
        name = self.name
        by_id = Column(
            f"{name}_id",
            f"{self.meaning}: its id in this source.",
            cells.external_id,
            (f"{name}_external_id",),
        )
        by_uid = Column(
            f"{name}_uid",
            f"{self.meaning}: its uid, slug or address in the archive.",
            cells.token,
            (f"{name}_slug", f"{name}_address"),
        )
        by_name = Column(
            name, f"{self.meaning}: its name or title.", cells.long_text, self.aliases
        )
        return by_id, by_uid, by_name


def plain(
    name: str, meaning: str, read: Reader, *aliases: str, **options: Any
) -> Column:
    """A column whose value is stored in the field of the same name."""
    return Column(name, meaning, read, aliases, **{"field": name, **options})


def dated(name: str, meaning: str, *aliases: str) -> Column:
    return plain(name, meaning, cells.day, *aliases, is_date=True, empty=None)


ID = Column(
    "id",
    "The row's identifier in the source; the same in every import.",
    cells.external_id,
    ("external_id", "identifier"),
)
UID = Column(
    "uid",
    "Its permanent identifier.",
    cells.uid,
    keeps_default=True,
)
SLUG = Column(
    "slug",
    "The end of a new record's address.",
    cells.slug,
    keeps_default=True,
)
TOPICS = Column(
    "topics",
    "Separated by semicolons; missing ones are created.",
    cells.several,
    ("tags", "subjects"),
    empty=[],
)
TOPICS_BY_RULE = plain(
    "topics_by_rule",
    "yes: a list of words gave the topics, no person.",
    cells.yes_no,
    keeps_default=True,
)
IDENTIFIERS = Column(
    "identifiers",
    "Scheme, blank, identifier; several by semicolons.",
    cells.identifiers,
)


def with_references(
    columns: Iterable[Column], references: Iterable[Reference]
) -> tuple[Column, ...]:
    return (
        *columns,
        *(column for reference in references for column in reference.columns),
    )
