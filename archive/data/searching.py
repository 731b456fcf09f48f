"""Search over all kinds, read as the site search reads it: the best of all, the
results of one kind, and how many there are of each.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from pydantic import Field

from archive.data.answers import Asked, page_of, site_of
from archive.data.problems import Malformed
from archive.data.resources import RESOURCES
from archive.data.schemas import ArticleRecord, Page
from archive.listing.parameters import parameter, text_of
from archive.listing.resources import all_rows
from archive.listing.schemas import Schema
from archive.listing.text_filter import TextFilter
from archive.site_search.asking import Attempt, attempt
from archive.site_search.kinds import KINDS, KindListing
from archive.site_search.reading import LABELS, WORDS, Reading
from archive.site_search.views import SearchForm
from policies.schemas import ProposalRecord
from statements.schemas import SpeakerRecord, StatementRecord

PARAMETERS = {
    "q": parameter(TextFilter()),
    "type": text_of(
        f"Results of this kind: {', '.join(KINDS)}. Without it, or with all, of "
        "the first kind that has any.",
        pattern=f"^({'|'.join(['all', *KINDS])})?$",
    ),
    "plain": text_of(
        "Search the words of this filter as words: a name from understood, or "
        f"{WORDS} for all of them.",
        pattern=f"^({'|'.join([WORDS, *LABELS])})?$",
    ),
}
MOST_BEST = 20
Found = Annotated[
    StatementRecord | ProposalRecord | ArticleRecord | SpeakerRecord,
    Field(discriminator="type"),
]


class Understood(Schema):
    """Words that were read as a filter of the lists."""

    name: str
    typed: str = Field(description="The words.")
    value: str = Field(description="What they mean, as the page says it.")
    parameters: dict[str, list[str]] = Field(description="The same on the lists.")


class Best(Schema):
    """One of the best results of all kinds. Records that the words name come first and
    have no score.
    """

    type: str
    uid: str = Field(description="Its permanent identifier; of a topic, its slug.")
    label: str
    url: str
    score: float | None


class SearchPage(Page[Found]):
    understood: list[Understood]
    best: list[Best] = Field(
        description=f"The first {MOST_BEST} of all kinds, as on the page; empty behind "
        "the first page."
    )
    kind: str = Field(description="The kind of the results, a value of type.")
    kinds: dict[str, int] = Field(description="The number of results of each kind.")


def everything(request: HttpRequest, asked: Asked) -> SearchPage:
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise Malformed(form.errors)
    typed, plain = form.cleaned_data["q"], form.cleaned_data["plain"]
    if unknown := set(plain) - {WORDS, *LABELS}:
        raise Malformed({"plain": [f"There is no filter {min(unknown)!r}."]})
    best = attempt(typed, plain, size=MOST_BEST)
    counts = {name: best.found.counts.get(name, 0) for name in KINDS}
    fullest = next((name for name in KINDS if counts[name]), next(iter(KINDS)))
    chosen = form.cleaned_data["type"]
    chosen = chosen if chosen in KINDS else fullest
    page = _of_kind(request, best, chosen, asked)
    is_first = not asked.cursor and bool(typed.typed)
    return SearchPage(
        **dict(page),
        kind=chosen,
        kinds=counts,
        understood=_understood(best.reading),
        best=_best(best, site_of(request)) if is_first else [],
    )


def _of_kind(
    request: HttpRequest, best: Attempt, chosen: str, asked: Asked
) -> Page[Any]:
    """The results of one kind; none if it lacks a filter that was read."""
    resource = RESOURCES[chosen]
    if chosen not in best.by_kind:
        html = request.build_absolute_uri(reverse("search"))
        query = urlencode({"q": best.reading.whole.typed, "type": chosen})
        html = f"{html}?{query}"
        return Page(
            total=0,
            undated=None,
            is_relaxed=False,
            is_limited=best.is_limited,
            results=[],
            cursor=None,
            next=None,
            facets=[],
            html=html,
            licence=settings.LICENCE,
        )
    listing = KindListing(chosen, best.reading, rows=all_rows(resource))
    return page_of(request, resource, listing.filterset, asked)


def _understood(reading: Reading) -> list[Understood]:
    return [
        Understood(
            name=each.name,
            typed=each.typed,
            value=str(each.value),
            parameters={name: list(values) for name, values in each.parameters},
        )
        for each in reading.filters
    ]


def _best(best: Attempt, site: str) -> list[Best]:
    return [
        Best(
            type=hit.kind.removesuffix("s"),
            uid=getattr(hit.record, "uid", None) or hit.record.slug,
            label=str(hit.record),
            url=site + hit.record.get_absolute_url(),
            score=hit.score,
        )
        for hit in best.answers().results[:MOST_BEST]
    ]
