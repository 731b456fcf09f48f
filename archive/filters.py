"""What a list's address may say. A FilterSet is the one place where a parameter and its meaning are defined."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters as df
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from archive import facets, search
from archive.facets import Chip, Facet
from archive.models import Article

MAX_VALUES = 50
PAGE_SIZE = 20
FACET_SIZE = 12
WELL_FORMED = re.compile(r"[-a-zA-Z0-9_]{1,80}")


class ValuesField(forms.Field):
    """?speaker=a&speaker=b gives ["a", "b"]. Unknown values are fine, they find nothing; malformed ones are refused."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        values = list(dict.fromkeys(value for value in value or () if value))
        if len(values) > MAX_VALUES or not all(WELL_FORMED.fullmatch(value) for value in values):
            raise ValidationError(_("This value is not well formed."))
        return values


class ValuesFilter(df.Filter):
    """Rows with one of the values at `path`: a slug, beside which `label_path` is what a person reads, or a choice.

    `relation` names a reverse relation through whose public rows the path goes. `listed` limits what is offered, not
    what is found. Values OR together, in a subquery, so that no join doubles rows.
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
    ) -> None:
        super().__init__(field_name=path, label=label)
        self.path, self.relation, self.is_choice = path, relation, is_choice
        self.label_path = label_path or path.removesuffix("slug") + "name"
        self.listed = listed or Q()

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return rows
        condition = self.matching(value)
        if self.relation:
            return rows.filter(Exists(related(rows, self.relation).filter(condition)))
        if "__" not in self.path:
            return rows.filter(condition)
        return rows.filter(pk__in=rows.model._default_manager.filter(condition).values("pk"))

    def matching(self, value: list[str]) -> Q:
        return Q(**{f"{self.path}__in": value})

    @property
    def choices(self) -> list[tuple[str, str]]:
        model = related_model(self.model, self.relation) if self.relation else self.model
        return list(model._meta.get_field(self.path).choices)

    def counted(self, rows: QuerySet[Any], further: Q, active: list[str]) -> list[tuple[str, str, int]]:
        """(value, label, number of rows) of every value that is offered or active; `further` limits related rows."""
        if self.relation:
            name = relation_field(rows.model, self.relation)
            rows = related_model(rows.model, self.relation).objects.public().filter(further, **{f"{name}__in": rows})
            counted = Count(name, distinct=True)
        else:
            counted = Count("pk", distinct=True)
        paths = [self.path] if self.is_choice else [self.path, self.label_path]
        offered = self.listed | self.matching(active) if self.listed else Q()
        values = rows.filter(offered, **{f"{self.path}__isnull": False}).order_by().values_list(*paths)
        return [(row[0], row[-2], row[-1]) for row in values.annotate(number=counted)]


class JointFilter(ValuesFilter):
    """All of one FilterSet speak of ONE related row: it must satisfy them together."""


class TextFilter(df.CharFilter):
    """Words, "phrases", -minus, OR in the given columns."""

    def __init__(self, *columns: str) -> None:
        super().__init__(label=_("Search"), max_length=search.MAX_CHARACTERS)
        self.columns = columns

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return search.matching(rows, value, *self.columns) if value else rows


class DayFilter(df.DateFilter):
    def __init__(self, label: Any) -> None:
        super().__init__(label=label, input_formats=["%Y-%m-%d"])


class SinceFilter(DayFilter):
    def filter(self, rows: QuerySet[Any], value: dt.date | None) -> QuerySet[Any]:
        return rows.filter(day__gte=value) if value else rows


class UntilFilter(DayFilter):
    def filter(self, rows: QuerySet[Any], value: dt.date | None) -> QuerySet[Any]:
        return rows.filter(day__lte=value) if value else rows


class SortFilter(df.ChoiceFilter):
    """Read by `results`."""

    def __init__(self, choices: Any) -> None:
        super().__init__(label=_("Sort by"), choices=choices, empty_label=None)

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows


class PageFilter(df.NumberFilter):
    """Read by `page_of_results`."""

    field_class = forms.IntegerField

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=10**9)

    def filter(self, rows: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        return rows


BY_DATE = [("newest", _("Newest first")), ("oldest", _("Oldest first"))]
BY_RELEVANCE = [("relevance", _("Relevance")), *BY_DATE]
DAY = {"newest": F("day").desc(nulls_last=True), "oldest": F("day").asc(nulls_last=True)}


class ArchiveFilterSet(df.FilterSet):
    """Base of every list: `facet_names` are shown with counts, `order` is the order without a date."""

    facet_names: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("id",)
    is_dated: ClassVar[bool] = True

    page = PageFilter()

    def narrowed(self, leaving_out: tuple[str, ...] = ()) -> QuerySet[Any]:
        """The rows that satisfy every parameter but those left out."""
        rows, joint = self.queryset.all(), Q()
        for name, asked in self.filters.items():
            value = self.form.cleaned_data.get(name)
            if name in leaving_out or not value:
                continue
            if isinstance(asked, JointFilter):
                joint &= asked.matching(value)
            else:
                rows = asked.filter(rows, value)
        if joint:
            relation = next(f.relation for f in self.filters.values() if isinstance(f, JointFilter))
            rows = rows.filter(Exists(related(rows, relation).filter(joint)))
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.narrowed()

    @property
    def sort(self) -> str:
        chosen = self.form.cleaned_data.get("sort")
        return chosen or ("relevance" if self.text else "newest")

    @property
    def text(self) -> str:
        return self.form.cleaned_data.get("q") or ""

    def results(self) -> QuerySet[Any]:
        """The rows in the order asked for; records without a date come last."""
        if not self.is_dated:
            return self.qs.order_by(*self.order)
        if self.sort == "relevance" and self.text:
            return self.qs.order_by("-relevance", *self.order)
        return self.qs.order_by(DAY.get(self.sort, DAY["newest"]), *self.order)

    def page_of_results(self) -> Page[Any]:
        pages = Paginator(self.results(), PAGE_SIZE)
        number = self.form.cleaned_data.get("page") or 1
        if number > pages.num_pages:
            raise Http404(_("There is no such page of results."))
        return pages.page(number)

    def undated(self) -> int:
        """How many more there would be if a date were known; they are left out by since and until."""
        asked = self.form.cleaned_data
        if not self.is_dated or not (asked.get("since") or asked.get("until")):
            return 0
        return self.narrowed(("since", "until")).filter(day__isnull=True).count()

    def facets(self) -> list[Facet]:
        return [self.facet(name) for name in self.facet_names]

    def facet(self, name: str) -> Facet:
        """Counts over the rows that satisfy every other parameter, never its own."""
        asked: ValuesFilter = self.filters[name]
        active = self.form.cleaned_data.get(name) or []
        counts = self._counts(name, asked, active)
        if asked.is_choice:
            numbers = {value: number for value, _label, number in counts}
            return Facet(name, str(asked.label), facets.by_choice(numbers, asked.choices, active))
        counts += [(value, label, 0) for value, label in self._labels(name, active, counts)]
        return Facet(name, str(asked.label), facets.by_frequency(counts, active)[: max(FACET_SIZE, len(active))])

    def _counts(self, name: str, asked: ValuesFilter, active: list[str]) -> list[tuple[str, str, int]]:
        if not isinstance(asked, JointFilter):
            return asked.counted(self.narrowed((name,)), Q(), active)
        joint = tuple(n for n, f in self.filters.items() if isinstance(f, JointFilter))
        others = Q()
        for other in joint:
            if other != name and (value := self.form.cleaned_data.get(other)):
                others &= self.filters[other].matching(value)
        return asked.counted(self.narrowed(joint), others, active)

    def _labels(self, name: str, active: list[str], known: list[tuple[str, str, int]]) -> list[tuple[str, str]]:
        """What is shown for active values that no result has: their name if they are public, else as typed."""
        missing = [value for value in active if value not in {value for value, _label, _number in known}]
        if not missing:
            return []
        asked: ValuesFilter = self.filters[name]
        rows = asked.filter(self.queryset, missing)
        named = {value: label for value, label, _number in asked.counted(rows, Q(), missing)}
        return [(value, named.get(value, value)) for value in missing]

    def chips(self, shown: list[Facet]) -> list[Chip]:
        """One for each active value, with the address that lacks it."""
        labels = {(facet.name, option.value): option.label for facet in shown for option in facet.options}
        chips = []
        for name, values in self.active().items():
            asked = self.filters[name]
            if isinstance(asked, ValuesFilter) and name not in self.facet_names:
                labels |= {(name, value): label for value, label in self._labels(name, values, [])}
            for value in values:
                label = labels.get((name, value), value)
                chips.append(Chip(str(asked.label), label, self.address(leaving_out=(name, value))))
        return chips

    def active(self) -> dict[str, list[str]]:
        """The parameters that narrow the results, as they stand in the address."""
        cleaned = self.form.cleaned_data
        asked = {name: value for name, value in cleaned.items() if value and name not in ("sort", "page")}
        return {name: value if isinstance(value, list) else [str(value)] for name, value in asked.items()}

    @property
    def kept(self) -> dict[str, list[str]]:
        """What a new search by words keeps."""
        sort = {"sort": [chosen]} if (chosen := self.form.cleaned_data.get("sort")) else {}
        return {name: values for name, values in self.active().items() if name != "q"} | sort

    @property
    def unshown(self) -> dict[str, list[str]]:
        """Active filters that stand in no facet, and so go along unseen."""
        shown = {*self.facet_names, "q", "since", "until"}
        return {name: values for name, values in self.active().items() if name not in shown}

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return list(self.filters["sort"].extra["choices"])

    def address(self, leaving_out: tuple[str, str] = ("", ""), page: int = 1) -> str:
        """The query string of these results, without one value or at another page."""
        pairs = [(name, value) for name, values in {**self.active(), **self.kept}.items() for value in values]
        pairs = [pair for pair in pairs if pair != leaving_out]
        return "?" + urlencode(pairs + ([("page", str(page))] if page > 1 else []))

    @property
    def next_address(self) -> str:
        return self.address(page=(self.form.cleaned_data.get("page") or 1) + 1)

    @property
    def previous_address(self) -> str:
        return self.address(page=(self.form.cleaned_data.get("page") or 1) - 1)


class TopicsOfArticleFilter(ValuesFilter):
    """An article's topics are those of its public statements and proposals."""

    RELATIONS = ("statements", "proposals")

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        found = Q()
        for relation in self.RELATIONS:
            found |= Q(Exists(related(rows, relation).filter(self.matching(value))))
        return rows.filter(found) if value else rows

    def counted(self, rows: QuerySet[Any], further: Q, active: list[str]) -> list[tuple[str, str, int]]:
        pairs = set()
        for relation in self.RELATIONS:
            children = related_model(rows.model, relation).objects.public().filter(article__in=rows)
            named = children.filter(topics__isnull=False).order_by()
            pairs |= set(named.values_list(self.path, self.label_path, "article"))
        numbers = Counter((value, label) for value, label, _article in pairs)
        return [(value, label, number) for (value, label), number in numbers.items()]


class ArticleFilter(ArchiveFilterSet):
    facet_names = ("speaker", "topic", "outlet")

    q = TextFilter("headline", "summary", "byline", "outlet__name", "latest_text")
    speaker = ValuesFilter("speaker__slug", _("Speaker"), relation="statements", listed=Q(speaker__article=None))
    topic = TopicsOfArticleFilter("topics__slug", _("Topic"), relation="statements")
    outlet = ValuesFilter("outlet__slug", _("Outlet"))
    since = SinceFilter(label=_("From"))
    until = UntilFilter(label=_("To"))
    sort = SortFilter(BY_RELEVANCE)

    class Meta:
        model = Article
        fields = ()


def related_model(model: Any, relation: str) -> Any:
    return model._meta.get_field(relation).related_model


def relation_field(model: Any, relation: str) -> str:
    """The name under which the related model knows this one."""
    name: str = model._meta.get_field(relation).field.name
    return name


def related(rows: QuerySet[Any], relation: str) -> Any:
    """The public related rows of the outer query's row."""
    name = relation_field(rows.model, relation)
    return related_model(rows.model, relation).objects.public().filter(**{name: OuterRef("pk")})
