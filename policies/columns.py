"""The columns of the files of proposals, lists, positions and the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from archive.listing.cells import Column, columns_of
from archive.listing.columns import (
    ARTICLE,
    DATE,
    IDENTIFIER,
    IDENTIFIERS,
    TOPICS,
    TOPICS_BY_RULE,
)
from policies.breakdowns import Row
from policies.compared_cells import Cell
from policies.models import Position, Proposal, ProposalList, Stance
from statements.columns import SPEAKER, STATEMENT, held_columns
from statements.models import Speaker, Statement

PROPOSAL = [
    Column("title", _("What would be done, in the archive's words.")),
    Column("slug", _("The value of the parameter proposal.")),
    Column("address", _("Its page."), Proposal.get_absolute_url, is_path=True),
    Column("list", _("The list it was issued in."), attrgetter("proposal_list")),
    Column("number", _("Its number in the list.")),
    Column("put_forward_by", _("Who put it forward. This alone is not a position.")),
]
POSITION = [
    Column(
        "position_uid",
        _("Its permanent identifier; lines with the same one are one position."),
        attrgetter("uid"),
    ),
    Column(
        "position_address",
        _("Its permanent address."),
        lambda position: f"/id/{position.uid}/",
        is_path=True,
    ),
    Column("stance", _("supports, mixed, opposes, abstains, declined or discusses.")),
    Column("basis", _("own_words, document, action, reported or inferred.")),
    Column("is_inferred", _("yes: nobody said so; the editors inferred it.")),
    Column("rationale", _("The editors' reasons.")),
    Column("conditions", _("The conditions, if any.")),
    Column("held_on", _("The date it was held, if a source states it.")),
    *columns_of("when", DATE),
    Column("body", _("The body that voted.")),
    Column("source_url", _("A source in addition to the statements.")),
    Column("source_ref", _("Where it stands in that source.")),
    Column(
        "recorded_on",
        _("When the archive recorded it."),
        lambda position: localdate(position.created_at),
    ),
]


@dataclass(frozen=True)
class Line:
    """A position with one of the statements it rests on. A position without statements
    has one line.
    """

    position: Position
    statement: Statement | None = None
    ordinal: int | None = None

    @property
    def proposal(self) -> Proposal:
        return self.position.proposal

    @property
    def earlier(self) -> Position | None:
        """The position that this one changed."""
        return self.position.earlier

    @property
    def speaker(self) -> Speaker:
        return self.position.speaker


def lines(positions: Iterable[Position]) -> Iterator[Line]:
    for position in positions:
        evidence = position.public_evidence
        yield from (
            Line(position, statement, ordinal)
            for ordinal, statement in enumerate(evidence, 1)
        )
        if not evidence:
            yield Line(position)


EARLIER = [
    Column(
        "uid",
        _("If the stance changed: the stated position before this one."),
        attrgetter("uid"),
    ),
    Column("stance", _("The stance that changed.")),
    Column("basis", _("The basis of the position before.")),
    *columns_of("when", DATE),
    Column("body", _("The body that voted before.")),
    Column("source_url", _("The source of the position before.")),
]
POSITIONS = [
    *columns_of("position", POSITION[:2]),
    *columns_of("proposal", PROPOSAL, "proposal_"),
    *columns_of("speaker", SPEAKER, "speaker_"),
    Column(
        "office",
        _("As printed, else as known on that date."),
        attrgetter("position.office"),
    ),
    *columns_of("position", held_columns("day")),
    *columns_of("position", POSITION[2:]),
    *columns_of("earlier", EARLIER, "earlier_"),
    Column(
        "statement_number",
        _("Which of its statements is on this line, counted from 1."),
        attrgetter("ordinal"),
    ),
    *columns_of("statement", STATEMENT),
]


@dataclass(frozen=True)
class Pair:
    """A proposal and a speaker, with one of their positions or without any."""

    cell: Cell
    position: Position | None = None


def pairs(cells: Iterable[Cell]) -> Iterator[Pair]:
    for cell in cells:
        yield from (Pair(cell, position) for position in cell.positions)
        if not cell.positions:
            yield Pair(cell)


PAIR = [
    *columns_of("proposal", PROPOSAL, "proposal_"),
    *columns_of("speaker", SPEAKER, "speaker_"),
    Column("put_it_forward", _("yes: this speaker did.")),
    Column(
        "known",
        _(
            "position, only inferred, looked and found nothing, or not checked. "
            "Declining to say counts as a position."
        ),
    ),
    Column(
        "looked_on",
        _("When an editor last looked for a stated position and found none."),
    ),
    Column("looked_where", _("Where the editor looked.")),
]
COMPARE = [*columns_of("cell", PAIR), *columns_of("position", POSITION)]


PROPOSALS = [
    IDENTIFIER,
    *PROPOSAL,
    Column(
        "text",
        _("As worded in the source in a list or if it has a source_url, else by us."),
    ),
    Column("addressed_to", _("Who should do it."), attrgetter("addressee_speaker")),
    Column("outcome", _("What became of it.")),
    IDENTIFIERS,
    Column("source_url", _("Its own page, such as that of a bill.")),
    TOPICS,
    TOPICS_BY_RULE,
    Column("proposed_on", _("The day it was proposed, outside a list.")),
    Column(
        "date",
        _("The day it was issued or proposed, else the date of the article."),
        attrgetter("day"),
    ),
    Column(
        "stated_positions",
        _("How many stated positions are public."),
        attrgetter("stated_count"),
    ),
    Column(
        "inferred_positions",
        _("How many positions the editors inferred; they are not counted elsewhere."),
        attrgetter("inferred_count"),
    ),
    *columns_of("article", ARTICLE, "article_"),
]
LISTS = [
    IDENTIFIER,
    Column("title", _("What it is called.")),
    Column("slug", _("The value of the parameter list.")),
    Column("address", _("Its page."), ProposalList.get_absolute_url, is_path=True),
    Column("issued_by", _("Who issued it.")),
    Column("addressed_to", _("Who should act on it.")),
    Column("issued_on", _("The day it was issued.")),
    Column(
        "is_complete",
        _("Whether the source gives all of it; empty: the source does not say."),
    ),
    Column("proposal_count", _("How many of its proposals are public.")),
    *columns_of("article", ARTICLE, "article_"),
]


def breakdown_columns(kind: str) -> list[Column]:
    """Those of a table by party, office or year."""
    return [
        Column(
            kind,
            _("Empty: the archive has none recorded on the date of the position."),
            attrgetter("label"),
        ),
        Column("value", _("The value of the parameter %(kind)s.") % {"kind": kind}),
        *(
            Column(stance, stance.label, partial(_count, stance=stance))
            for stance in Stance
        ),
        Column(
            "differing",
            _("Speakers who have taken differing positions."),
            partial(_count, stance=None),
        ),
        Column("speakers", _("All of these speakers.")),
    ]


def _count(row: Row, stance: Stance | None) -> int:
    return row.count_of(stance)
