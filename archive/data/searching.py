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
from archive.pages.search import TABS, SearchForm, count_types
from policies.schemas import ProposalRecord
from statements.schemas import SpeakerRecord, StatementRecord

PARAMETERS = {
    "q": parameter(TextFilter()),
    "type": text_of(
        f"Results of this kind: {', '.join(TABS)}. Without it, of the first kind that "
        "has any.",
        pattern=f"^({'|'.join(TABS)})?$",
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
    text: Any = form.cleaned_data["q"]
    counts = count_types(text)
    chosen = form.cleaned_data["type"] or next(
        (name for name in TABS if counts[name]), next(iter(TABS))
    )
    resource = RESOURCES[chosen]
    sent = {"q": text, "page": form.cleaned_data["page"]}
    kind = TABS[chosen][1].filterset_class
    filterset = kind(sent, queryset=all_rows(resource))
    page = page_of(request, resource, filterset, asked)
    return SearchPage(**dict(page), kind=chosen, kinds=counts)
