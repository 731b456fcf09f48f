from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.gone import shown_or_gone
from archive.jsonld import topics
from archive.listing import FilteredListView
from archive.models import Correction
from policies import jsonld, stand
from policies.filters import PositionFilter, ProposalFilter
from policies.models import Position, Proposal, ProposalList

MOST = 250  # positions on the page of a proposal


class ProposalFilteredList(FilteredListView):
    filterset_class = ProposalFilter
    template_name = "policies/proposal_list.html"

    def rows(self) -> QuerySet[Proposal]:
        return Proposal.objects.public().dated().with_parties().with_sources().with_stances()


class PositionFilteredList(FilteredListView):
    filterset_class = PositionFilter
    template_name = "policies/position_list.html"

    def rows(self) -> QuerySet[Position]:
        return Position.objects.public().dated().with_sources()


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    shown = shown_or_gone(Proposal.objects.public().with_sources().prefetch_related("topics", "identifiers"), slug=slug)
    rows = shown.positions.public()
    taken = rows.stated().values_list("speaker_id", "stance")
    positions = rows.with_sources().dated().newest_first()[:MOST].with_others()
    stated = [position for position in positions if not position.is_inferred]
    corrections = Correction.objects.public().of([shown, *positions])
    said = [] if shown.is_listed else shown.said_in()
    context = {
        "proposal": shown,
        "linked": jsonld.proposal(shown, about=topics(shown.topics.all()), identifier=jsonld.identifiers(shown)),
        "stated": stand.in_order(stated),
        "groups": stand.groups(taken),
        "number": len(taken),
        "inferred": [position for position in positions if position.is_inferred],
        "said": said,
        "corrections": corrections,
        "moments": stand.unfolded(shown, said, stated, corrections),
        "siblings": shown.siblings(),
    }
    return render(request, "policies/proposal_detail.html", context)


@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponse:
    shown = shown_or_gone(ProposalList.objects.public().with_parties(), slug=slug)
    proposals = shown.proposals.public().with_stances().prefetch_related("topics").order_by("number")
    context = {"list": shown, "proposals": proposals, "linked": jsonld.proposal_list(shown, proposals)}
    return render(request, "policies/list_detail.html", context)
