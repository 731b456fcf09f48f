"""What a list's address may say. A FilterSet is the one place where a parameter and its meaning are defined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters as df
from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from archive import search
from archive.listing import answer, facets, labels
from archive.listing.facets import Chip, Facet, Histogram, Option, WayOut
from archive.listing.filters import JointFilter, PageFilter, UnfoldFilter, ValuesFilter, form_class, related
from archive.search import snippets

PAGE_SIZE = 20
FACET_SIZE = 12
WHOLE_FACET = 1_000
UNNARROWING = ("sort", "page", "all")

BY_DATE = [("newest", _("Newest first")), ("oldest", _("Oldest first"))]
BY_RELEVANCE = [("relevance", _("Relevance")), *BY_DATE]
DAY = {"newest": F("day").desc(nulls_last=True), "oldest": F("day").asc(nulls_last=True)}


class ArchiveFilterSet(df.FilterSet):
    """Base of every list: `facet_names` are shown with counts, `order` is the order without a date.

    `type` is what the index calls its records.
    """

    type: ClassVar[str] = ""
    facet_names: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("id",)
    is_dated: ClassVar[bool] = True

    page = PageFilter()
    all = UnfoldFilter()

    # Of a page that shows several lists: what stands in its address beside this list's, and whether to count values.
    beside: dict[str, list[str]] = {}
    is_counted = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.filters.items():
            one.parameter = name

    def get_form_class(self) -> Any:
        kind: Any = self.__class__
        return form_class(kind)

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
        if not self.is_dated:
            return "relevance" if self.text else "name"
        return "newest" if chosen == "relevance" and not self.text else chosen or self._usual_sort

    @property
    def _usual_sort(self) -> str:
        return "relevance" if self.text else "newest"

    @cached_property
    def is_uncounted(self) -> bool:
        return not self.answer and self.queryset.is_large()

    @cached_property
    def known(self) -> labels.Labels:
        return labels.current()

    @property
    def is_bounded(self) -> bool:
        return bool(self.form.cleaned_data.get("since") or self.form.cleaned_data.get("until"))

    @cached_property
    def answer(self) -> answer.Answer | None:
        """What the index says to this page of this question; None while there is none to ask."""
        number = self.form.cleaned_data.get("page") or 1
        return answer.answer(self, (number - 1) * PAGE_SIZE, PAGE_SIZE)

    @property
    def text(self) -> str:
        return self.form.cleaned_data.get("q") or ""

    def results(self) -> QuerySet[Any]:
        """The rows in the order asked for; records without a date come last."""
        sort = "newest" if self.sort == "relevance" and self.is_dated else self.sort  # the index alone ranks
        return self.qs.order_by(*([DAY[sort]] if sort in DAY else []), *self.order)

    def page_of_results(self) -> Page[Any]:
        rows = answer.Rows(self.answer, self.loaded) if self.answer else self.results()
        pages = Paginator(rows, PAGE_SIZE)
        number = self.form.cleaned_data.get("page") or 1
        if number > pages.num_pages:
            raise Http404(_("There is no such page of results."))
        return pages.page(number)

    def loaded(self, ids: Sequence[int]) -> Sequence[Any]:
        """The rows of a page, in this order."""
        rows: Sequence[Any] = self.queryset.with_ids(ids)
        return rows

    def undated(self) -> int:
        """How many more there would be if a date were known; they are left out by since and until."""
        if not self.is_bounded:
            return 0
        if self.answer:
            return self.answer.undated
        return self.narrowed(("since", "until")).filter(day__isnull=True).count()

    def facets(self) -> list[Facet]:
        return [self.facet(name) for name in self.facet_names]

    def facet(self, name: str) -> Facet:
        """Counts over the rows that satisfy every other parameter, never its own."""
        asked: ValuesFilter = self.filters[name]
        active = self.form.cleaned_data.get(name) or []
        if self.is_uncounted:
            return self._uncounted(name, asked, active)
        size = WHOLE_FACET if name in (self.form.cleaned_data.get("all") or []) else FACET_SIZE
        size = max(size, len(active))
        counts, number = self._counts(name, asked, size, active)
        if asked.is_choice:
            numbers = {value: number for value, _label, number in counts}
            return Facet(name, str(asked.label), facets.by_choice(numbers, asked.choices, active))
        counts += [(value, label, 0) for value, label in self._labels(name, active, counts)]
        whole = self.address(adding=("all", name)) if size < min(number, WHOLE_FACET) else ""
        return Facet(name, str(asked.label), facets.by_frequency(counts, active)[:size], whole)

    def _uncounted(self, name: str, asked: ValuesFilter, active: list[str]) -> Facet:
        values = [value for value, _label in asked.choices] if asked.is_choice else active
        named = asked.labels(values, self.known)
        options = [Option(value, named.get(value, value), None, value in active) for value in values]
        return Facet(name, str(asked.label), options)

    def _counts(
        self, name: str, asked: ValuesFilter, size: int, active: list[str]
    ) -> tuple[list[tuple[str, str, int]], int]:
        """(value, label, number) of at least the `size` most frequent values, and how many values there are."""
        if self.answer:
            counts = self.answer.counts[name]
            return self._labelled(asked, counts, size, active), len(counts)
        rows = self._counted(name, asked, active)
        return rows, len(rows)

    def _counted(self, name: str, asked: ValuesFilter, active: list[str]) -> list[tuple[str, str, int]]:
        if not isinstance(asked, JointFilter):
            return asked.counted(self.narrowed((name,)), Q(), active)
        joint = tuple(n for n, f in self.filters.items() if isinstance(f, JointFilter))
        others = Q()
        for other in joint:
            if other != name and (value := self.form.cleaned_data.get(other)):
                others &= self.filters[other].matching(value)
        return asked.counted(self.narrowed(joint), others, active)

    def _labelled(
        self, asked: ValuesFilter, counts: dict[str, int], size: int, active: list[str]
    ) -> list[tuple[str, str, int]]:
        """What is not public at this moment has no label, and so is not shown."""
        most = list(counts) if asked.is_choice else facets.most_frequent(counts, size, active)
        named = asked.labels(most, self.known)
        return [(value, named[value], counts[value]) for value in most if value in named]

    def _labels(self, name: str, active: list[str], known: list[tuple[str, str, int]]) -> list[tuple[str, str]]:
        """What is shown for active values that no result has: their name if they are public, else as typed."""
        missing = [value for value in active if value not in {value for value, _label, _number in known}]
        if not missing:
            return []
        named = self.filters[name].labels(missing, self.known)
        return [(value, named.get(value, value)) for value in missing]

    def chips(self, shown: list[Facet]) -> list[Chip]:
        """One for each active value, with the address that lacks it."""
        named = {(facet.name, option.value): option.label for facet in shown for option in facet.options}
        chips = []
        for name, values in self.active().items():
            asked = self.filters[name]
            if isinstance(asked, ValuesFilter) and name not in self.facet_names:
                named |= {(name, value): label for value, label in self._labels(name, values, [])}
            for value in values:
                label = named.get((name, value), value)
                chips.append(Chip(str(asked.label), label, self.address(leaving_out=(name, value))))
        return chips

    def ways_out(self) -> list[WayOut]:
        """Where there is no result: the filters without which there are some, the most helpful first."""
        numbers = self.answer.without if self.answer else {n: self.narrowed((n,)).count() for n in self.active()}
        ways = [
            WayOut(str(self.filters[name].label), number, self.address(leaving_out=(name, "")))
            for name, number in numbers.items()
            if number
        ]
        return sorted(ways, key=lambda way: -way.number)

    def years(self) -> Histogram | None:
        """The results of every year, whatever since and until say."""
        bounds = (self.form.cleaned_data.get(name) for name in ("since", "until"))
        since, until = (bound.year if bound else None for bound in bounds)
        counts = self.answer.counts.get("year", {}) if self.answer else {}
        return facets.histogram({int(year): number for year, number in counts.items()}, since, until)

    def active(self) -> dict[str, list[str]]:
        """The parameters that narrow the results, as they stand in the address."""
        cleaned = self.form.cleaned_data
        asked = {name: value for name, value in cleaned.items() if value and name not in UNNARROWING}
        return {name: value if isinstance(value, list) else [str(value)] for name, value in asked.items()}

    @property
    def kept(self) -> dict[str, list[str]]:
        """What a new search by words keeps."""
        cleaned = self.form.cleaned_data
        further = {name: cleaned[name] for name in ("sort", "all") if cleaned.get(name)}
        kept = {name: value if isinstance(value, list) else [value] for name, value in further.items()}
        return {name: values for name, values in self.active().items() if name != "q"} | kept | self.beside

    @cached_property
    def stems(self) -> frozenset[str]:
        """Those of the words searched, to be marked in what is shown."""
        return snippets.wanted(search.parse(self.text)) if self.is_valid() and self.text else frozenset()

    @property
    def is_limited(self) -> bool:
        """Words were searched, and PostgreSQL had to answer."""
        return bool(self.text and not self.answer)

    @property
    def suggested_address(self) -> str:
        better = self.answer.suggestion if self.answer else ""
        return self.address(leaving_out=("q", ""), adding=("q", better))

    @property
    def unshown(self) -> dict[str, list[str]]:
        """Active filters that stand in no facet, and so go along unseen."""
        shown = {*self.facet_names, "q", "since", "until"}
        return {name: values for name, values in {**self.active(), **self.kept}.items() if name not in shown | {"sort"}}

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return list(self.filters["sort"].extra["choices"])

    def address(
        self, leaving_out: tuple[str, str] = ("", ""), page: int = 1, adding: tuple[str, str] = ("", "")
    ) -> str:
        """The query string of these results, without one value ("" for all of a name), with one, or at another page."""
        pairs = [(name, value) for name, values in {**self.active(), **self.kept}.items() for value in values]
        pairs = [pair for pair in pairs if leaving_out not in (pair, (pair[0], ""))]
        further = [adding] if adding[0] and adding not in pairs else []
        return "?" + urlencode(pairs + further + ([("page", str(page))] if page > 1 else []))

    @property
    def next_address(self) -> str:
        return self.address(page=(self.form.cleaned_data.get("page") or 1) + 1)

    @property
    def previous_address(self) -> str:
        return self.address(page=(self.form.cleaned_data.get("page") or 1) - 1)
