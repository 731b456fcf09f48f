"""The URL parameters: what each means for PostgreSQL (`filter`) and for the index
(`condition`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Self

import django_filters as df
from django import forms
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from archive.core.sorting import SortKey, sorted_by
from archive.listing.forms import DayField, TypedDay, ValuesField
from archive.listing.labels import Labels
from archive.search import schema
from archive.search.query import Between, Condition, ListedOrUnlisted, OneOf
from archive.search.question import Parameter


class SharedFilter:
    """A filter that holds no request state, so that all instances of a FilterSet share
    it without copying.

    `parameter` is its name in the URL.
    """

    parameter: str

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def to_parameter(self, value: Any) -> Parameter | None:
        """The part of the question for a cleaned value; None if it does not filter
        rows.
        """
        return None


class ValuesFilter(SharedFilter, df.Filter):
    """Rows with one of the values at `path`: a slug, whose label is at `label_path`, or
    a choice.

    `relation` names a reverse relation through whose public rows the path leads.
    `listed` limits the values offered, not the rows found. `names` gives model and
    field of the labels if the path does not lead to them. Values are ORed in a
    subquery, so that no join duplicates rows.
    """

    field_class = ValuesField

    def __init__(
        self,
        path: str,
        label: Any,
        *,
        label_path: str = "",
        relation: str = "",
        is_choice: bool = False,
        listed: Q | None = None,
        names: tuple[Any, str] | None = None,
    ) -> None:
        super().__init__(field_name=path, label=label)
        self.path, self.relation, self.is_choice = path, relation, is_choice
        self.label_path = label_path or path.removesuffix("slug") + "name"
        self.listed = listed or Q()
        self.names = names

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return rows
        condition = self.matching(value)
        if self.relation:
            return rows.filter(Exists(related(rows, self.relation).filter(condition)))
        if "__" not in self.path:
            return rows.filter(condition)
        return rows.filter(
            pk__in=rows.model._default_manager.filter(condition).values("pk")
        )

    def matching(self, value: Sequence[str]) -> Q:
        return Q(**{f"{self.path}__in": value})

    def condition(self, value: list[str]) -> Condition:
        """The condition on the index that is equivalent to `filter`."""
        return (ListedOrUnlisted if self.listed else OneOf)(
            self.parameter, tuple(value)
        )

    def to_parameter(self, value: list[str]) -> Parameter | None:
        return (
            Parameter(self.parameter, tuple(value), self.condition(value))
            if value
            else None
        )

    def values(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str, bool]]:
        """(primary key, value, whether it is offered) for the index."""
        offered = (
            Case(When(self.listed, then=True), default=False)
            if self.listed
            else Value(True)
        )
        matching, pk_path = (
            (self.related_to(rows), self.reverse_name(rows.model))
            if self.relation
            else (rows, "pk")
        )
        matching = matching.filter(**{f"{self.path}__isnull": False}).annotate(
            offered=offered
        )
        yield from (
            matching.order_by().values_list(pk_path, self.path, "offered").distinct()
        )

    def related_to(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The public related rows of these rows."""
        related = related_model(rows.model, self.relation).objects.public()
        return related.filter(
            **{f"{self.reverse_name(rows.model)}__in": rows.values("pk")}
        )

    def reverse_name(self, model: Any) -> str:
        return relation_field(model, self.relation)

    @property
    def choices(self) -> list[tuple[str, str]]:
        model = (
            related_model(self.model, self.relation) if self.relation else self.model
        )
        return list(model._meta.get_field(self.path).choices)

    def value_counts(
        self, rows: QuerySet[Any], related_condition: Q, active: Sequence[str]
    ) -> list[tuple[str, str, str, int]]:
        """(value, label, what orders it, count) of every value that is offered or
        active; `related_condition` limits related rows.
        """
        if self.relation:
            name = relation_field(rows.model, self.relation)
            rows = (
                related_model(rows.model, self.relation)
                .objects.public()
                .filter(related_condition, **{f"{name}__in": rows})
            )
            count = Count(name, distinct=True)
        else:
            count = Count("pk", distinct=True)
        paths = [self.path] if self.is_choice else [self.path, self.label_path]
        offered = self.listed | self.matching(active) if self.listed else Q()
        values = (
            rows.filter(offered, **{f"{self.path}__isnull": False})
            .order_by()
            .values_list(*paths)
        )
        if self.is_choice:
            return [
                (row[0], row[0], "", row[1]) for row in values.annotate(number=count)
            ]
        place = sorted_by(*self._labelled(), self.label_path)
        return list(values.annotate(place=place, number=count))

    def labels(self, values: list[str], known: Labels) -> dict[str, str]:
        """The labels of those values that are public."""
        if self.is_choice:
            return {value: str(label) for value, label in self.choices}
        return known.of(*self._labelled(), values)

    def _labelled(self) -> tuple[Any, str]:
        """Model and field of the labels."""
        return self.names or (
            self._label_model(),
            self.label_path.rpartition("__")[2],
        )

    def _label_model(self) -> Any:
        """The model at the end of the path."""
        model = (
            related_model(self.model, self.relation) if self.relation else self.model
        )
        for step in self.path.split("__")[:-1]:
            model = model._meta.get_field(step).related_model
        return model


