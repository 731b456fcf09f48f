"""Counts of the stances on a proposal, and its timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from archive.core.dates import When
from archive.models import Correction
from policies.models import Position, Proposal, Stance
from policies.rolls import MIN_VOTE
from statements.models import Statement


@dataclass(frozen=True)
class Group:
    """How many speakers take a stance; `stance` is None for speakers whose own
    positions differ.
    """

    stance: Stance | None
    count: int

    def __str__(self) -> str:
        if self.stance:
            return self.stance.counted(self.count)
        differ = ngettext(
            "%d speaker has taken differing positions",
            "%d speakers have taken differing positions",
            self.count,
        )
        return differ % self.count

    @property
    def marks(self) -> range:
        """One for each speaker."""
        return range(self.count)


@dataclass(frozen=True)
class Vote:
    """Positions that many speakers took on one day, in one body and on the same basis;
    shown as counts.
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
    """A dated event of a proposal: `kind` is issued, said, held, voted or corrected."""

    when: When
    kind: str
    record: Any


def taken(stated: Iterable[Position]) -> list[tuple[int, str]]:
    """(speaker, stance) of each, like `PositionQuerySet.taken()` without a query."""
    return [(position.speaker_id, position.stance) for position in stated]


def groups(stated: Iterable[tuple[int, str]]) -> list[Group]:
    """From (speaker, stance), in the order of the stances; each speaker counts once,
    however many positions they have.
    """
    stances_by_speaker = _by_speaker(stated)
    all_groups = [
        Group(
            stance, sum(stances == {stance} for stances in stances_by_speaker.values())
        )
        for stance in Stance
    ]
    all_groups.append(
        Group(None, sum(len(stances) > 1 for stances in stances_by_speaker.values()))
    )
    return [group for group in all_groups if group.count]


def differing(stated: Iterable[tuple[int, str]]) -> set[int]:
    """The speakers whose own positions differ."""
    by_speaker = _by_speaker(stated)
    return {speaker for speaker, stances in by_speaker.items() if len(stances) > 1}


def _by_speaker(stated: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    stances_by_speaker: dict[int, set[str]] = {}
    for speaker, stance in stated:
        stances_by_speaker.setdefault(speaker, set()).add(stance)
    return stances_by_speaker


def in_order(positions: Iterable[Position]) -> list[Position]:
    """By stance; within a stance the order is kept, newest first."""
    order = list(Stance)
    return sorted(positions, key=lambda position: order.index(Stance(position.stance)))


def link_repeats(
    statements: Iterable[Statement], positions: Iterable[Position]
) -> None:
    """Sets `displayed_above`, so that a page prints each statement once, however many
    positions rest on it.
    """
    anchors = {statement.pk: "words" for statement in statements}
    for position in positions:
        evidence = [statement.pk for statement in position.public_evidence]
        position.displayed_above = {pk: anchors[pk] for pk in evidence if pk in anchors}
        for pk in evidence:
            anchors.setdefault(pk, f"position-{position.uid}")


def put_forward_as(proposal: Proposal, statements: Iterable[Statement]) -> str:
    """The issuer's title in their own statement here, else the office known on the date
    of the proposal.
    """
    if not (speaker := proposal.put_forward_by):
        return ""
    if statement_by_speaker := next(
        (statement for statement in statements if statement.speaker_id == speaker.pk),
        None,
    ):
        return statement_by_speaker.office
    return str(speaker.office_on(proposal.date) or "")


def timeline(
    proposal: Proposal,
    statements: Iterable[Statement],
    stated: list[Position],
    corrections: Iterable[Correction],
) -> list[Moment]:
    """Everything dated, oldest first. Inferences are left out; they have their own
    table.
    """
    issued = proposal.proposal_list.issued_on if proposal.proposal_list else None
    moments = [Moment(When(issued), "issued", proposal.proposal_list)] if issued else []
    if proposal.proposed_on:
        moments.append(Moment(When(proposal.proposed_on), "proposed", proposal))
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
        Moment(statement.when_said, "said", statement)
        for statement in all_statements
        if statement.when_said
    ]
    moments += _held(stated)
    moments += [
        Moment(When(correction.date), "corrected", correction)
        for correction in corrections
    ]
    return sorted(moments, key=lambda moment: moment.when.date)


def _held(stated: list[Position]) -> Iterator[Moment]:
    """One moment for each position; MIN_VOTE or more on one occasion are one vote."""
    by_occasion: dict[tuple[Any, ...], list[Position]] = {}
    for position in stated:
        if position.held_on:
            by_occasion.setdefault(
                (position.held_on, position.basis, position.body_id), []
            ).append(position)
    for (day, *_), positions in by_occasion.items():
        if len(positions) >= MIN_VOTE:
            yield Moment(When(day), "voted", Vote(positions))
        else:
            yield from (Moment(When(day), "held", position) for position in positions)
