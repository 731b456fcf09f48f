"""Search over all kinds: the results of one kind, and how many there are of each."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import Field

from archive.data.answers import Asked, page_of
from archive.data.problems import Malformed
from archive.data.resources import RESOURCES
from archive.data.schemas import ArticleRecord, Page
from archive.listing.parameters import parameter, text_of
from archive.listing.resources import all_rows
from archive.listing.text_filter import TextFilter
from archive.site_search.asking import attempt
from archive.site_search.kinds import KINDS
from archive.site_search.reading import WORDS
from archive.site_search.views import SearchForm
from policies.schemas import ProposalRecord
from statements.schemas import SpeakerRecord, StatementRecord

PARAMETERS = {
    "q": parameter(TextFilter()),
    "type": text_of(
        f"Results of this kind: {', '.join(KINDS)}. Without it, of the first kind that "
        "has any.",
        pattern=f"^({'|'.join(KINDS)})?$",
    ),
}
Found = Annotated[
    StatementRecord | ProposalRecord | ArticleRecord | SpeakerRecord,
    Field(discriminator="type"),
]


class SearchPage(Page[Found]):
    kind: str = Field(description="The kind of the results, a value of type.")
    kinds: dict[str, int] = Field(description="The number of results of each kind.")


def everything(request: HttpRequest, asked: Asked) -> SearchPage:
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise Malformed(form.errors)
    best = attempt(form.cleaned_data["q"], [WORDS], size=1)
    text: Any = best.reading.text
    counts = {name: best.found.counts.get(name, 0) for name in KINDS}
    chosen = form.cleaned_data["type"] or next(
        (name for name in KINDS if counts[name]), next(iter(KINDS))
    )
    resource = RESOURCES[chosen]
    sent = {"q": text, "page": form.cleaned_data["page"]}
    kind = KINDS[chosen][1].filterset_class
    filterset = kind(sent, queryset=all_rows(resource))
    page = page_of(request, resource, filterset, asked)
    return SearchPage(**dict(page), kind=chosen, kinds=counts)
