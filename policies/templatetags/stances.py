"""The counts of a proposal's stances, for its entry in a list."""

from __future__ import annotations

from typing import Any

from django import template

from policies.models.proposals import MAX_CARD_POSITIONS
from policies.standings import Group, groups

register = template.Library()


@register.filter
def tally(proposal: Any) -> list[Group]:
    """How many speakers take each stance; empty if they are so few that `stances` names
    them all. Needs `with_stances()`.
    """
    pairs = [(pair["speaker"], pair["stance"]) for pair in proposal.taken]
    return groups(pairs) if len(pairs) > MAX_CARD_POSITIONS else []
