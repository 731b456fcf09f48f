"""The parameter `q`: searched words, and why a row was found by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

import django_filters as df
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive import search
from archive.listing.filters import SharedFilter
from archive.listing.forms import TextField
from archive.search import fallback, snippets
from archive.search.language import TextQuery
from archive.search.question import Parameter


class TextFilter(SharedFilter, df.Filter):
    """Words, "phrases", -minus, OR in the given columns. A relation of `many` may have
    several rows.

    `explained` has the columns that a row of the list does not show, with what the row
    says if it was found by one of them. `hidden` is the same for a column that readers
    may not see. `sense` has the columns whose meaning is compared with the words.
    """

    field_class = TextField

    def __init__(
        self,
        *columns: str,
        titles: tuple[str, ...] = (),
        sense: tuple[str, ...] = (),
        many: tuple[str, ...] = (),
        explained: Mapping[str, Any] | None = None,
        hidden: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(label=_("Words"))
        self.columns, self.titles, self.many = columns, titles, many
        self.sense = sense
        self.explained, self.hidden = explained or {}, hidden or {}
        self.public_columns = [
            column for column in columns if column not in self.hidden
        ]
        self.shown_columns = [
            column for column in self.public_columns if column not in self.explained
        ]

    def filter(self, rows: QuerySet[Any], value: TextQuery) -> QuerySet[Any]:
        columns = (*self.columns, *self.many)
        return search.matching(rows, value, *columns) if value else rows

    def reasons(
        self, page: Sequence[Any], rows: QuerySet[Any], stems: frozenset[str]
    ) -> dict[int, tuple[Any, str]]:
        """Primary key -> (what the row says, marked words or "") of those records of
        the page that show no searched word. They have been loaded with all that they
        show; the rest is asked of `rows`.
        """
        unexplained = {
            record.pk
            for record in page
            if not snippets.mentions(
                [_value(record, column) for column in self.shown_columns], stems
            )
        }
        reasons: dict[int, tuple[Any, str]] = {}
        if unexplained and self.explained:
            for pk, label, text in self._explanations(rows, unexplained):
                if snippets.mentions([text], stems):
                    reasons.setdefault(pk, (label, snippets.excerpt(text, stems)))
        for label in self.hidden.values():
            reasons |= dict.fromkeys(unexplained - reasons.keys(), (label, ""))
        return reasons

    def _explanations(
        self, rows: QuerySet[Any], pks: set[int]
    ) -> Iterator[tuple[int, Any, str]]:
        """(primary key, what the row says, text) of the explained columns, in their
        order; one query for each table.
        """
        by_table: dict[str, dict[str, Any]] = {}
        for column, label in self.explained.items():
            table = column.rpartition("__")[0] if column in self.many else ""
            by_table.setdefault(table, {})[column] = label
        for table, labels in by_table.items():
            shown = fallback.displayed(rows.model, table)
            candidates = rows.order_by().filter(pk__in=pks, **shown)
            for pk, *texts in candidates.values_list("pk", *labels):
                for label, text in zip(labels.values(), texts, strict=True):
                    yield pk, label, text

    def to_parameter(self, value: TextQuery) -> Parameter | None:
        return Parameter(self.parameter, (value.typed,)) if value.typed else None


def _value(record: Any, column: str) -> Any:
    """The value at a path such as speaker__name; None if a record on it is missing."""
    return reduce(
        lambda value, name: None if value is None else getattr(value, name),
        column.split("__"),
        record,
    )
