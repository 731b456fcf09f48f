"""The site search: one page for everything, best first, and a tab for each kind."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive import meaning, search
from archive.listing.answer import PAGE_SIZE
from archive.listing.forms import ValuesField
from archive.models import FailedSearch
from archive.search.language import TextQuery
from archive.site_search import cards, ways_in
from archive.site_search.asking import Attempt, attempt
from archive.site_search.kinds import KINDS, KindListing
from archive.site_search.reading import WORDS

ALL = ("all", _("All"))


class TypedField(forms.CharField):
    """The words, parsed; synonyms are added when they have been read."""

    def clean(self, value: Any) -> TextQuery:
        return search.parse(super().clean(value))


class SearchForm(forms.Form):
    q = TypedField(required=False, max_length=search.MAX_CHARACTERS)
    type = forms.ChoiceField(
        required=False,
        choices=[ALL, *((name, label) for name, (label, _view) in KINDS.items())],
    )
    plain = ValuesField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10**9)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "archive/search.html", {"form": form}, status=400)
    text, plain = form.cleaned_data["q"], form.cleaned_data["plain"]
    page, chosen = form.cleaned_data["page"] or 1, form.cleaned_data["type"] or "all"
    best = attempt(text, plain, page if chosen == "all" else 1)
    context = {"form": form, "chosen": chosen, "tabs": _tabs(best, chosen)}
    if not text.typed and chosen == "all":
        return render(request, "archive/search.html", context | _empty())
    context |= _all(best) if chosen == "all" else _one(best, chosen, page)
    if not best.found.total:
        FailedSearch.objects.note("everything", text.typed)
        context["ways_in"] = ways_in.offered()
    return render(request, "archive/search.html", context)


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    examples = [
        (typed, sense, count)
        for typed, sense in ways_in.examples()
        if (count := attempt(search.parse(typed)).found.total)
    ]
    context = {"examples": examples, "questions": ways_in.questions()}
    context["by_meaning"] = meaning.is_on()
    return render(request, "archive/search_help.html", context)


def _empty() -> dict[str, Any]:
    return {"ways_in": ways_in.offered(), "examples": ways_in.questions()}


def _all(best: Attempt) -> dict[str, Any]:
    answers = best.answers()
    if answers.page > answers.page_count:
        raise Http404(_("There is no such page of results."))
    card, hits, topics = cards.split(answers)
    pages = Paginator(range(answers.page_count * PAGE_SIZE), PAGE_SIZE)
    return {
        **_reading(best, ""),
        "listing": answers,
        "card": card,
        "hits": [list(part) for _is, part in groupby(hits, attrgetter("is_partial"))],
        "topics": topics,
        "total": answers.total,
        "page": pages.page(answers.page),
    }


def _one(best: Attempt, chosen: str, page: int) -> dict[str, Any]:
    """One kind; without rows if it lacks a filter that was read."""
    context = _reading(best, chosen)
    if chosen not in best.by_kind:
        return {**context, "listing": best.answers(), "total": 0, "page": None}
    listing = KindListing(chosen, best.reading, page)
    return {
        **context,
        "listing": listing,
        "total": listing.page.paginator.count,
        "page": listing.page,
        "rows": listing.page.object_list,
        "list_query": listing.list_query,
    }


def _reading(best: Attempt, chosen: str) -> dict[str, Any]:
    """How the words were read: a chip for each filter, with the address of the search
    that takes its words as words.
    """
    reading = best.reading
    kept = [("q", reading.whole.typed), *([("type", chosen)] if chosen else [])]
    plain = [("plain", name) for name in _taken_back(best)]
    chips = [
        (each, f"?{urlencode([*kept, *plain, ('plain', each.name)])}")
        for each in reading.filters
    ]
    return {
        "chips": chips,
        "dropped": best.dropped,
        "read_again": f"?{urlencode(kept)}" if plain else "",
    }


def _taken_back(best: Attempt) -> list[str]:
    """The filters that the reader took back, without those that found nothing."""
    ours = {WORDS, *(each.name for each in best.dropped)} if best.dropped else set()
    return [name for name in best.reading.not_read if name not in ours]


def _tabs(best: Attempt, chosen: str) -> list[tuple[str, Any, int, str, bool]]:
    """(name, label, number, address, whether it is open)."""
    reading = best.reading
    kept = [("q", reading.whole.typed)] if reading.whole.typed else []
    kept += [("plain", name) for name in _taken_back(best)]
    counts = best.found.counts
    tabs = [(*ALL, best.found.total)]
    tabs += [(name, label, counts.get(name, 0)) for name, (label, _v) in KINDS.items()]
    return [
        (name, label, count, f"?{urlencode([*kept, ('type', name)])}", name == chosen)
        for name, label, count in tabs
    ]
