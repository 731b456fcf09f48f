"""The positions on the page of a proposal: words, roll calls, rows of the table."""

from __future__ import annotations

from functools import cached_property

from django.db.models import prefetch_related_objects

from policies import standings
from policies.breakdowns import Breakdown, breakdowns
from policies.changes import load_dates
from policies.differences import Difference, differences
from policies.models import Position, Proposal
from policies.of_a_speaker import load_others
from policies.querysets import public_evidence
from policies.rolls import Roll, rolls
from policies.voices import Side, quotable, sides

MAX_ROWS = 16  # of the table
MAX_LOADED = 2_000


class ProposalPositions:
    """Loads all positions, and the evidence of those in the table or quoted above."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal, self._public = proposal, proposal.positions.public()

    @cached_property
    def _every(self) -> list[Position]:
        return list(self._public.counted().newest_first()[:MAX_LOADED])

    @cached_property
    def stated(self) -> list[Position]:
        """Newest first."""
        rows = [each for each in self._every if not each.is_inferred]
        load_dates([each for each in rows if not each.held_on])
        return rows

    @property
    def is_complete(self) -> bool:
        """Whether all positions are loaded."""
        return len(self._every) < MAX_LOADED

    @cached_property
    def taken(self) -> list[tuple[int, str]]:
        if self.is_complete:
            return standings.taken(self.stated)
        return self._public.taken()

    @cached_property
    def differing(self) -> set[int]:
        """The speakers whose own positions differ."""
        return standings.differing(self.taken)

    @cached_property
    def rolls(self) -> list[Roll]:
        return rolls(self.stated)

    @cached_property
    def voted(self) -> list[Position]:
        return [position for roll in self.rolls for position in roll.positions]

    @cached_property
    def _quotable(self) -> dict[str, list[Position]]:
        return quotable(self.stated)

    @cached_property
    def _rows(self) -> list[Position]:
        """Of each kind the newest that no roll call has, with all that a row shows."""
        voted = {position.pk for position in self.voted}
        rows = [each for each in self.stated if each.pk not in voted][:MAX_ROWS]
        rows += [each for each in self._every if each.is_inferred][:MAX_ROWS]
        quoted = [each for side in self._quotable.values() for each in side]
        loaded = {each.pk: each for each in [*rows, *quoted]}.values()
        prefetch_related_objects(list(loaded), public_evidence())
        load_others(rows, self.voted)
        for each in loaded:
            each.proposal = self.proposal
        return rows

    @cached_property
    def sides(self) -> list[Side]:
        """The words of each side."""
        return sides(self._quotable, self.taken) if self._rows else []

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

    @cached_property
    def differences(self) -> list[Difference]:
        return differences(self.stated, self.differing)

    @cached_property
    def breakdowns(self) -> list[Breakdown]:
        if self.is_complete:
            return breakdowns(self.proposal, self.stated)
        return []  # their files count all
