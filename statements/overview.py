"""The head of a speaker's page: topics with stances, and a strip of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from archive.charts import Series, Years, years
from archive.listing.facets import Facet

MAX_TOPICS = 8


@dataclass
class TopicCounts:
    """Of one speaker on one topic; `stances` counts the newest stance on each
    proposal, with its label.
    """

    slug: str
    name: str
    statement_count: int = 0
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def marks(self) -> list[tuple[str, str, int]]:
        """(stance, its label, number of proposals), the most frequent first."""
        return [(*stance, count) for stance, count in self.stances.most_common()]

    @property
    def total(self) -> int:
        return self.statement_count + self.stances.total()


def topics(facet: Facet, stated: Iterable[Any]) -> list[TopicCounts]:
    """Those with most records first. `stated` are positions by topic, of which each
    proposal's first is its newest.
    """
    by_slug = {
        each.value: TopicCounts(each.value, each.label, each.count or 0)
        for each in facet.options
    }
    newest = {position.proposal_id: position for position in reversed(list(stated))}
    for position in newest.values():
        for topic in position.proposal.topics.all():
            counts = by_slug.setdefault(topic.slug, TopicCounts(topic.slug, topic.name))
            counts.stances[position.stance, position.stance_label] += 1
    return sorted(by_slug.values(), key=lambda each: (-each.total, each.name))[
        :MAX_TOPICS
    ]


def strip(said: Mapping[str, int], stated: Iterable[Any]) -> Years | None:
    """Statements (year -> number) and positions by year."""
    counts = Counter({int(year): count for year, count in said.items()})
    counts.update(each.when.date.year for each in stated if each.when)
    return years(Series("all", _("Statements and positions"), counts))
