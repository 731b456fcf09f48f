"""The page of a topic: when it was spoken of, what is disputed, who says what."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Value
from django.db.models.functions import ExtractYear
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
    def _spoken(self) -> list[tuple[Any, ...]]:
        """Speaker, year, number of statements and the newest day of that year."""
        names = ("speaker__slug", "speaker__name", "speaker__article")
        rows = self._said.annotate(year=ExtractYear("day")).order_by()
        rows = rows.values_list(*names, "year")
        return list(rows.annotate(count=Count("pk"), last=Max("day")))

    @property
    def statement_count(self) -> int:
        return sum(count for *_speaker, _year, count, _last in self._spoken)

    @cached_property
    def years(self) -> Years | None:
        counts: Counter[int] = Counter()
        for *_speaker, year, count, _last in self._spoken:
            if year:
                counts[year] += count
        return years(Series("all", _("Statements"), counts))

    @cached_property
    def voices(self) -> list[Voice]:
        """Who said most; an article's unnamed group has no page."""
        by_slug: dict[str, Voice] = {}
        for slug, name, article, _year, count, last in self._spoken:
            if article is None:
                known = by_slug.get(slug, Voice(slug, name, 0, None))
                newest = max(filter(None, (known.last, last)), default=None)
                by_slug[slug] = Voice(slug, name, known.count + count, newest)
        order = sorted(by_slug.values(), key=lambda each: (-each.count, each.name))
        return order[:MAX_SPEAKERS]

    @cached_property
    def _every_proposal(self) -> list[Proposal]:
        """Newest first, to be named and counted."""
        rows = Proposal.objects.public().filter(topics=self.topic).dated()
        return list(rows.only("title", "slug").newest_first())

    @property
    def proposal_count(self) -> int:
        return len(self._every_proposal)

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

    @property
    def other_proposals(self) -> list[Proposal]:
        """The newest ones."""
        above = self._disputed[:MAX_DISPUTED]
        rows = [row for row in self._every_proposal if row.pk not in above]
        return rows[:MAX_PROPOSALS]

    @property
    def words(self) -> list[tuple[str, list[Any]]]:
        """(stance, newest statements) that are evidence for and against."""
        sides = [(side.value, self._shown(side)) for side in SIDES]
        return [(side, rows) for side, rows in sides if rows]

    @property
    def newest(self) -> list[Any]:
        above = {row.pk for _side, rows in self.words for row in rows}
        rows = [row for row in self._shown("") if row.pk not in above]
        return rows[:MAX_NEWEST]

    def _shown(self, side: str) -> list[Any]:
        pks = [pk for shown_for, pk in self._keys if shown_for == side]
        return [self._rows[pk] for pk in pks if pk in self._rows]

    @cached_property
    def _keys(self) -> list[tuple[str, int]]:
        """(stance or "", statement) of the newest words of each side, and of all."""
        most = MAX_NEWEST + MAX_WORDS * len(SIDES)
        parts = [_newest_keys(self._said, "", most)]
        for side in SIDES:
            held = self._stated.filter(stance=side, evidence=OuterRef("pk"))
            said = Statement.objects.public().filter(Exists(held)).dated()
            parts.append(_newest_keys(said, side.value, MAX_WORDS))
        found = parts[0].union(*parts[1:], all=True)
        in_order = sorted(
            found, key=lambda key: (-(key[2] or dt.date.min).toordinal(), key[1])
        )
        return [(side, pk) for side, pk, _day in in_order]

    @cached_property
    def _rows(self) -> dict[int, Any]:
        pks = {pk for _side, pk in self._keys}
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


def _newest_keys(said: Any, side: str, most: int) -> Any:
    rows = said.annotate(side=Value(side)).newest_first()
    return rows.values_list("side", "pk", "day")[:most]
