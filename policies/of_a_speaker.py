"""What the page of a speaker shows of all positions, and which of them it lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import F, Prefetch

from archive.core.querysets import PublicQuerySet
from archive.core.sorting import SortKey
from archive.models import Topic
from policies.changes import SIDES, newest_first
from policies.models.stances import Basis


@dataclass
class Held:
    """`rows` are the newest positions by topic; all else is counted from all.

    `stances` is (slug, name of a topic) -> (stance, its label) -> on how many proposals
    it is the newest stated one; `years` counts the dated stated positions, `tally` all
    of them by stance and its label.
    """

    rows: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)  # the newest ones
    change_count: int = 0
    stances: dict[tuple[str, str], Counter[tuple[str, str]]] = field(
        default_factory=dict
    )
    years: Counter[int] = field(default_factory=Counter)
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def marks(self) -> list[tuple[str, str, int]]:
        """(stance, its label, how many stated positions), most first."""
        return [(*stance, count) for stance, count in self.tally.most_common()]

    @property
    def bases(self) -> list[str]:
        """Of stated positions, as values of a list's filter."""
        return [basis.value for basis in Basis if basis != Basis.INFERRED]

    @property
    def every_row(self) -> list[Any]:
        return [each for row in self.rows for each in (row, *row.further)]


class OfASpeakerQuerySet(PublicQuerySet):
    def of_a_page(self, most: int, most_changed: int) -> Held:
        """`self` are the public positions of one speaker; at most five queries."""
        keys = self._keys()
        before = _changes(keys)
        newest = list(before)[:most_changed]
        listed = list(dict.fromkeys(key.pk for key in keys))[:most]
        loaded = self._load({*listed, *newest}, before)
        held = Held(
            by_topic([loaded[pk] for pk in listed if pk in loaded]),
            [loaded[pk] for pk in newest if pk in loaded],
            len(before),
        )
        _count([key for key in keys if not key.is_inferred], held)
        return held

    def _keys(self) -> list[Any]:
        """The newest positions first, each once for each topic of its proposal."""
        rows: Any = self
        slug, name = F("proposal__topics__slug"), F("proposal__topics__name")
        rows = rows.dated().newest_first().annotate(slug=slug, name=name)
        return list(rows.only("speaker", "proposal", "stance", "basis", "held_on"))

    def _load(self, pks: set[int], before: Mapping[int, int]) -> dict[int, Any]:
        """With the position before it as `earlier`."""
        pairs = {pk: before[pk] for pk in pks if pk in before}
        rows: Any = self
        rows = rows.filter(pk__in=pks | set(pairs.values()))
        found = {row.pk: row for row in rows.of_one_speaker().with_topics()}
        for later, earlier in pairs.items():
            if later in found:
                found[later].earlier = found.get(earlier)
        return found

    def with_topics(self) -> Self:
        """For `by_topic`."""
        topics = Topic.objects.annotate(place=SortKey("name"))
        return self.prefetch_related(Prefetch("proposal__topics", topics))


def _changes(keys: list[Any]) -> dict[int, int]:
    """Dates are loaded only where one proposal has two sides."""
    held = {key.pk: key for key in keys if not key.is_inferred}
    sides: dict[int, set[str]] = {}
    for key in held.values():
        sides.setdefault(key.proposal_id, set()).update({key.stance} & set(SIDES))
    return newest_first([k for k in held.values() if len(sides[k.proposal_id]) > 1])


def _count(stated: list[Any], held: Held) -> None:
    each = {key.pk: (key.stance, key.stance_label) for key in stated}
    held.tally.update(each.values())
    days = {key.pk: key.day for key in stated}
    held.years.update(day.year for day in days.values() if day)
    newest: dict[int, int] = {}
    for key in stated:
        if newest.setdefault(key.proposal_id, key.pk) == key.pk and key.slug:
            counts = held.stances.setdefault((key.slug, key.name), Counter())
            counts[key.stance, key.stance_label] += 1


def by_topic(rows: list[Any]) -> list[Any]:
    """The rows with `others`, sorted by `topic`, the alphabetically first topic of
    their proposal; bare actions on one proposal are the `further` ones of a row.
    """
    load_others(rows)
    places = {"": ""}
    for row in rows:
        first = next(iter(row.proposal.topics.all()), None)
        row.topic = first.name if first else ""
        places[row.topic] = first.place if first else ""
    rows.sort(key=lambda row: (not row.topic, places[row.topic], row.topic))
    return _folded(rows)


def load_others(rows: Iterable[Any], beside: Iterable[Any] = ()) -> None:
    """Gives each row `others`: the same speaker's stated positions on the same proposal
    with another stance, here or among those that stand beside these.
    """
    by_pair: dict[tuple[int, int], list[Any]] = {}
    for row in [*rows, *beside]:
        if not row.is_inferred:
            by_pair.setdefault((row.speaker_id, row.proposal_id), []).append(row)
    for row in rows:
        same_pair = [] if row.is_inferred else by_pair[row.speaker_id, row.proposal_id]
        row.others = [other for other in same_pair if other.stance != row.stance]


def _folded(rows: list[Any]) -> list[Any]:
    """The first row of each proposal and topic has its further actions as `further`;
    rows that say more than an action stay.
    """
    firsts: dict[int, Any] = {}
    kept = []
    for row in rows:
        first = firsts.setdefault(row.proposal_id, row)
        row.further = []
        if row is first or not row.is_bare_action or first.is_inferred:
            kept.append(row)
        else:
            first.further.append(row)
    return kept
