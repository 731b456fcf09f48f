"""Filters by what a speaker was on the day of a record: party, office, body, place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.core.sorting import SortKey
from archive.listing.filters import ValuesFilter
from archive.listing.labels import Labels
from statements.models import Affiliation, AffiliationKind, Speaker


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
        held = self.affiliations().filter(
            self.matching(value), speaker=OuterRef(self.speaker)
        )
        if self.is_dated:
            held = held.held_on(OuterRef("day"))
        return rows.filter(Exists(held))

    def affiliations(self) -> Any:
        """Those that have a value; of an organization, only if it has a page."""
        rows = Affiliation.objects.displayed().filter(kind__in=self.kinds)
        rows = rows.filter(**{f"{self.path}__gt": ""})
        if self.path.startswith("organization__"):
            rows = rows.filter(organization__in=Speaker.objects.public().listed())
        return rows

    def values(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str, bool]]:
        pairs = {(pk, value) for pk, value, _label, _place in self._held(rows)}
        yield from ((pk, value, True) for pk, value in pairs)

    def value_counts(
        self, rows: QuerySet[Any], related_condition: Q, active: Sequence[str]
    ) -> list[tuple[str, str, str, int]]:
        held = {*self._held(rows)}
        counts = Counter(value for _pk, value in {row[:2] for row in held})
        labels: dict[str, tuple[str, str]] = {}
        for _pk, value, label, place in held:
            labels[value] = min(labels.get(value, (place, label)), (place, label))
        return [
            (value, label, place, counts[value])
            for value, (place, label) in labels.items()
        ]

    def labels(self, values: list[str], known: Labels) -> dict[str, str]:
        if self.path.startswith("organization__"):
            return known.of(Speaker, "name", values)
        return known.of(Affiliation, self.label_path, values, key=self.path)

    def _held(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str, str, str]]:
        """(primary key, value, label, what orders it) of every row and affiliation."""
        columns = [self.speaker, *(["day"] if self.is_dated else [])]
        found = list(rows.order_by().values_list("pk", *columns))
        by_speaker = self._by_speaker({row[1] for row in found})
        for pk, speaker, *days in found:
            for affiliation in by_speaker.get(speaker, ()):
                day = days[0] if days else None
                if not self.is_dated or (day and affiliation.held_on(day)):
                    yield (
                        pk,
                        affiliation.value,
                        affiliation.label,
                        affiliation.order,
                    )

    def _by_speaker(self, speakers: set[int]) -> dict[int, list[Any]]:
        rows = self.affiliations().filter(speaker__in=speakers).order_by()
        by_speaker: dict[int, list[Any]] = defaultdict(list)
        for affiliation in rows.annotate(
            value=F(self.path), label=F(self.label_path), order=SortKey(self.label_path)
        ):
            by_speaker[affiliation.speaker_id].append(affiliation)
        return by_speaker


class PartyFilter(AffiliationFilter):
    name, to, to_label = _("Party"), "organization__slug", "organization__name"
    kinds = (AffiliationKind.PARTY,)


class BodyFilter(AffiliationFilter):
    """A parliament, council, committee or agency that the speaker belongs to."""

    name, to, to_label = _("Body"), "organization__slug", "organization__name"
    kinds = (AffiliationKind.OFFICE, AffiliationKind.MEMBER)


class OfficeFilter(AffiliationFilter):
    name, to, to_label = _("Office"), "title_slug", "title"
    kinds = (AffiliationKind.OFFICE,)


class PlaceFilter(AffiliationFilter):
    name, to, to_label = _("Place"), "place_slug", "place"
