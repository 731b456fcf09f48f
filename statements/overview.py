"""The head of a speaker's page: topics with stances, and a strip of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.charts import Series, Years, years
from archive.listing.page import Listing
from statements.models import Speaker

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


def topics(
    listing: Listing, stances: Mapping[tuple[str, str], Counter[tuple[str, str]]]
) -> list[TopicCounts]:
    """Those with most records first. `listing` are the statements, `stances` the stated
    positions by slug and name of a topic.
    """
    facet = listing.facet("topic")
    by_slug = {
        each.value: TopicCounts(each.value, each.label, each.count or 0)
        for each in facet.options
    }
    more = listing.answer.count_values("topic") if facet.whole_url else {}
    for (slug, name), counts in stances.items():
        topic = TopicCounts(slug, name, more.get(slug, 0))
        by_slug.setdefault(slug, topic).stances += counts
    return sorted(by_slug.values(), key=lambda each: (-each.total, each.name))[
        :MAX_TOPICS
    ]


def strip(listing: Listing, said: Any, held: Mapping[int, int]) -> Years | None:
    """All statements, `said`, and stated positions, `held` (year -> number). Without an
    index a listing does not count years.
    """
    counted = listing.answer.count_values("year")
    if not counted and listing.page.paginator.count:
        rows = said.dated().filter(day__isnull=False).order_by()
        by_year = rows.annotate(year=ExtractYear("day")).values_list("year")
        counted = dict(by_year.annotate(Count("pk")))
    counts = Counter({int(year): count for year, count in counted.items()})
    counts.update(held)
    return years(Series("all", _("Statements and stated positions"), counts))


def files(**query: str) -> list[tuple[str, str]]:
    """The address of each file with the records of the strip, and its label."""
    position: Any = Speaker._meta.get_field("positions").related_model
    bases = dict(position._meta.get_field("basis").flatchoices)
    stated = {**query, "basis": [basis for basis in bases if basis != "inferred"]}
    return [
        (f"{reverse('statements-csv')}?{urlencode(query)}", _("Statements as CSV")),
        (
            f"{reverse('positions-csv')}?{urlencode(stated, doseq=True)}",
            _("Stated positions as CSV"),
        ),
    ]
