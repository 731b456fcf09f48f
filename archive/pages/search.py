"""Search over all records: one tab per kind, with its number of results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive import search
from archive.listing import answer
from archive.listing.forms import TextField
from archive.listing.page import Listing
from archive.listing.views import FilteredListView
from archive.models import FailedSearch
from archive.pages import ways_in
from archive.pages.articles import ArticleList
from archive.search.language import TextQuery
from policies.views import ProposalFilteredList
from statements.views import SpeakerList, StatementList

TABS: dict[str, tuple[Any, type[FilteredListView]]] = {
    "statements": (_("Statements"), StatementList),
    "proposals": (_("Proposals"), ProposalFilteredList),
    "articles": (_("Articles"), ArticleList),
    "speakers": (_("Speakers"), SpeakerList),
}


class SearchForm(forms.Form):
    q = TextField(required=False)
    type = forms.ChoiceField(
        required=False, choices=[(name, label) for name, (label, _view) in TABS.items()]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10**9)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "archive/search.html", {"form": form}, status=400)
    text = form.cleaned_data["q"]
    counts = count_types(text)
    chosen = form.cleaned_data["type"] or next(
        (name for name in TABS if counts[name]), next(iter(TABS))
    )
    listing = tab(chosen, text, form.cleaned_data["page"] or 1)
    context = {"form": form, "listing": listing, "page": listing.page, "chosen": chosen}
    context["tabs"] = [
        (name, label, counts[name], name == chosen)
        for name, (label, _view) in TABS.items()
    ]
    context["topics"] = ways_in.topics_named(text) if text else []
    if not any(counts.values()):
        FailedSearch.objects.note("everything", text.typed)
        context["ways_in"] = ways_in.offered()
    return render(request, "archive/search.html", context)


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    examples = [
        (typed, meaning, count)
        for typed, meaning in ways_in.examples()
        if (count := sum(count_types(search.parse(typed)).values()))
    ]
    return render(request, "archive/search_help.html", {"examples": examples})


def tab(name: str, text: TextQuery, page: int = 1) -> Listing:
    """The results of one kind."""
    view = TABS[name][1]
    filterset = view.filterset_class(
        {"q": text, "page": page}, queryset=view.all_rows()
    )
    return Listing(filterset, page_parameters={"type": [name]}, is_counted=False)


def count_types(text: TextQuery) -> dict[str, int]:
    """The number of results of each tab."""
    counts = answer.count_types(text)
    if counts is None:
        return {name: tab(name, text).filterset.qs.count() for name in TABS}
    return {name: counts.get(name, 0) for name in TABS}
