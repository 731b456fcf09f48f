"""Where people stand on one proposal, in numbers, and what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from archive.core.dates import When
from archive.models import Correction
from policies.models import Position, Proposal, Stance
from statements.models import Statement

MIN_VOTE = 5


@dataclass(frozen=True)
class Group:
    """How many speakers take a stance; `stance` is None for those whose own positions
    differ.
    """

    stance: Stance | None
    number: int

    def __str__(self) -> str:
        if self.stance:
            return self.stance.counted(self.number)
        differ = ngettext(
            "%d speaker took positions that differ",
            "%d speakers took positions that differ",
            self.number,
        )
        return differ % self.number

    @property
    def marks(self) -> range:
        """One for each speaker."""
        return range(self.number)


@dataclass(frozen=True)
class Vote:
    """Positions that many took on one day, at one place and on the same basis: told in
    numbers.
    """

    positions: list[Position]

    @property
    def first(self) -> Position:
        return self.positions[0]

    @property
    def groups(self) -> list[Group]:
        return groups(taken(self.positions))


@dataclass(frozen=True)
class Moment:
    """Something dated about a proposal: `kind` is issued, said, held, voted or
    corrected.
    """

    when: When
    kind: str
    record: Any


def taken(stated: Iterable[Position]) -> list[tuple[int, str]]:
    """Speaker and stance of each, as `PositionQuerySet.taken()` asks it of the
    database.
    """
    return [(position.speaker_id, position.stance) for position in stated]


def groups(stated: Iterable[tuple[int, str]]) -> list[Group]:
    """Of (speaker, stance) in the order of the stances; each speaker counts once,
    however often they said it.
    """
    stances_by_speaker: dict[int, set[str]] = {}
    for speaker, stance in stated:
        stances_by_speaker.setdefault(speaker, set()).add(stance)
    all_groups = [
        Group(
            stance, sum(stances == {stance} for stances in stances_by_speaker.values())
        )
        for stance in Stance
    ]
    all_groups.append(
        Group(None, sum(len(stances) > 1 for stances in stances_by_speaker.values()))
    )
    return [group for group in all_groups if group.number]


def in_order(positions: Iterable[Position]) -> list[Position]:
    """By stance; within one the newest first, as they come."""
    order = list(Stance)
    return sorted(positions, key=lambda position: order.index(Stance(position.stance)))


def put_forward_as(proposal: Proposal, statements: Iterable[Statement]) -> str:
    """The role beside the words of who put it forward, else as known on the day it was
    issued or reported.
    """
    if not (speaker := proposal.put_forward_by):
        return ""
    if statement_by_speaker := next(
        (statement for statement in statements if statement.speaker_id == speaker.pk),
        None,
    ):
        return statement_by_speaker.role
    return str(speaker.role_on(proposal.date) or "")


def timeline(
    proposal: Proposal,
    statements: Iterable[Statement],
    stated: list[Position],
    corrections: Iterable[Correction],
) -> list[Moment]:
    """What bears a date, the oldest first. What is inferred counts nowhere but in its
    own table.
    """
    issued = proposal.proposal_list.issued_on if proposal.proposal_list else None
    moments = [Moment(When(issued), "issued", proposal.proposal_list)] if issued else []
    all_statements = dict.fromkeys(
        [
            *statements,
            *(
                statement
                for position in stated
                for statement in position.public_evidence
            ),
        ]
    )
    moments += [
        Moment(statement.said, "said", statement)
        for statement in all_statements
        if statement.said
    ]
    moments += _held(stated)
    moments += [
        Moment(When(correction.date), "corrected", correction)
        for correction in corrections
    ]
    return sorted(moments, key=lambda moment: moment.when.date)


def _held(stated: list[Position]) -> Iterator[Moment]:
    """What each did; what MANY and more did at once is one moment."""
    by_occasion: dict[tuple[Any, ...], list[Position]] = {}
    for position in stated:
        if position.held_on:
            by_occasion.setdefault(
                (position.held_on, position.basis, position.body), []
            ).append(position)
    for (day, *_), positions in by_occasion.items():
        if len(positions) >= MIN_VOTE:
            yield Moment(When(day), "voted", Vote(positions))
        else:
            yield from (Moment(When(day), "held", position) for position in positions)
