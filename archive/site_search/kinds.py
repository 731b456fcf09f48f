"""The kinds of records that are searched, each by the filterset of its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from archive.core.caches import constant
from archive.listing.page import Listing
from archive.listing.views import FilteredListView
from archive.pages.articles import ArticleList
from archive.site_search import held
from archive.site_search.reading import Reading
from policies.models import Proposal
from policies.views import ProposalFilteredList
from statements.views import SpeakerList, StatementList

KINDS: dict[str, tuple[Any, type[FilteredListView]]] = {
    "statements": (_("Statements"), StatementList),
    "proposals": (_("Proposals"), ProposalFilteredList),
    "articles": (_("Articles"), ArticleList),
    "speakers": (_("Speakers"), SpeakerList),
}
NAMES: dict[str, Any] = {
    "statements": _("Statement"),
    "proposals": _("Proposal"),
    "articles": _("Article"),
    "speakers": _("Speaker"),
    "topics": _("Topic"),
    "positions": _("Position"),
}


class KindListing(Listing):
    """One kind's results for a reading. Its URLs are those of the site search: they
    hold what was typed, not what was read. `is_brief`: rows among those of all kinds
    show less than in their own list.
    """

    def __init__(
        self,
        name: str,
        reading: Reading,
        page: int = 1,
        *,
        is_brief: bool = False,
        rows: Any = None,
    ) -> None:
        view = KINDS[name][1]
        is_other = is_brief and name == "proposals"
        if rows is None:
            rows = _brief_proposals() if is_other else view.all_rows()
        parameters = {"q": reading.text, "page": page, **reading.parameters}
        super().__init__(
            view.filterset_class(_scalars(parameters), queryset=rows),
            page_parameters={"type": [name], "plain": list(reading.not_read)},
            is_counted=False,
        )
        self.name, self.reading = name, reading

    @property
    def list_query(self) -> str:
        """The query string of the same results in the kind's own list."""
        pairs = [("q", self.reading.text.typed)] if self.reading.text.typed else []
        for name, values in self.reading.parameters.items():
            pairs += [(name, value) for value in values]
        return f"?{urlencode(pairs)}"

    @cached_property
    def active(self) -> dict[str, list[str]]:
        typed = self.reading.whole.typed
        return {"q": [typed]} if typed else {}

    def reasons_for(self, rows: Sequence[Any]) -> dict[int, tuple[Any, str]]:
        """Primary key -> why the row was found, if it does not show it itself."""
        reasons: dict[int, tuple[Any, str]] = {}
        if self.stems and rows:
            reasons = self.filterset.reasons(rows, self.stems)
        if self.name == "speakers" and self.reading.filters:
            reasons |= held.reasons(rows, self.reading.filters)
        return reasons

    @cached_property
    def reasons(self) -> dict[int, tuple[Any, str]]:
        return self.reasons_for(list(self.page.object_list))


def listings(reading: Reading) -> dict[str, KindListing]:
    """Those of the kinds that have every filter of the reading."""
    return {
        name: KindListing(name, reading, is_brief=True)
        for name, (_label, view) in KINDS.items()
        if reading.parameters.keys() <= view.filterset_class.base_filters.keys()
    }


@constant
def _brief_proposals() -> Any:
    """Never evaluated, as `FilteredListView.all_rows()`."""
    return (
        Proposal.objects.public().dated().with_parties().with_sources().with_stances()
    )


def _scalars(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Years are single values, in a form as in an address."""
    return {
        name: value[0] if name in ("since", "until") else value
        for name, value in parameters.items()
    }


def in_order(records: Sequence[Any]) -> list[Any]:
    """Speakers with most statements and positions first."""
    return sorted(
        records,
        key=lambda one: (-(one.statement_count + one.position_count), one.sort_key),
    )