class TopicsOfArticleFilter(ValuesFilter):
    """An article's topics are those of its public statements and proposals."""

    RELATIONS = ("statements", "proposals")

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        condition = Q()
        for relation in self.RELATIONS:
            condition |= Q(Exists(related(rows, relation).filter(self.matching(value))))
        return rows.filter(condition) if value else rows

    def values(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str, bool]]:
        pairs = {(article, slug) for article, slug, _name in self._topics(rows)}
        yield from ((article, slug, True) for article, slug in pairs)

    def value_counts(
        self, rows: QuerySet[Any], related_condition: Q, active: Sequence[str]
    ) -> list[tuple[str, str, str, int]]:
        topics = self._topics(rows, SortKey(self.label_path))
        counts = Counter(tuple(topic) for _article, *topic in topics)
        return [(*topic, count) for topic, count in counts.items()]

    def _topics(self, rows: QuerySet[Any], *further: Any) -> set[tuple[Any, ...]]:
        topics = set()
        for relation in self.RELATIONS:
            children = (
                related_model(rows.model, relation)
                .objects.public()
                .filter(article__in=rows.values("pk"))
            )
            with_topics = children.filter(topics__isnull=False).order_by()
            topics |= set(
                with_topics.values_list("article", self.path, self.label_path, *further)
            )
        return topics


class JointFilter(ValuesFilter):
    """One related row must satisfy all joint filters of a FilterSet together."""

    def to_parameter(self, value: list[str]) -> Parameter | None:
        return Parameter(self.parameter, tuple(value), is_joint=True) if value else None


class DayFilter(SharedFilter, df.Filter):
    """A day, a month or a year, as it was typed in the address."""

    field_class = DayField

    def condition(self, day: dt.date) -> Condition:
        raise NotImplementedError

    def to_parameter(self, value: TypedDay | None) -> Parameter | None:
        return (
            Parameter(self.parameter, (value.typed,), self.condition(value.day))
            if value
            else None
        )


class SinceFilter(DayFilter):
    """From that day, or from the first day of that month or year."""

    def filter(self, rows: QuerySet[Any], value: TypedDay | None) -> QuerySet[Any]:
        return rows.filter(day__gte=value.day) if value else rows

    def condition(self, day: dt.date) -> Condition:
        return Between("day", schema.day_ordinal(day), None)


class UntilFilter(DayFilter):
    """Until that day, or until the last day of that month or year."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, is_end=True)

    def filter(self, rows: QuerySet[Any], value: TypedDay | None) -> QuerySet[Any]:
        return rows.filter(day__lte=value.day) if value else rows

    def condition(self, day: dt.date) -> Condition:
        return Between("day", None, schema.day_ordinal(day))


class SortFilter(SharedFilter, df.ChoiceFilter):
    """The order of the results."""

    def __init__(self, choices: Any) -> None:
        super().__init__(label=_("Sort by"), choices=choices, empty_label=None)

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows


class UnfoldFilter(SharedFilter, df.Filter):
    """The facets that list all their values."""

    field_class = ValuesField

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows


class PageFilter(SharedFilter, df.NumberFilter):
    """The page of results."""

    field_class = forms.IntegerField

    def __init__(self, last: int = 10**9) -> None:
        super().__init__(min_value=1, max_value=last)

    def filter(self, rows: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        return rows


def related_model(model: Any, relation: str) -> Any:
    return model._meta.get_field(relation).related_model


def relation_field(model: Any, relation: str) -> str:
    """The name of the related model's field that refers to this one."""
    name: str = model._meta.get_field(relation).field.name
    return name


def related(rows: QuerySet[Any], relation: str) -> Any:
    """The public related rows of the outer query's row."""
    name = relation_field(rows.model, relation)
    return (
        related_model(rows.model, relation)
        .objects.public()
        .filter(**{name: OuterRef("pk")})
    )
