"""How a record or a list is cited: a page, and files for reference managers."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from archive.citations import Citation, Kind, Reference
from archive.citations.formats import FORMATS
from archive.citations.reference import ARCHIVE
from archive.core.citing import Box, box, site
from archive.listing.page import Listing
from archive.listing.views import FilteredListView
from archive.models import Article
from archive.models import citations as of_articles
from archive.pages.articles import ArticleList
from archive.pages.records import published
from policies import citations as of_policies
from policies.models import Position, Proposal, ProposalList
from policies.views import PositionFilteredList, ProposalFilteredList
from statements import citations as of_statements
from statements.models import Statement
from statements.views import SpeakerList, StatementList

CITED: dict[Any, Any] = {
    Article: of_articles.article,
    Statement: of_statements.statement,
    ProposalList: of_policies.proposal_list,
    Proposal: of_policies.proposal,
    Position: of_policies.position,
}
LISTS: dict[str, tuple[type[FilteredListView], Any]] = {
    "statements": (StatementList, gettext_lazy("Statements")),
    "proposals": (ProposalFilteredList, gettext_lazy("Proposals")),
    "positions": (PositionFilteredList, gettext_lazy("Positions")),
    "speakers": (SpeakerList, gettext_lazy("Speakers")),
    "articles": (ArticleList, gettext_lazy("Articles")),
}


@require_safe
def record(request: HttpRequest, uid: str, suffix: str = "") -> HttpResponse:
    """The page, or with `suffix` the file, that cites one record."""
    match = published(uid, CITED)
    citation = CITED[type(match)](match, site(request))
    if suffix:
        return file(citation, suffix)
    return page(request, citation, box(citation), match.get_absolute_url())


@require_safe
def results(request: HttpRequest, name: str, suffix: str = "") -> HttpResponse:
    """The same for a list, as its parameters filter it today."""
    view, title = LISTS[name]
    listing = Listing(view.filterset_class(request.GET, queryset=view.all_rows()))
    if not listing.is_valid:
        return render(request, "archive/cite.html", {"listing": listing}, status=400)
    citation = of_results(listing, str(title), site(request) + reverse(name))
    if suffix:
        return file(citation, suffix)
    address = reverse(f"cite-{name}")
    query = listing.url() if listing.active else ""
    return page(
        request, citation, box(citation, address, query), citation.reference.url
    )


def of_results(listing: Listing, title: str, address: str) -> Citation:
    """The results change, so they are cited with the day and their number."""
    filters = "; ".join(f"{chip.name}: {chip.label}" for chip in listing.chips)
    count = listing.page.paginator.count
    records = ngettext("%d record", "%d records", count) % count
    url = address + (listing.url() if listing.active else "")
    reference = Reference(
        key=hashlib.sha256(url.encode()).hexdigest()[:12],
        kind=Kind.PAGE,
        title=f"{title}{f' ({filters})' if filters else ''}, {records}",
        url=url,
        container=ARCHIVE,
        language="en",
        accessed=timezone.localdate(),
    )
    return Citation(reference)


def page(
    request: HttpRequest, citation: Citation, cite: Box, back: str
) -> HttpResponse:
    context = {"citation": citation, "cite": cite, "back": back}
    return render(request, "archive/cite.html", context)


def file(citation: Citation, suffix: str) -> HttpResponse:
    form = next(each for each in FORMATS if each.suffix == suffix)
    name = f"on-record-{citation.reference.key}.{suffix}"
    return HttpResponse(
        form.written(citation),
        content_type=form.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def addresses(route: str, view: Any, url_name: str, **given: str) -> list[URLPattern]:
    """The page and its files. A suffix is no argument, so that every file is an address
    of its own.
    """
    return [
        path(f"{route}/", view, given, name=url_name),
        *(
            path(
                f"{route}.{each.suffix}",
                view,
                given | {"suffix": each.suffix},
                name=f"{url_name}-{each.suffix}",
            )
            for each in FORMATS
        ),
    ]


urls = [
    *chain.from_iterable(
        addresses(f"cite/{name}", results, f"cite-{name}", name=name) for name in LISTS
    ),
    *addresses("cite/<slug:uid>", record, "cite"),
]
