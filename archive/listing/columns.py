"""The columns of an article and of a date in files, and those of the articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from archive.core import identifiers
from archive.core.addresses import address
from archive.core.dates import When
from archive.listing.cells import Column
from archive.listing.field_rows import Loader
from archive.models import Topic

# of a When
DATE = [
    Column(
        "date",
        _("As precisely as it is known: 2024-12-12, 2024-12 or 2024."),
        attrgetter("iso"),
    ),
    Column("date_precision", _("day, month or year."), attrgetter("precision")),
    Column(
        "date_is_inferred",
        _("yes: no source states it; the archive inferred it."),
        attrgetter("is_inferred"),
    ),
]


def date_columns(fields: str, prefix: str = "") -> list[Column]:
    """The same of a record whose date is in three fields, such as `said_on`,
    `said_precision` and `said_is_inferred`.
    """

    def reader(column: Column) -> Any:
        def read(day: dt.date | None, *further: Any) -> object:
            return column.read(When(day, *further)) if day else None

        return read

    lookups = tuple(f"{fields}_{name}" for name in ("on", "precision", "is_inferred"))
    return [
        replace(column, name=prefix + column.name, value=reader(column), fields=lookups)
        for column in DATE
    ]


ARTICLE = [
    Column(
        "title",
        _("Its headline; in square brackets if the archive supplied it."),
        lambda headline, is_supplied: f"[{headline}]" if is_supplied else headline,
        fields=("headline", "headline_is_supplied"),
    ),
    Column(
        "address",
        _("Its page in the archive."),
        lambda slug: address("article", slug),
        is_path=True,
        fields=("slug",),
    ),
    Column("url", _("Its page at the publisher.")),
    Column("outlet", _("Who published it."), fields=("outlet__name",)),
    Column("kind", _("What kind of source it is.")),
    *date_columns("published"),
]
IDENTIFIER = Column("uid", _("Its permanent identifier."))
# Into an attribute: prefetching into `topics` creates a manager for each record.
WITH_TOPICS = Prefetch("topics", to_attr="known_topics")
TOPICS = Column(
    "topics",
    _("The names of its topics, separated by semicolons."),
    lambda topics: tuple(topic.name for topic in topics),
    fields=("known_topics",),
)
TOPICS_BY_RULE = Column(
    "topics_by_rule", _("yes: a list of words gave them, no person.")
)
IDENTIFIERS = Column(
    "identifiers",
    _("Its identifiers elsewhere, with their scheme, separated by semicolons."),
    identifiers.written,
)
ARTICLES = [
    IDENTIFIER,
    *ARTICLE,
    Column("byline", _("Who wrote it, as printed.")),
    Column("summary", _("In the archive's words.")),
    Column("language", _("The language of its text.")),
    Column("archived_url", _("A copy kept by another archive.")),
    IDENTIFIERS,
    Column(
        "rights",
        _("full_text, excerpts or link_only: how much of its text the archive shows."),
    ),
    Column("statement_count", _("How many statements are public.")),
    Column("proposal_count", _("How many proposals are public.")),
]


class TopicsLoader(Loader):
    """The topics of records of a model, in their order."""

    key = "pk"
    model: ClassVar[Any]

    @cached_property
    def topics(self) -> dict[int, tuple[int, Topic]]:
        """Every topic with its place in the order."""
        return {
            topic.pk: (place, topic) for place, topic in enumerate(Topic.objects.all())
        }

    def load(self, ids: Sequence[int]) -> Mapping[int, Any]:
        owner = self.model._meta.get_field("topics").m2m_field_name()
        links = self.model.topics.through._default_manager.filter(
            **{f"{owner}__in": ids}
        )
        found: dict[int, list[tuple[int, Topic]]] = {}
        for pk, topic in links.values_list(f"{owner}_id", "topic_id"):
            found.setdefault(pk, []).append(self.topics[topic])
        return {
            pk: [topic for _place, topic in sorted(placed, key=itemgetter(0))]
            for pk, placed in found.items()
        }
