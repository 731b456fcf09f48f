"""Everything a page of results shows. Templates use it as `listing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.core.caches import Cache
from archive.core.revision import archive_revision
from archive.listing import facets, labels
from archive.listing.answer import (
    PAGE_SIZE,
    Answer,
    answer,
    suggestion,
    unknown_words,
)
from archive.listing.facets import Chip, Facet, Histogram, Option, RemovableFilter
from archive.listing.fallback import FallbackAnswer
from archive.listing.filters import ValuesFilter
from archive.listing.filterset import ArchiveFilterSet
from archive.search import snippets

FACET_SIZE = 12
WHOLE_FACET = 1_000
# Values of a parameter with a chip each, whose address holds all the others: with more
# of them a page would grow with the square of their number.
MAX_CHIPS = 12

_rows: Cache[Any] = Cache(1_000)


class Listing:
    """One page of a list: results, facets and URLs.

    `page_parameters` are parameters of the page that the list does not own. Without
    `is_counted` there are no facets.
    """

    def __init__(
        self,
        filterset: ArchiveFilterSet,
        *,
        page_parameters: dict[str, list[str]] | None = None,
        is_counted: bool = True,
    ) -> None:
        self.filterset, self.question = filterset, filterset.question
        self.page_parameters, self.is_counted = page_parameters or {}, is_counted

    @property
    def form(self) -> Any:
        return self.filterset.form

    @property
    def is_valid(self) -> bool:
        return bool(self.filterset.is_valid())

    @cached_property
    def answer(self) -> Answer | FallbackAnswer:
        countable = self.filterset.countable if self.is_counted else ()
        return answer(self.question, countable) or FallbackAnswer(self.filterset)

    @cached_property
    def page(self) -> Page[Any]:
        pages = Paginator(self.answer.rows(self.load), PAGE_SIZE)
        if self.question.page > pages.num_pages:
            raise Http404(_("There is no such page of results."))
        return pages.page(self.question.page)

    @property
    def is_failed_search(self) -> bool:
        """Whether a search by words alone has no result."""
        return self.active.keys() == {"q"} and not self.page.object_list

    @property
    def text(self) -> str:
        return self.question.text.typed

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the searched words, to be marked in the results."""
        return snippets.stems_to_mark(self.question.text)

    @cached_property
    def reasons(self) -> dict[int, tuple[Any, str]]:
        """Primary key -> why a row of this page was found, if it shows no searched
        word.
        """
        rows = list(self.page.object_list)
        if not self.stems or not rows:
            return {}
        return self.filterset.reasons(rows, self.stems)

    @cached_property
    def active(self) -> dict[str, list[str]]:
        """The parameters that narrow the results, as in the URL."""
        return {
            parameter.name: list(parameter.values)
            for parameter in self.question.parameters
        }

    @property
    def filter_count(self) -> int:
        return sum(len(values) for name, values in self.active.items() if name != "q")

    @property
    def search_inputs(self) -> dict[str, list[str]]:
        """The hidden inputs of the search box: the parameters a new search keeps."""
        return {name: values for name, values in self._in_url.items() if name != "q"}

    @property
    def filter_inputs(self) -> dict[str, list[str]]:
        """The hidden inputs of the filter form: parameters without a field in it."""
        fields = {*self.filterset.facet_names, "q", "since", "until", "sort"}
        return {
            name: values for name, values in self._in_url.items() if name not in fields
        }

    @property
    def inputs_beside_dates(self) -> dict[str, list[str]]:
        """The hidden inputs of the form that asks for a refused date again."""
        dates = ("since", "until")
        return {
            name: values for name, values in self._in_url.items() if name not in dates
        }

    @property
    def sort(self) -> str:
        return self.question.sort

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return self.filterset.sorts

    @property
    def is_dated(self) -> bool:
        return self.filterset.is_dated

    @property
    def is_relaxed(self) -> bool:
        return self.answer.is_relaxed

    @property
    def is_limited(self) -> bool:
        """Whether a text search was answered by PostgreSQL."""
        return bool(self.text) and isinstance(self.answer, FallbackAnswer)

    @property
    def undated(self) -> int:
        """How many more results there would be without since and until, which exclude
        undated records.
        """
        return self.answer.undated

    @cached_property
    def suggestion(self) -> str:
        return (
            ""
            if self.is_limited
            else suggestion(self.question, self.filterset.public_texts)
        )

    @cached_property
    def unknown_words(self) -> list[str]:
        """The searched words, as typed, that no record mentions."""
        return [] if self.is_limited else unknown_words(self.question.text)

    @property
    def also_searched(self) -> list[str]:
        """The editors' synonyms of the searched words."""
        return self.question.text.synonyms

    @property
    def suggested_url(self) -> str:
        return self.url(without=("q", ""), including=("q", self.suggestion))

    @cached_property
    def facets(self) -> list[Facet]:
        return [self.facet(name) for name in self.filterset.facet_names]

    @property
    def open_facets(self) -> list[Facet]:
        return [each for each in self.facets if each not in self.folded_facets]

    @cached_property
    def folded_facets(self) -> list[Facet]:
        """Those that a fold holds, which is open if one of them filters."""
        filters = self.filterset.filters
        return [
            each
            for each in self.facets
            if each.options and getattr(filters[each.name], "is_folded", False)
        ]

    @property
    def is_unfolded(self) -> bool:
        return any(
            each.is_active or each.name in self.question.unfolded
            for each in self.folded_facets
        )

    def facet(self, name: str) -> Facet:
        """Counts over the rows that satisfy every parameter but this one."""
        filter_, active = self.filterset.filters[name], self.question.values(name)
        label = str(filter_.label)
        if not self.answer.is_counted:
            return Facet(name, label, self._uncounted(name, filter_, active))
        counts = self.answer.count_values(name)
        if filter_.is_choice:
            return Facet(name, label, facets.by_choice(counts, filter_.choices, active))
        size = max(
            WHOLE_FACET if name in self.question.unfolded else FACET_SIZE, len(active)
        )
        labels = self._labels(
            name, [*facets.most_frequent(counts, size, active), *active]
        )
        whole_url = (
            self.url(including=("all", name))
            if size < min(len(counts), WHOLE_FACET)
            else ""
        )
        return Facet(
            name, label, facets.by_frequency(counts, labels, active)[:size], whole_url
        )

    @cached_property
    def chips(self) -> list[Chip]:
        """One for each active value, with the URL without it; of a parameter with many
        values one for all of them.
        """
        labels = {
            (facet.name, option.value): option.label
            for facet in self.facets
            for option in facet.options
        }
        chips = []
        for name, values in self.active.items():
            filter_ = self.filterset.filters[name]
            if len(values) > MAX_CHIPS:
                url = self.url(without=(name, ""))
                chips.append(Chip(str(filter_.label), _values(len(values)), url))
                continue
            if (
                isinstance(filter_, ValuesFilter)
                and name not in self.filterset.facet_names
            ):
                labels |= {
                    (name, value): label
                    for value, label in self._labels(name, values).items()
                }
            for value in values:
                url = self.url(without=(name, value))
                chips.append(
                    Chip(str(filter_.label), labels.get((name, value), value), url)
                )
        return chips

    @cached_property
    def removable_filters(self) -> list[RemovableFilter]:
        """If there are no results: the filters to drop, most results first."""
        ways = [
            RemovableFilter(
                str(self.filterset.filters[name].label),
                count,
                self.url(without=(name, "")),
            )
            for name, count in self.answer.without.items()
            if count
        ]
        return sorted(ways, key=lambda way: -way.count)

    @cached_property
    def years(self) -> Histogram | None:
        """Results by year, ignoring since and until."""
        since, until = (self.question.values(name) for name in ("since", "until"))
        counts = {
            int(year): count for year, count in self.answer.count_values("year").items()
        }
        return facets.histogram(counts, _year(since), _year(until))

    def url(
        self,
        without: tuple[str, str] = ("", ""),
        page: int = 1,
        including: tuple[str, str] = ("", ""),
    ) -> str:
        """The query string of these results: without one pair (("name", "") drops the
        whole parameter), with one added, or at another page.
        """
        pairs = [
            encoded
            for pair, encoded in self._pairs.items()
            if without not in (pair, (pair[0], ""))
        ]
        if including[0] and (
            including not in self._pairs or without in (including, (including[0], ""))
        ):
            pairs.append(urlencode([including]))
        return "?" + "&".join([*pairs, *([f"page={page}"] if page > 1 else [])])

    @property
    def query(self) -> str:
        """The parameters that its files and its feed take too."""
        url = self.url()
        return url if len(url) > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.question.page + 1)

    @property
    def previous_url(self) -> str:
        return self.url(page=self.question.page - 1)

    @cached_property
    def _in_url(self) -> dict[str, list[str]]:
        """All parameters except the page."""
        view_parameters = {
            "sort": [self.question.chosen_sort],
            "all": list(self.question.unfolded),
        }
        return {
            **self.active,
            **{name: values for name, values in view_parameters.items() if any(values)},
            **self.page_parameters,
        }

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], str]:
        """Each parameter and value, with its part of a query string. They are encoded
        once, because a page holds a URL without each of them.
        """
        return {
            (name, value): urlencode([(name, value)])
            for name, values in self._in_url.items()
            for value in values
        }

    @cached_property
    def _revision(self) -> str:
        return archive_revision()

    def load(self, ids: Sequence[int]) -> list[Any]:
        """The rows of a page in this order, cached by revision."""
        queryset = self.filterset.queryset

        def load(missing: list[tuple[Any, int]]) -> dict[tuple[Any, int], Any]:
            return {
                (queryset, row.pk): row
                for row in self.filterset.load([pk for _queryset, pk in missing])
            }

        return list(
            _rows.get_many(
                self._revision, [(queryset, pk) for pk in ids], load
            ).values()
        )

    def _labels(self, name: str, values: Iterable[str]) -> dict[str, str]:
        """The labels of those values that are public."""
        distinct, known = dict.fromkeys(values), self.answer.labels.get(name, {})
        labels = {value: label for value, label in known.items() if value in distinct}
        if missing := [value for value in distinct if value not in labels]:
            labels |= self.filterset.filters[name].labels(missing, self._known_labels)
        return labels

    @cached_property
    def _known_labels(self) -> labels.Labels:
        return labels.Labels(self._revision)

    def _uncounted(
        self, name: str, filter_: ValuesFilter, active: tuple[str, ...]
    ) -> list[Option]:
        values = (
            [value for value, _label in filter_.choices]
            if filter_.is_choice
            else list(active)
        )
        labels = self._labels(name, values)
        return [
            Option(value, labels.get(value, value), None, value in active)
            for value in values
        ]


def _values(count: int) -> str:
    return ngettext("%d value", "%d values", count) % count


def _year(day: tuple[str, ...]) -> int | None:
    return int(day[0][:4]) if day else None
