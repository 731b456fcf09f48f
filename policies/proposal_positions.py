"""The positions on the page of a proposal: roll calls, rows of the table, counts."""

from __future__ import annotations

from functools import cached_property

from policies import standings
from policies.breakdowns import Breakdown, breakdowns
from policies.models import Position, Proposal
from policies.rolls import Roll, rolls

MAX_ROWS = 60  # of the table
MAX_LOADED = 2_000


class ProposalPositions:
    """Loads all positions with the few columns that counts need, and those of the table
    with all that a row shows.
    """

    def __init__(self, proposal: Proposal) -> None:
        self.proposal, self._public = proposal, proposal.positions.public()

    @cached_property
    def _every(self) -> list[Position]:
        return list(self._public.counted().newest_first()[:MAX_LOADED])

    @cached_property
    def stated(self) -> list[Position]:
        """Newest first."""
        return [each for each in self._every if not each.is_inferred]

    @cached_property
    def taken(self) -> list[tuple[int, str]]:
        if len(self._every) == MAX_LOADED:
            return self._public.taken()
        return standings.taken(self.stated)

    @cached_property
    def rolls(self) -> list[Roll]:
        return rolls(self.stated)

    @cached_property
    def voted(self) -> list[Position]:
        return [position for roll in self.rolls for position in roll.positions]

    @cached_property
    def _rows(self) -> list[Position]:
        folded = {position.pk for position in self.voted}
        rest = [each for each in self.stated if each.pk not in folded][:MAX_ROWS]
        rest += [each for each in self._every if each.is_inferred][:MAX_ROWS]
        speakers = {each.pk: each.speaker for each in rest}
        rows = self._public.filter(pk__in=speakers).of_one_speaker().dated()
        loaded = rows.newest_first().with_others(self.voted)
        for row in loaded:
            row.speaker = speakers[row.pk]
        return loaded

    @cached_property
    def table(self) -> list[Position]:
        """By stance, newest first."""
        return standings.in_order(row for row in self._rows if not row.is_inferred)

    @cached_property
    def inferred(self) -> list[Position]:
        return [row for row in self._rows if row.is_inferred]

    @cached_property
    def displayed(self) -> list[Position]:
        return [*self.table, *self.voted]

    @property
    def breakdowns(self) -> list[Breakdown]:
        if len(self._every) == MAX_LOADED:
            return []  # their files count all
        return breakdowns(self.proposal, self.stated)
