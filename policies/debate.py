"""What the page of a proposal shows: the answer first, then the words of each side, how
it unfolded, who changed, and the whole table.
"""

from __future__ import annotations

from typing import Any

from archive.models import Correction
from archive.models.corrections import with_their_records
from policies import drawings, standings, summary
from policies.models import Position, Proposal
from policies.proposal_positions import ProposalPositions
from policies.sources import sources
from policies.voices import Side
from statements.models import Statement


def page(proposal: Proposal) -> dict[str, Any]:
    """The context of its template."""
    positions = ProposalPositions(proposal)
    stated, inferred = positions.table, positions.inferred
    every = [*positions.displayed, *inferred]
    corrections = list(Correction.objects.public().of([proposal, *every]))
    statements = [] if proposal.is_listed else list(proposal.overlapping_statements())
    quoted = {voice.statement for side in positions.sides for voice in side.voices}
    first_words = [each for each in statements if each not in quoted]
    link_repeats(first_words, positions.sides, [*stated, *inferred])
    moments = standings.timeline(
        proposal, statements, stated, positions.rolls, corrections
    )
    return {
        "positions": positions,
        "stated": stated,
        "inferred": inferred,
        "position_count": len(positions.taken),
        "displayed": {position.pk for position in positions.displayed},
        "statements": first_words,
        "put_forward_as": standings.put_forward_as(proposal, statements),
        "corrections": with_their_records(corrections, proposal, every),
        "story": standings.story(moments, quoted),
        "siblings": proposal.siblings(),
        "sources": sources([*stated, *inferred], positions.voted),
        **_numbers(positions),
    }


def _numbers(positions: ProposalPositions) -> dict[str, Any]:
    groups = standings.groups(positions.taken)
    return {
        "groups": groups,
        "speakers": sum(group.count for group in groups),
        "sentence": summary.sentence(groups, positions.stated) if groups else "",
        "parties": summary.parties(positions.breakdowns),
        "bodies": summary.bodies(positions.rolls),
        "differing": positions.differing,
        "tally": drawings.tally_of(groups),
        "over_time": drawings.over_time(positions.stated)
        if positions.is_complete
        else None,
        "inferred_sentence": summary.inferred(positions.inferred),
    }


def link_repeats(
    statements: list[Statement], sides: list[Side], positions: list[Position]
) -> None:
    """Sets `displayed_above`, so that a page prints each statement once, however many
    positions rest on it. What a side shows only the beginning of is printed in full.
    """
    anchors = {statement.pk: "words" for statement in statements}
    for side in sides:
        for voice in side.voices:
            if voice.is_short:
                anchors.setdefault(voice.statement.pk, f"voice-{voice.position.uid}")
    for position in positions:
        evidence = [statement.pk for statement in position.public_evidence]
        position.displayed_above = {pk: anchors[pk] for pk in evidence if pk in anchors}
        for pk in evidence:
            anchors.setdefault(pk, f"position-{position.uid}")
