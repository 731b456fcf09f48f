"""Counts of the stances on a proposal, and how it unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from archive.core.dates import When
from archive.models import Correction
from policies.models import Position, Proposal, Stance
from policies.rolls import Roll
from statements.models import Statement

MAX_MOMENTS = 6  # of the story of a proposal
MAX_FOLDED = 8  # further ones on demand


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
class Moment:
    """A dated event of a proposal: `kind` is issued, proposed, said, held, voted or
    corrected.
    """

    when: When
    kind: str
    record: Any
    stance: str = ""  # for which the words are evidence

    @property
    def is_key(self) -> bool:
        """Whether it stays when a long story is folded."""
        return self.kind not in ("said", "held")


@dataclass(frozen=True)
class Story:
    """The moments of a proposal, oldest first: those to read, and the folded ones."""

    moments: list[Moment]
    folded: list[Moment]
    left_out: int

    @property
    def unfolds(self) -> bool:
        """Whether it is more than one event, or one that many took part in."""
        every = [*self.moments, *self.folded]
        return len(every) > 1 or any(moment.kind == "voted" for moment in every)


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


def story(moments: list[Moment], quoted: set[Statement]) -> Story:
    """Of many moments the votes, corrections and beginnings come first, then the newest
    that are not quoted elsewhere on the page; the others are folded.
    """
    ranked = sorted(moments, key=lambda moment: moment.when.date, reverse=True)
    ranked.sort(
        key=lambda each: (
            not each.is_key,
            each.kind == "said" and each.record in quoted,
        )
    )
    chosen = set(map(id, ranked[:MAX_MOMENTS]))
    further = set(map(id, ranked[MAX_MOMENTS : MAX_MOMENTS + MAX_FOLDED]))
    return Story(
        [moment for moment in moments if id(moment) in chosen],
        [moment for moment in moments if id(moment) in further],
        max(len(moments) - MAX_MOMENTS - MAX_FOLDED, 0),
    )


def timeline(
    proposal: Proposal,
    statements: Iterable[Statement],
    rows: list[Position],
    rolls: Iterable[Roll],
    corrections: Iterable[Correction],
) -> list[Moment]:
    """Everything dated, oldest first; `rows` are the positions that no roll call has.
    Inferences are left out; they have their own table.
    """
    moments = [
        *_beginnings(proposal),
        *_said(statements, rows),
        *_held(rows),
        *(Moment(roll.when, "voted", roll) for roll in rolls if roll.when),
        *(Moment(When(each.date), "corrected", each) for each in corrections),
    ]
    return sorted(moments, key=lambda moment: moment.when.date)


def _beginnings(proposal: Proposal) -> Iterator[Moment]:
    if proposal.proposal_list and (issued := proposal.proposal_list.issued_on):
        yield Moment(When(issued), "issued", proposal.proposal_list)
    if proposal.proposed_on:
        yield Moment(When(proposal.proposed_on), "proposed", proposal)


def _said(
    statements: Iterable[Statement], rows: Iterable[Position]
) -> Iterator[Moment]:
    """Each statement once, with the stance of its speaker."""
    stances: dict[Statement, str] = dict.fromkeys(statements, "")
    for row in rows:
        for statement in row.public_evidence:
            is_own = statement.speaker_id == row.speaker_id
            stances[statement] = row.stance if is_own else stances.get(statement, "")
    for statement, stance in stances.items():
        if when := statement.when_said:
            yield Moment(when, "said", statement, stance)


def _held(rows: Iterable[Position]) -> Iterator[Moment]:
    """Positions of a known day, without those whose words are a moment of that day."""
    for row in rows:
        days = {statement.said_on for statement in row.public_evidence}
        if row.held_on and row.held_on not in days:
            yield Moment(When(row.held_on), "held", row)
