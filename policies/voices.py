"""The words of each side of a proposal, a few a side, to be read beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archive.wording.shortening import truncate
from policies.models import Basis, Position, Stance
from statements.models import Statement

MAX_VOICES = {"for": 3, "against": 3, "neither": 2}
MAX_WORDS = 200  # characters; the table has what is longer

NEITHER: list[Stance] = [
    each for each in Stance if each not in (Stance.SUPPORTS, Stance.OPPOSES)
]
SIDES: dict[str, list[Stance]] = {
    "for": [Stance.SUPPORTS],
    "against": [Stance.OPPOSES],
    "neither": NEITHER,
}
# own words first; what others report comes last
RANKS = [Basis.OWN_WORDS, Basis.DOCUMENT, Basis.ACTION, Basis.REPORTED]


@dataclass(frozen=True)
class Voice:
    """A position by its words; needs `public_evidence`."""

    position: Position

    @cached_property
    def statement(self) -> Statement:
        """The newest that quotes the speaker, else the newest."""
        return min(self.position.public_evidence, key=self._rank)

    def _rank(self, statement: Statement) -> tuple[bool, int]:
        is_quoted = (
            statement.is_verbatim and statement.speaker_id == self.position.speaker_id
        )
        return not is_quoted, -(statement.date.toordinal() if statement.date else 0)

    @property
    def is_short(self) -> bool:
        return len(self.statement.label) <= MAX_WORDS

    @property
    def beginning(self) -> str:
        """Its first words on one line; […] marks what is left out."""
        return truncate(" ".join(self.statement.label.split()), MAX_WORDS)


@dataclass(frozen=True)
class Side:
    """`kind` is for, against or neither; `count` is of speakers with such a stance,
    quoted or not.
    """

    kind: str
    voices: list[Voice]
    count: int


def quotable(stated: list[Position]) -> dict[str, list[Position]]:
    """Of `counted()` positions, newest first: on each side those to quote, own words
    first. A speaker is quoted once, and only with their newest stance.
    """
    newest: dict[int, str] = {}
    for position in stated:
        newest.setdefault(position.speaker_id, position.stance)
    quoting = [
        position
        for position in _by_rank(stated)
        if position.stance == newest[position.speaker_id]
    ]
    return {
        kind: _first_of_each(each for each in quoting if each.stance in stances)[
            : MAX_VOICES[kind]
        ]
        for kind, stances in SIDES.items()
    }


def sides(
    quoted: dict[str, list[Position]], taken: Iterable[tuple[int, str]]
) -> list[Side]:
    """Nothing if nobody is quoted. For and against stand beside each other if either is
    quoted; who is neither for nor against follows, if quoted.
    """
    pairs = set(taken)
    quoted_once = _each_statement_once(quoted)
    made = {
        kind: Side(
            kind,
            quoted_once[kind],
            len({speaker for speaker, stance in pairs if stance in stances}),
        )
        for kind, stances in SIDES.items()
    }
    opposite = [made["for"], made["against"]]
    neither = [made["neither"]] if made["neither"].voices else []
    return [*(opposite if any(side.voices for side in opposite) else []), *neither]


def _each_statement_once(quoted: dict[str, list[Position]]) -> dict[str, list[Voice]]:
    seen: set[int] = set()
    voices: dict[str, list[Voice]] = {kind: [] for kind in quoted}
    for kind, positions in quoted.items():
        for voice in map(Voice, positions):
            if voice.statement.pk not in seen:
                voices[kind].append(voice)
            seen.add(voice.statement.pk)
    return voices


def _by_rank(positions: Iterable[Any]) -> list[Position]:
    quoting = (position for position in positions if position.quotes)
    return sorted(quoting, key=lambda position: RANKS.index(Basis(position.basis)))


def _first_of_each(positions: Iterable[Position]) -> list[Position]:
    by_speaker: dict[int, Position] = {}
    for position in positions:
        by_speaker.setdefault(position.speaker_id, position)
    return list(by_speaker.values())
