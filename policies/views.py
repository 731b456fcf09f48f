from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.gone import shown_or_gone
from archive.listing import FilteredListView
from policies.filters import PositionFilter, ProposalFilter
from policies.models import Position, Proposal, ProposalList, Stance


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
    positions = shown.positions.public().with_sources().dated().newest_first()
    stated = [position for position in positions if not position.is_inferred]
    siblings = Proposal.objects.public().filter(proposal_list__isnull=False, proposal_list=shown.proposal_list)
    context = {
        "proposal": shown,
        "stated": stated,
        "tally": tally(stated),
        "inferred": [position for position in positions if position.is_inferred],
        "said": [] if shown.is_listed else shown.said_in(),
        "siblings": siblings.exclude(pk=shown.pk).order_by("number"),
    }
    return render(request, "policies/proposal_detail.html", context)


def tally(positions: list[Position]) -> list[str]:
    """How many speakers take each stance, in words; one who said so twice counts once."""
    speakers = {stance: {p.speaker_id for p in positions if p.stance == stance} for stance in Stance}
    return [stance.counted(len(who)) for stance, who in speakers.items() if who]


@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponse:
    shown = shown_or_gone(ProposalList.objects.public().with_parties(), slug=slug)
    proposals = shown.proposals.public().with_stances().prefetch_related("topics").order_by("number")
    return render(request, "policies/list_detail.html", {"list": shown, "proposals": proposals})
