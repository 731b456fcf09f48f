"""One search over everything: a tab for each kind of record, with the number of its results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive import search
from archive.listing.answer import check_database
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.views import FilteredListView
from archive.models import FailedSearch
from archive.pages.articles import ArticleList
from archive.search import Unavailable, find
from policies.views import ProposalFilteredList
from statements.views import SpeakerList, StatementList

TABS: dict[str, tuple[Any, type[FilteredListView]]] = {
    "statements": (_("Statements"), StatementList),
    "proposals": (_("Proposals"), ProposalFilteredList),
    "articles": (_("Articles"), ArticleList),
    "speakers": (_("Speakers"), SpeakerList),
}


EXAMPLES = [
    ("border czar", _("Both words first, then either of them.")),
    ('"border czar"', _("Exactly these words side by side.")),
    ("mayor -Adams", _("The first word, but nothing that holds the second.")),
    ("Lander OR Williams", _("Either of them.")),
    ("asylum seekers who work", _("A sentence works too; common words in it do not count.")),
]


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=search.MAX_CHARACTERS)
    type = forms.ChoiceField(required=False, choices=[(name, label) for name, (label, _view) in TABS.items()])
    page = forms.IntegerField(required=False, min_value=1, max_value=10**9)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "archive/search.html", {"form": form}, status=400)
    context = results(form)
    if context["is_failed"]:
        FailedSearch.objects.note("everything", form.cleaned_data["q"])
    return render(request, "archive/search.html", {"form": form, **context})


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    examples = [(typed, meaning, number(typed)) for typed, meaning in EXAMPLES]
    return render(request, "archive/search_help.html", {"examples": examples})


def results(form: SearchForm) -> dict[str, Any]:
    """What the page shows: the results of one tab, and how many each has."""
    text = form.cleaned_data["q"]
    numbers = _numbers(text)
    chosen = form.cleaned_data["type"] or next((name for name in TABS if numbers[name]), next(iter(TABS)))
    found = _list(chosen, text, form.cleaned_data["page"] or 1)
    page: Page[Any] = found.page_of_results()
    tabs = [(name, label, numbers[name], name == chosen) for name, (label, _view) in TABS.items()]
    return {"found": found, "page": page, "tabs": tabs, "chosen": chosen, "is_failed": not any(numbers.values())}


def _list(name: str, text: str, page: int = 1) -> ArchiveFilterSet:
    view = TABS[name][1]
    asked = QueryDict(mutable=True)
    asked.update({"q": text, "page": str(page)})
    found = view.filterset_class(asked, queryset=view.all_rows())
    found.beside, found.is_counted = {"type": [name]}, False
    found.is_valid()
    return found


def _numbers(text: str) -> dict[str, int]:
    index, asked = search.index(), search.parse(text)
    try:
        with index.reading() as searcher:
            check_database(index, searcher)
            counts = find.types(searcher, index.schema, asked)
            if asked.has_operators:
                relaxed = find.types(searcher, index.schema, asked.without_operators())
                counts = {name: counts.get(name) or relaxed.get(name, 0) for name in TABS}
            return {name: counts.get(name, 0) for name in TABS}
    except Unavailable as reason:
        search.mend(reason)
        return {name: _list(name, text).qs.count() for name in TABS}


def number(text: str) -> int:
    """Of all results."""
    return sum(_numbers(text).values())
