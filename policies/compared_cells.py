"""A cell of the comparison: what is known about one speaker on one proposal."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from policies.models import Check, Position, Proposal
from statements.models import Speaker

MAX_IN_CELL = 3  # changes of stance of each kind: stated, inferred


@dataclass(frozen=True)
class Cell:
    """One speaker on one proposal, with positions in date order."""

    proposal: Proposal
    speaker: Speaker
    stated: Sequence[Position] = ()
    inferred: Sequence[Position] = ()
    checks: Sequence[Check] = ()

    @property
    def put_it_forward(self) -> bool:
        return self.proposal.put_forward_by == self.speaker

    @cached_property
    def newest(self) -> list[Position]:
        """Of the stated positions the newest of each run of one stance, oldest run
        first: what a cell has room for.
        """
        return _newest_of_runs(self.stated)

    @cached_property
    def newest_inferred(self) -> list[Position]:
        return _newest_of_runs(self.inferred)

    @property
    def last(self) -> Position | None:
        """The position that a comparison of two speakers quotes."""
        return next(reversed([*self.inferred, *self.stated]), None)

    @property
    def is_shortened(self) -> bool:
        return len(self.listed) < len(self.positions)

    @property
    def url(self) -> str:
        """The list of all positions of this cell."""
        query = {"proposal": self.proposal.slug, "speaker": self.speaker.slug}
        return f"{reverse('positions')}?{urlencode(query)}"

    @property
    def all_positions(self) -> str:
        return _("All %d positions") % len(self.positions)

    @property
    def listed(self) -> list[Position]:
        """What fits in a cell of the page."""
        return [*self.newest, *self.newest_inferred]

    @property
    def positions(self) -> list[Position]:
        return [*self.stated, *self.inferred]

    @property
    def differs(self) -> bool:
        return len({position.stance for position in self.stated}) > 1

    @property
    def last_check(self) -> Check | None:
        """The latest check that found nothing; None if there is a stated position."""
        return None if self.stated else next(iter(self.checks), None)

    @property
    def looked_on(self) -> dt.date | None:
        return self.last_check.checked_on if self.last_check else None

    @property
    def looked_where(self) -> str:
        return self.last_check.where if self.last_check else ""

    @property
    def known(self) -> str:
        """The value of the column `known` in the CSV file."""
        if self.stated:
            return "position"
        if self.inferred:
            return "only inferred"
        return "looked and found nothing" if self.last_check else "not checked"


@dataclass(frozen=True)
class Row:
    proposal: Proposal
    cells: list[Cell] = field(default_factory=list)


def _newest_of_runs(positions: Sequence[Position]) -> list[Position]:
    runs = itertools.groupby(positions, key=lambda position: position.stance)
    return [list(run)[-1] for _stance, run in runs][-MAX_IN_CELL:]
