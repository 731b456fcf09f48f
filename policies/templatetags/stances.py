"""Where people stand on a proposal, for its entry in a list."""

from __future__ import annotations

from typing import Any

from django import template

from archive.charts import tallies
from archive.templatetags.rows import macro
from policies.models.proposals import MAX_CARD_POSITIONS
from policies.standings import Group, groups

register = template.Library()


@register.simple_tag
def standing(proposal: Any) -> str:
    """How many speakers take each stance, as a bar and in words, or who does if they
    are few; then one voice a side. Needs `with_stances()`, and for the voices
    `with_voices()`.
    """
    taken = tally(proposal)
    bar = tallies.tally(
        [tallies.Count(group.stance or "differ", "", group.count) for group in taken]
    )
    voices = getattr(proposal, "voices", ())
    return macro("policies/_standing.jinja")(proposal, taken, bar, voices)


@register.filter
def tally(proposal: Any) -> list[Group]:
    """How many speakers take each stance; empty if they are so few that `stances` names
    them all.
    """
    pairs = [(pair["speaker"], pair["stance"]) for pair in proposal.taken]
    return groups(pairs) if len(pairs) > MAX_CARD_POSITIONS else []
