"""Who is for and against a proposal, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.breakdowns import Breakdown
from policies.models import Position, Stance
from policies.rolls import Roll
from policies.standings import Group, taken
from policies.standings import groups as groups_of

MAX_NAMES = 2  # of a stance; more speakers are counted
MAX_PARTIES = 3
MAX_BODIES = 2

TAKEN: dict[str | None, Callable[[int], str]] = {
    "supports": lambda n: ngettext("%s supports it", "%s support it", n),
    "mixed": lambda n: ngettext(
        "%s has a mixed position", "%s have a mixed position", n
    ),
    "opposes": lambda n: ngettext("%s opposes it", "%s oppose it", n),
    "abstains": lambda n: ngettext("%s abstains", "%s abstain", n),
    "declined": lambda n: ngettext("%s declined to say", "%s declined to say", n),
    "discusses": lambda n: ngettext("%s discusses it", "%s discuss it", n),
    None: lambda n: ngettext(
        "%s has taken differing positions", "%s have taken differing positions", n
    ),
}


@dataclass(frozen=True)
class Part:
    """The speakers of one party or one vote of a body, in numbers."""

    label: str
    groups: list[Group]
    roll: Roll | None = None

    @property
    def counts(self) -> str:
        """For example: 46 for and 5 against."""
        counted = {group.stance: group.count for group in self.groups}
        templates = {
            Stance.SUPPORTS: _("%d for"),
            Stance.OPPOSES: _("%d against"),
            Stance.ABSTAINS: _("%d abstaining"),
        }
        written = [
            text % counted[key] for key, text in templates.items() if key in counted
        ]
        return _listed(written)


def sentence(groups: list[Group], stated: Iterable[Position]) -> str:
    """How many speakers take each stance, or who, if they are one or two."""
    names = _names(stated)
    clauses = [_clause(group, names.get(group.stance, [])) for group in groups]
    missing = _missing(groups)
    total = sum(group.count for group in groups)
    first = f"{_listed(clauses)}."
    if total > MAX_NAMES:
        on_record = ngettext(
            "%d speaker is on record", "%d speakers are on record", total
        )
        first = f"{on_record % total}: {first}"
    return f"{first} {missing}".strip()


def inferred(positions: list[Position]) -> str:
    """The same of inferences, which say so."""
    groups = groups_of(taken(positions))
    names = _names(positions)
    return _listed([_clause(group, names.get(group.stance, [])) for group in groups])


def parties(breakdowns: Iterable[Breakdown]) -> list[Part]:
    """The largest parties among the speakers."""
    rows = (each.rows for each in breakdowns if each.kind == "party")
    parts = [Part(row.label, row.groups) for row in next(rows, []) if row.value]
    return [part for part in parts if part.counts][:MAX_PARTIES]


def bodies(rolls: Iterable[Roll]) -> list[Part]:
    """The newest roll call of each body."""
    newest: dict[int, Roll] = {}
    for roll in rolls:
        if roll.first.body_id:
            newest.setdefault(roll.first.body_id, roll)
    return [
        Part(str(roll.first.body), groups_of(taken(roll.positions)), roll)
        for roll in list(newest.values())[:MAX_BODIES]
    ]


def _names(stated: Iterable[Position]) -> dict[Stance | None, list[str]]:
    """Those who take only one stance, by stance, and all others; each once."""
    stances: dict[int, set[str]] = {}
    names: dict[int, str] = {}
    for position in stated:
        stances.setdefault(position.speaker_id, set()).add(position.stance)
        names[position.speaker_id] = position.speaker.name
    by_stance: dict[Stance | None, list[str]] = {}
    for speaker, own in stances.items():
        stance = Stance(next(iter(own))) if len(own) == 1 else None
        by_stance.setdefault(stance, []).append(names[speaker])
    return by_stance


def _clause(group: Group, names: list[str]) -> str:
    is_named = group.count == len(names) <= MAX_NAMES
    who = _listed(sorted(names)) if is_named else str(group.count)
    return TAKEN[group.stance](group.count) % who


def _missing(groups: list[Group]) -> str:
    """Says that a side has nobody."""
    taken = {group.stance for group in groups}
    sides = {Stance.SUPPORTS, Stance.OPPOSES} & taken
    if None in taken or len(sides) == 2:
        return ""
    if not sides:
        return _("No stated position is for or against it.")
    if Stance.OPPOSES in sides:
        return _("No stated position is for it.")
    return _("No stated position is against it.")


def _listed(words: list[str]) -> str:
    return get_text_list(words, _("and"))
