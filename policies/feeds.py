"""The feeds of proposals, lists and positions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.listing.feeds import FilteredFeed, Kind, ListFeed
from policies.filters import PositionFilterSet, ProposalFilterSet
from policies.models import Position, Proposal, ProposalList


def _proposals() -> Any:
    return Proposal.objects.public().dated().with_parties().with_sources()


def _lists() -> Any:
    return ProposalList.objects.public().dated().with_parties()


def _positions() -> Any:
    return Position.objects.public().dated().with_sources()


def _title(position: Position) -> str:
    """An inference is labelled: nobody stated it."""
    title = f"{position.speaker}: {position.stance_label}: {position.proposal}"
    return f"{title} ({position.basis_label})" if position.is_inferred else title


def _proposed(proposal: Proposal) -> str:
    return f"{gettext('Proposal')}: {proposal}"


def _issued(proposal_list: ProposalList) -> str:
    return f"{gettext('List of proposals')}: {proposal_list}"


PROPOSAL = Kind("proposal", _proposals, _proposed, "feeds/proposal.html")
LIST = Kind("list", _lists, _issued, "feeds/list.html")
POSITION = Kind("position", _positions, _title, "feeds/position.html")


class ProposalFeed(FilteredFeed):
    kind, title = PROPOSAL, _("Proposals")
    filterset_class = ProposalFilterSet


class ProposalListFeed(ListFeed):
    kind, title = LIST, _("Lists of proposals")


class PositionFeed(FilteredFeed):
    kind, title = POSITION, _("Positions")
    filterset_class = PositionFilterSet
