"""Filters by what a speaker was on the day of a record: party, office, body, place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, ClassVar

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from archive.core.sorting import sorted_by
from archive.listing.filters import ValuesFilter
from archive.listing.labels import Labels
from archive.search import fallback
from statements.models import Affiliation, AffiliationKind, Speaker
from statements.querysets import held_on


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
        if self.is_dated:
            held = held.held_on(OuterRef("day"))
        return rows.filter(Exists(held))

    def values(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str, bool]]:
        pairs = self._held(rows).values_list("pk", self._to(self.path)).distinct()
        yield from ((pk, slug, True) for pk, slug in pairs)

    def value_counts(
        self, rows: QuerySet[Any], related_condition: Q, active: Sequence[str]
    ) -> list[tuple[str, str, str, int]]:
        label = self._to(self.label_path)
        return list(
            self._held(rows)
            .values_list(self._to(self.path))
            .annotate(
                label=Min(Collate(label, "C")),
                place=sorted_by(*self._labelled(), label),
                number=Count("pk", distinct=True),
            )
        )

    def labels(self, values: list[str], known: Labels) -> dict[str, str]:
        return known.of(Affiliation, self.label_path, values, key=self.path)

    def values_on(self, speaker: Speaker, day: dt.date) -> list[tuple[str, str]]:
        """(value, label) of every affiliation that readers see, held on that day."""
        value_of, label_of = (
            attrgetter(path.replace("__", ".")) for path in (self.path, self.label_path)
        )
        rows = [
            row
            for row in speaker.public_affiliations
            if row.kind in self.kinds and row.held_on(day)
        ]
        if self.path.startswith("organization__"):
            rows = [row for row in rows if row.organization]
        return [(value_of(row), label_of(row)) for row in rows if value_of(row)]

    def _held(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows, each joined to the affiliations of its day that have a value."""
        joined: Any = rows.model._default_manager.filter(
            pk__in=rows.order_by().values("pk")
        )
        conditions = {
            **fallback.displayed(rows.model, self._to().removesuffix("__")),
            self._to("kind__in"): self.kinds,
            self._to(f"{self.path}__gt"): "",
        }
        if not self.is_dated:
            return joined.filter(**conditions).order_by()
        day = held_on(F("day"), self._to())
        return joined.dated().filter(day, **conditions).order_by()

    def _to(self, path: str = "") -> str:
        """From a row to its speaker's affiliations, and on along a path."""
        return f"{'speaker__' if self.is_dated else ''}affiliations__{path}"

    def _labelled(self) -> tuple[Any, str]:
        model: Any = Affiliation
        *steps, field = self.label_path.split("__")
        for step in steps:
            model = model._meta.get_field(step).related_model
        return model, field


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
