"""A kind of record as the API offers it: its list, its single records, and what a
change elsewhere means for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.core.caches import constant
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.schemas import Record


@dataclass(frozen=True)
class Resource:
    """`name` is the path and the type of the list, `schema` that of a row,
    `detail_schema` that of a single record.

    `rows` and `details` return the public rows with all that the schema reads. Without
    a filterset, `rows` are in the order of the list. A record reads differently when a
    record on one of the paths `rests_on` changes, or one that names it in a field of
    `named_by` ("app.model" and its foreign keys), now or before.
    """

    name: str
    model: Any
    schema: type[Record]
    rows: Callable[[], QuerySet[Any]]
    detail_schema: type[Record]
    details: Callable[[], QuerySet[Any]]
    filterset: type[ArchiveFilterSet] | None = None
    rests_on: tuple[str, ...] = ()
    named_by: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def records(self, pks: Sequence[int], site: str) -> dict[int, Record]:
        """Primary key -> record, in this order, of those that are public."""
        found = all_rows(self).with_ids(pks)
        return {row.pk: self.schema.of(row, site) for row in found}  # type: ignore[attr-defined]


@constant
def all_rows(resource: Resource) -> Any:
    """`rows()`, built once and never evaluated."""
    return resource.rows()


@constant
def all_details(resource: Resource) -> Any:
    return resource.details()
