"""Defines the parameters of a list. A FilterSet is the only place that says what a
parameter means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar

import django_filters as df
from django.db.models import Exists, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.listing.filters import (
    JointFilter,
    PageFilter,
    UnfoldFilter,
    ValuesFilter,
    related,
)
from archive.listing.forms import form_class
from archive.search import snippets
from archive.search.language import NO_TEXT, TextQuery
from archive.search.question import Countable, Question

BY_DATE = [("newest", _("Newest first")), ("oldest", _("Oldest first"))]
BY_RELEVANCE = [("relevance", _("Relevance")), *BY_DATE]
DAY = {
    "newest": F("day").desc(nulls_last=True),
    "oldest": F("day").asc(nulls_last=True),
}


class ArchiveFilterSet(df.FilterSet):
    """Base of every list: `facet_names` are shown with counts, `order` is used without
    dates.

    `type` names its records in the index. It validates the query string and turns it
    into a `Question`. Its queryset answers if there is no index, and the index is
    tested against it.
    """

    type: ClassVar[str] = ""
    facet_names: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("id",)
    is_dated: ClassVar[bool] = True

    page = PageFilter()
    all = UnfoldFilter()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, filter_ in self.filters.items():
            filter_.parameter = name

    def get_form_class(self) -> Any:
        kind: Any = self.__class__
        return form_class(kind)

    @cached_property
    def question(self) -> Question:
        """The validated parameters; malformed ones are ignored."""
        self.is_valid()
        cleaned = self.form.cleaned_data
        text, chosen_sort = cleaned.get("q", NO_TEXT), cleaned.get("sort") or ""
        parameters = (
            self.filters[name].to_parameter(value) for name, value in cleaned.items()
        )
        return Question(
            self.type,
            text,
            tuple(parameter for parameter in parameters if parameter),
            self._sort(chosen_sort, text),
            chosen_sort,
            cleaned.get("page") or 1,
            tuple(cleaned.get("all") or ()),
        )

    def filtered(self, without: tuple[str, ...] = ()) -> QuerySet[Any]:
        """The rows that satisfy every parameter except those in `without`."""
        rows, joint = self.queryset.all(), Q()
        for name, filter_ in self.filters.items():
            value = self.form.cleaned_data.get(name)
            if name in without or not value:
                continue
            if isinstance(filter_, JointFilter):
                joint &= filter_.matching(value)
            else:
                rows = filter_.filter(rows, value)
        if joint:
            relation = next(filter_.relation for filter_ in self.joint.values())
            rows = rows.filter(Exists(related(rows, relation).filter(joint)))
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.filtered()

    def results(self) -> QuerySet[Any]:
        """The rows in the requested order; undated records come last."""
        sort = self.question.sort
        if sort == "relevance" and self.is_dated:
            sort = "newest"  # only the index ranks
        return self.qs.order_by(*([DAY[sort]] if sort in DAY else []), *self.order)

    def load(self, ids: Sequence[int]) -> Sequence[Any]:
        """The rows of a page, in this order."""
        rows: Sequence[Any] = self.queryset.with_ids(ids)
        self.complete(rows)
        return rows

    def complete(self, rows: Sequence[Any]) -> None:
        """Adds what these rows show of others of their table."""

    def public_texts(self, ids: Sequence[int]) -> Iterable[Sequence[str | None]]:
        """The searched texts of those records that are public, as far as readers may
        see them.
        """
        return self.queryset.filter(pk__in=ids).values_list(
            *self.filters["q"].public_columns
        )

    def reasons(
        self, page: Sequence[Any], stems: frozenset[str]
    ) -> dict[int, tuple[Any, str]]:
        """Why these records were found, if they show no searched word."""
        reasons: dict[int, tuple[Any, str]] = self.filters["q"].reasons(
            page, self.queryset, stems
        )
        for row in page:
            if row.pk in reasons and snippets.mentions(self.also_shown(row), stems):
                del reasons[row.pk]
        return reasons

    def also_shown(self, row: Any) -> Sequence[str]:
        """Texts that a row shows beside its columns."""
        return []

    @property
    def joint(self) -> dict[str, JointFilter]:
        return {
            name: filter_
            for name, filter_ in self.filters.items()
            if isinstance(filter_, JointFilter)
        }

    @property
    def countable(self) -> tuple[Countable, ...]:
        """What is counted beside the results."""
        facets = [_countable(name, self.filters[name]) for name in self.facet_names]
        return (*facets, Countable("year")) if self.is_dated else tuple(facets)

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return list(self.filters["sort"].extra["choices"])

    def _sort(self, chosen: str, text: TextQuery) -> str:
        if not self.is_dated:
            return "relevance" if text.typed else "name"
        if not chosen or (chosen == "relevance" and not text.typed):
            return "relevance" if text.typed else "newest"
        return chosen


def _countable(name: str, filter_: ValuesFilter) -> Countable:
    is_joint = isinstance(filter_, JointFilter)
    return Countable(
        name,
        is_joint,
        tuple(value for value, _label in filter_.choices)
        if is_joint and filter_.is_choice
        else (),
    )
