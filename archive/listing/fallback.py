"""Answers from PostgreSQL if there is no index: the same records and counts, without
ranking and years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q

from archive.listing.filters import ValuesFilter
from archive.listing.filterset import ArchiveFilterSet
from archive.search.find import Counts


class CompleteRows(Sequence[Any]):
    """A sequence for Paginator: a slice has all that its rows show."""

    def __init__(self, filterset: ArchiveFilterSet) -> None:
        self.filterset, self.rows = filterset, filterset.results()

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, page: Any) -> Any:
        rows = list(self.rows[page])
        self.filterset.complete(rows)
        return rows


class FallbackAnswer:
    """Has the attributes of `answer.Answer`, each evaluated when the page uses it."""

    is_relaxed = False

    def __init__(self, filterset: ArchiveFilterSet) -> None:
        self.filterset = filterset
        self.labels: dict[str, Mapping[str, str]] = {}

    @cached_property
    def is_counted(self) -> bool:
        return not self.filterset.queryset.is_large()

    def rows(self, _load: object) -> Sequence[Any]:
        return CompleteRows(self.filterset)

    def count_values(self, name: str) -> Counts:
        """Counts over the rows that satisfy every other parameter; stores the labels in
        their order, since they come with the values.
        """
        if name not in self.filterset.filters:
            return {}
        rows = sorted(self._values(name), key=lambda row: (row[2], row[0]))
        self.labels[name] = {value: label for value, label, _place, _count in rows}
        return {value: count for value, _label, _place, count in rows}

    @cached_property
    def undated(self) -> int:
        if not self.filterset.question.is_bounded:
            return 0
        return (
            self.filterset.filtered(("since", "until")).filter(day__isnull=True).count()
        )

    @cached_property
    def without(self) -> Counts:
        names = [parameter.name for parameter in self.filterset.question.parameters]
        return {name: self.filterset.filtered((name,)).count() for name in names}

    def _values(self, name: str) -> list[tuple[str, str, str, int]]:
        """Values of a joint parameter are counted over related rows that satisfy the
        other joint parameters.
        """
        filter_: ValuesFilter = self.filterset.filters[name]
        active, joint = self.filterset.question.values(name), self.filterset.joint
        if name not in joint:
            return filter_.value_counts(self.filterset.filtered((name,)), Q(), active)
        others = Q()
        for other, values in self.filterset.question.joint.items():
            if other != name:
                others &= joint[other].matching(values)
        return filter_.value_counts(
            self.filterset.filtered(tuple(joint)), others, active
        )
