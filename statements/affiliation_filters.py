"""Filters by what a speaker was on the day of a record: party, office, body, place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple
from weakref import WeakKeyDictionary

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.core.sorting import SortKey
from archive.listing.filters import ValuesFilter
from archive.listing.labels import Labels
from statements.models import Affiliation, AffiliationKind, Speaker


class Value(NamedTuple):
    """A value of a filter, its label, and what orders it."""

    slug: str
    label: str
    order: str


_held_by_rows: WeakKeyDictionary[Any, list[tuple[int, Affiliation]]] = (
    WeakKeyDictionary()
)


class AffiliationFilter(ValuesFilter):
    """Rows whose speaker had one of these affiliations on the day of the row; of a
    speaker, on any day. A row without a date has none.

    `to` leads from an affiliation to the value, `to_label` to its label. `speaker` is
    the column of a row that holds the speaker.
    """

    name: ClassVar[Any]
    to: ClassVar[str]
    to_label: ClassVar[str]
    kinds: ClassVar[Sequence[str]] = AffiliationKind.values
    is_folded = True

    def __init__(self, speaker: str = "speaker") -> None:
        super().__init__(self.to, self.name, label_path=self.to_label)
        self.speaker = speaker

    @property
    def is_dated(self) -> bool:
        return self.speaker != "pk"

    def filter(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return rows
        held = Affiliation.objects.displayed().filter(
            self.matching(value), kind__in=self.kinds, speaker=OuterRef(self.speaker)
        )
        if self.of_organization:
            held = held.filter(organization__in=Speaker.objects.public().listed())
        if self.is_dated:
            held = held.held_on(OuterRef("day"))
        return rows.filter(Exists(held))

    def values(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str, bool]]:
        pairs = {(pk, value.slug) for pk, value in self._held(rows)}
        yield from ((pk, slug, True) for pk, slug in pairs)

    def value_counts(
        self, rows: QuerySet[Any], related_condition: Q, active: Sequence[str]
    ) -> list[tuple[str, str, str, int]]:
        labels: dict[str, tuple[str, str]] = {}
        pairs = set()
        for pk, value in self._held(rows):
            pairs.add((pk, value.slug))
            label = (value.order, value.label)
            labels[value.slug] = min(labels.get(value.slug, label), label)
        counts = Counter(slug for _pk, slug in pairs)
        return [
            (slug, label, order, counts[slug])
            for slug, (order, label) in labels.items()
        ]

    def labels(self, values: list[str], known: Labels) -> dict[str, str]:
        if self.of_organization:
            return known.of(Speaker, "name", values)
        return known.of(Affiliation, self.label_path, values, key=self.path)

    @property
    def of_organization(self) -> bool:
        return self.path.startswith("organization__")

    def _held(self, rows: QuerySet[Any]) -> Iterator[tuple[int, Value]]:
        """(primary key, value) of every row and affiliation on its day."""
        for pk, affiliation in held(rows, self.speaker):
            if affiliation.kind in self.kinds and (value := self._value(affiliation)):
                yield pk, value

    def _value(self, affiliation: Any) -> Value | None:
        """None without a value; of an organization, if it has no page."""
        if self.of_organization:
            if not affiliation.has_page:
                return None
            body = affiliation.organization
            return Value(body.slug, body.name, body.sort_key)
        slug, label = (
            getattr(affiliation, name) for name in (self.path, self.label_path)
        )
        order = getattr(affiliation, f"{self.label_path}_order")
        return Value(slug, label, order) if slug else None


def held(rows: QuerySet[Any], speaker: str) -> list[tuple[int, Affiliation]]:
    """(primary key, affiliation on the day of the row); loaded once for the four
    filters of a list.
    """
    if rows not in _held_by_rows:
        _held_by_rows[rows] = list(_load(rows, speaker))
    return _held_by_rows[rows]


def _load(rows: QuerySet[Any], speaker: str) -> Iterator[tuple[int, Affiliation]]:
    is_dated = speaker != "pk"
    columns = [speaker, *(["day"] if is_dated else [])]
    found = list(rows.order_by().values_list("pk", *columns))
    listed = Speaker.objects.public().listed().filter(pk=OuterRef("organization"))
    affiliations: Any = Affiliation.objects.displayed().select_related("organization")
    by_speaker: dict[int, list[Affiliation]] = defaultdict(list)
    for affiliation in (
        affiliations.order_by()
        .annotate(
            has_page=Exists(listed),
            title_order=SortKey("title"),
            place_order=SortKey("place"),
        )
        .filter(speaker__in={row[1] for row in found})
    ):
        by_speaker[affiliation.speaker_id].append(affiliation)
    for pk, of, *days in found:
        for affiliation in by_speaker.get(of, ()):
            if not is_dated or (days[0] and affiliation.held_on(days[0])):
                yield pk, affiliation


class PartyFilter(AffiliationFilter):
    name, to, to_label = _("Party"), "organization__slug", "organization__name"
    kinds = (AffiliationKind.PARTY,)


class BodyFilter(AffiliationFilter):
    """A parliament, council, committee or agency that the speaker belongs to."""

    name, to, to_label = _("Body"), "organization__slug", "organization__name"
    kinds = (AffiliationKind.OFFICE, AffiliationKind.MEMBER)


class OfficeFilter(AffiliationFilter):
    """An office, or the title of a member."""

    name, to, to_label = _("Office"), "title_slug", "title"
    kinds = (AffiliationKind.OFFICE, AffiliationKind.MEMBER)


class PlaceFilter(AffiliationFilter):
    name, to, to_label = _("Place"), "place_slug", "place"
