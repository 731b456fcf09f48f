"""The page of a topic: when it was spoken of, what is disputed, who says what."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef
from django.utils.translation import gettext as _

from archive.charts import Series, Years, years
from archive.models import Article, Topic
from policies.models import Position, Proposal, Stance
from statements.models import Statement

MAX_DISPUTED = 3
MAX_PROPOSALS = 10
MAX_SPEAKERS = 8
MAX_WORDS = 2  # of each side
MAX_NEWEST = 4
MAX_ARTICLES = 6
SIDES = (Stance.SUPPORTS, Stance.OPPOSES)


@dataclass(frozen=True)
class Voice:
    """How often a speaker was quoted on the topic, and when last."""

    slug: str
    name: str
    count: int
    last: dt.date | None


class TopicPage:
    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        self._said: Any = Statement.objects.public().filter(topics=topic).dated()
        self._stated: Any = (
            Position.objects.public().stated().filter(proposal__topics=topic)
        )

    @cached_property
    def _days(self) -> list[dt.date | None]:
        return list(self._said.order_by().values_list("day", flat=True))

    @property
    def statement_count(self) -> int:
        return len(self._days)

    @cached_property
    def years(self) -> Years | None:
        counts = Counter(day.year for day in self._days if day)
        return years(Series("all", _("Statements"), counts))

    @cached_property
    def proposal_count(self) -> int:
        return int(Proposal.objects.public().filter(topics=self.topic).count())

    @cached_property
    def _disputed(self) -> list[int]:
        """Proposals with speakers on both sides, those with the larger minority first;
        a speaker who was on both counts twice.
        """
        sides = self._stated.filter(stance__in=SIDES).order_by()
        counted = sides.values_list("proposal", "stance")
        by_proposal: dict[int, list[int]] = {}
        for pk, _stance, count in counted.annotate(
            count=Count("speaker", distinct=True)
        ):
            by_proposal.setdefault(pk, []).append(count)
        both = {pk: counts for pk, counts in by_proposal.items() if len(counts) > 1}
        return sorted(both, key=lambda pk: (-min(both[pk]), -sum(both[pk]), pk))

    @property
    def disputed_count(self) -> int:
        return len(self._disputed)

    @cached_property
    def disputed(self) -> list[Any]:
        """The most disputed ones."""
        rows = Proposal.objects.public().dated().with_sources()
        pks = self._disputed[:MAX_DISPUTED]
        return rows.with_stances().with_voices().with_ids(pks) if pks else []

    @cached_property
    def other_proposals(self) -> list[Proposal]:
        """The newest ones."""
        rows = Proposal.objects.public().filter(topics=self.topic).dated()
        rows = rows.exclude(pk__in=self._disputed[:MAX_DISPUTED])
        return list(rows.newest_first()[:MAX_PROPOSALS])

    @cached_property
    def voices(self) -> list[Voice]:
        """Who said most."""
        listed = self._said.filter(speaker__article=None, speaker__merged_into=None)
        counted = listed.order_by().values_list("speaker__slug", "speaker__name")
        counted = counted.annotate(count=Count("pk"), last=Max("day"))
        return [
            Voice(*row) for row in counted.order_by("-count", "-last")[:MAX_SPEAKERS]
        ]

    @cached_property
    def words(self) -> list[tuple[str, list[Any]]]:
        """(stance, newest statements) that are evidence for and against."""
        sides = [
            (side.value, [self._rows[pk] for pk in pks if pk in self._rows])
            for side, pks in self._evidence.items()
        ]
        return [(side, rows) for side, rows in sides if rows]

    @property
    def newest(self) -> list[Any]:
        return [self._rows[pk] for pk in self._newest if pk in self._rows]

    @cached_property
    def _evidence(self) -> dict[Stance, list[int]]:
        found: dict[Stance, list[int]] = {}
        for side in SIDES:
            held = self._stated.filter(stance=side, evidence=OuterRef("pk"))
            said = Statement.objects.public().filter(Exists(held)).dated()
            pks = said.newest_first().values_list("pk", flat=True)
            found[side] = list(pks[:MAX_WORDS])
        return found

    @cached_property
    def _newest(self) -> list[int]:
        """Those that are not shown for a side."""
        shown = {pk for pks in self._evidence.values() for pk in pks}
        pks = self._said.newest_first().values_list("pk", flat=True)
        return [pk for pk in pks[: MAX_NEWEST + len(shown)] if pk not in shown][
            :MAX_NEWEST
        ]

    @cached_property
    def _rows(self) -> dict[int, Any]:
        pks = {*self._newest, *(pk for pks in self._evidence.values() for pk in pks)}
        rows: dict[int, Any] = (
            Statement.objects.public().dated().as_rows().in_bulk(list(pks))
        )
        return rows

    @cached_property
    def articles(self) -> list[Article]:
        here = {"article": OuterRef("pk"), "topics": self.topic}
        said = Exists(Statement.objects.public().filter(**here))
        proposed = Exists(Proposal.objects.public().filter(**here))
        rows = Article.objects.public().filter(said | proposed).dated()
        return list(rows.select_related("outlet").newest_first()[:MAX_ARTICLES])
