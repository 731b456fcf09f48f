from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import View

from archive.core import identifiers
from archive.core.citing import box, site
from archive.listing.cells import Block
from archive.listing.columns import WITH_TOPICS
from archive.listing.file_views import (
    File,
    FilteredFile,
    TooManyRows,
    download,
    in_blocks,
)
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.formats import CSV
from archive.listing.page import Listing
from archive.listing.views import FilteredListView
from archive.models import Topic
from archive.models.json_ld import topics
from archive.models.withdrawn import get_public_or_gone
from policies import breakdowns, citations, comparison, debate, json_ld
from policies.columns import (
    COMPARE,
    LISTS,
    POSITIONS,
    PROPOSALS,
    Line,
    breakdown_columns,
    lines,
    pairs,
)
from policies.comparison import MAX_PAIRS, Comparison
from policies.filters import CompareFilterSet, PositionFilterSet, ProposalFilterSet
from policies.models import Position, Proposal, ProposalList
from policies.on_topic import OnTopic
from statements.models import Speaker
from statements.querysets import affiliations

PAGE_OF_LISTS = 48


class ProposalFilteredList(FilteredListView):
    filterset_class = ProposalFilterSet
    template_name = "policies/proposal_list.html"

    def rows(self) -> QuerySet[Proposal]:
        return (
            Proposal.objects.public()
            .dated()
            .with_parties()
            .with_sources()
            .with_stances()
            .with_voices()
        )


class ProposalFile(FilteredFile):
    name, columns = "proposals", PROPOSALS
    filterset_class = ProposalFilterSet

    def rows(self) -> QuerySet[Proposal]:
        rows = Proposal.objects.public().dated().with_parties().with_sources()
        return rows.with_counts().prefetch_related(WITH_TOPICS, "identifiers")


class PositionFilteredList(FilteredListView):
    filterset_class = PositionFilterSet
    template_name = "policies/position_list.html"

    def rows(self) -> QuerySet[Position]:
        return Position.objects.public().dated().with_sources()


class PositionFile(FilteredFile):
    name, columns = "positions", POSITIONS
    filterset_class = PositionFilterSet

    def rows(self) -> QuerySet[Position]:
        rows = Position.objects.public().dated().with_issuers()
        return rows.with_sources(with_organizations=True)

    def lines(self, records: Iterable[Position]) -> Iterator[Line]:
        return lines(records)


class Compare(View):
    http_method_names = ["get", "head"]
    filterset_class = CompareFilterSet

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Proposal.objects.public()
        filterset = self.filterset_class(request.GET, queryset=rows)
        if not filterset.is_valid():
            refused = {"listing": Listing(filterset)}
            return render(request, "policies/compare.html", refused, status=400)
        table = Comparison(filterset)
        kept = {"differ": ["1"]} if table.only_differing else {}
        if table.people_page > 1:
            kept["people"] = [str(table.people_page)]
        listing = Listing(filterset, page_parameters=kept)
        context = {
            "listing": listing,
            "table": table,
            "previous_people": _people_url(listing, table.people_page - 1),
            "next_people": _people_url(listing, table.people_page + 1),
            "differing_url": _differing_url(listing, is_on=not table.only_differing),
            "page": table.page,
            "lists": comparison.lists(),
            "topics": comparison.topics(),
        }
        return render(request, "policies/compare.html", context)


def _people_url(listing: Listing, number: int) -> str:
    """The same rows of the comparison with another page of speakers."""
    including = ("people", str(number)) if number > 1 else ("", "")
    return listing.url(("people", ""), listing.question.page, including)


def _differing_url(listing: Listing, *, is_on: bool) -> str:
    """The same two speakers with all their proposals, or only those where they
    differ.
    """
    return listing.url(("differ", ""), 1, ("differ", "1") if is_on else ("", ""))


class CompareFile(FilteredFile):
    name, columns = "compare", COMPARE
    filterset_class = CompareFilterSet

    def rows(self) -> QuerySet[Proposal]:
        return Proposal.objects.public()

    def blocks(self, filterset: ArchiveFilterSet) -> Iterator[Block]:
        table = Comparison(filterset)
        if table.is_too_long:
            raise TooManyRows(
                _(
                    "This table has more than %d cells. Choose a list, a topic or "
                    "speakers."
                )
                % MAX_PAIRS
            )
        return in_blocks(pairs(table.cells()))


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    record = get_public_or_gone(
        Proposal.objects.public()
        .with_sources()
        .prefetch_related("topics", "identifiers"),
        slug=slug,
    )
    context = {
        "proposal": record,
        "linked": json_ld.proposal(
            record,
            about=topics(record.topics.all()),
            identifier=identifiers.nodes(record.identifiers.all()),
        ),
        "cite": box(citations.proposal(record, site(request))),
        **debate.page(record),
    }
    return render(request, "policies/proposal_detail.html", context)


class BreakdownFile(View):
    """The speakers of each stance on a proposal by party, office or year."""

    http_method_names = ["get", "head"]
    kind = ""
    format = CSV

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        record = get_public_or_gone(Proposal.objects.public(), slug=slug)
        rows = breakdowns.breakdown(record, self.kind).rows
        name = f"{record.slug}-by-{self.kind}"
        columns = breakdown_columns(self.kind)
        return download(request, self.format, name, columns, in_blocks(rows))


@require_safe
def on_topic(request: HttpRequest, speaker: str, topic: str) -> HttpResponse:
    """What one speaker said on one topic; a merged speaker leads to the other."""
    rows = Speaker.objects.public().listed().prefetch_related(affiliations(""))
    subject = get_object_or_404(Topic.objects.public(), slug=topic)
    record = rows.filter(slug=speaker).first()
    if not record:
        record = get_object_or_404(rows, merged__slug=speaker)
        return redirect("on-topic", record.slug, topic, permanent=True)
    table = OnTopic(record, subject)
    if table.is_empty:
        raise Http404
    context = {
        "table": table,
        "page": table.page(request.GET.get("page")),
        "linked": json_ld.on_topic(record, subject),
    }
    return render(request, "policies/on_topic.html", context)


class ListFile(File):
    name, columns = "lists", LISTS

    def every_row(self) -> QuerySet[ProposalList]:
        return _lists()


def _lists() -> QuerySet[ProposalList]:
    rows = ProposalList.objects.public().dated().with_parties()
    return rows.with_counts().newest_first()


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    page = Paginator(_lists(), PAGE_OF_LISTS).get_page(request.GET.get("page"))
    return render(request, "policies/list_list.html", {"page": page})


@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponse:
    record = get_public_or_gone(ProposalList.objects.public().with_parties(), slug=slug)
    proposals = (
        record.proposals.public()
        .with_stances()
        .prefetch_related("topics")
        .order_by("number")
    )
    context = {
        "list": record,
        "proposals": proposals,
        "linked": json_ld.proposal_list(record, proposals),
        "cite": box(citations.proposal_list(record, site(request))),
    }
    return render(request, "policies/list_detail.html", context)
