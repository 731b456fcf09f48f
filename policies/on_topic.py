"""What one speaker said on one topic, with the positions, in order of time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from archive.charts import Series, Years, years
from archive.models import Topic
from statements.models import Speaker
from statements.overview import files

PAGE_SIZE = 30


@dataclass(frozen=True)
class Entry:
    """A statement, or a position that is not shown beside one."""

    kind: str  # said or held
    day: dt.date | None
    record: Any

    @property
    def year(self) -> int | None:
        return self.day.year if self.day else None


class OnTopic:
    """`speaker` is loaded with affiliations."""

    def __init__(self, speaker: Speaker, topic: Topic) -> None:
        self.speaker, self.topic = speaker, topic
        self._said: Any = speaker.statements.public().filter(topics=topic).dated()
        held: Any = speaker.positions
        self._held: Any = held.public().filter(proposal__topics=topic).dated()

    @cached_property
    def _keys(self) -> list[tuple[str, dt.date | None, int]]:
        """Kind, day and primary key, oldest first and undated ones last. A position
        that stands beside a statement here is no entry of its own, unless it changed.
        """
        beside = Exists(self._said.order_by().filter(positions=OuterRef("pk")))
        held = self._held.filter(~beside | Q(pk__in=list(self._before)))
        keys = [("said", day, pk) for day, pk in self._said.values_list("day", "pk")]
        keys += [("held", day, pk) for day, pk in held.values_list("day", "pk")]
        return sorted(
            keys, key=lambda key: (key[1] or dt.date.max, key[0] == "held", key[2])
        )

    @cached_property
    def _before(self) -> dict[int, int]:
        """Changed position -> the position before it."""
        before: dict[int, int] = self._held.changes()
        return before

    @cached_property
    def statement_count(self) -> int:
        return sum(kind == "said" for kind, _day, _pk in self._keys)

    @property
    def position_count(self) -> int:
        return len(self._stated_days)

    @cached_property
    def _stated_days(self) -> list[dt.date | None]:
        return list(self._held.stated().order_by().values_list("day", flat=True))

    @property
    def is_empty(self) -> bool:
        return not self._keys

    def page(self, number: Any) -> Page[Entry]:
        """Its `object_list` are entries; a wrong number gives the nearest page."""
        page: Page[Any] = Paginator(self._keys, PAGE_SIZE).get_page(number)
        keys = list(page.object_list)
        rows = {"said": self._statements(keys), "held": self._positions(keys)}
        page.object_list = [
            Entry(kind, day, rows[kind][pk])
            for kind, day, pk in keys
            if pk in rows[kind]
        ]
        return page

    @cached_property
    def changed(self) -> list[Any]:
        """The changed positions, oldest first."""
        found = [self._loaded[pk] for pk in self._before if pk in self._loaded]
        return sorted(found, key=lambda position: (position.when.date, position.pk))

    @property
    def years(self) -> Years | None:
        """Every statement and stated position, as the head of the page counts them."""
        said = [day for kind, day, _pk in self._keys if kind == "said"]
        counts = Counter(day.year for day in [*said, *self._stated_days] if day)
        return years(Series("all", _("Statements and stated positions"), counts))

    @property
    def year_files(self) -> list[tuple[str, str]]:
        return files(speaker=self.speaker.slug, topic=self.topic.slug)

    def _statements(self, keys: list[Any]) -> dict[int, Any]:
        pks = [pk for kind, _day, pk in keys if kind == "said"]
        rows: dict[int, Any] = self._said.as_rows_of_one().in_bulk(pks)
        for row in rows.values():
            row.speaker = self.speaker
        return rows

    def _positions(self, keys: list[Any]) -> dict[int, Any]:
        pks = {pk for kind, _day, pk in keys if kind == "held"}
        missing = pks - self._loaded.keys()
        return {**self._loaded, **self._load(missing)}

    @cached_property
    def _loaded(self) -> dict[int, Any]:
        """The changed positions with those before them."""
        rows = self._load({*self._before, *self._before.values()})
        for later, earlier in self._before.items():
            if later in rows:
                rows[later].earlier = rows.get(earlier)
        return rows

    def _load(self, pks: set[int]) -> dict[int, Any]:
        if not pks:
            return {}
        positions: Any = self.speaker.positions
        rows: dict[int, Any] = positions.public().of_one_speaker().in_bulk(list(pks))
        for row in rows.values():
            row.speaker = self.speaker
        return rows
