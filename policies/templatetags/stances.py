"""The counts of a proposal's stances, for its entry in a list."""

from __future__ import annotations

from typing import Any

from django import template

from policies.standings import Group, groups

register = template.Library()
MAX_NAMED = 3  # speakers whose stances are named one by one


@register.filter
def tally(proposal: Any) -> list[Group]:
    """How many speakers take each stance; empty if they are few. Needs
    `with_stances()`.
    """
    pairs = [(pair["speaker"], pair["stance"]) for pair in proposal.taken]
    return groups(pairs) if len(pairs) > MAX_NAMED else []
