"""The columns of an article and of a date in CSV files, and of /articles.csv."""

from __future__ import annotations

from operator import attrgetter

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from archive.core import identifiers
from archive.listing.csv import Column, columns_of
from archive.models import Article

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
ARTICLE = [
    Column(
        "title",
        _("Its headline; in square brackets if the archive supplied it."),
        str,
    ),
    Column(
        "address",
        _("Its page in the archive."),
        Article.get_absolute_url,
        is_path=True,
    ),
    Column("url", _("Its page at the publisher.")),
    Column("outlet", _("Who published it.")),
    Column("kind", _("What kind of source it is.")),
    *columns_of("when_published", DATE),
]
IDENTIFIER = Column("uid", _("Its permanent identifier."))
# Into an attribute: prefetching into `topics` creates a manager for each record.
WITH_TOPICS = Prefetch("topics", to_attr="known_topics")
TOPICS = Column(
    "topics",
    _("The names of its topics, separated by semicolons."),
    lambda record: "; ".join(topic.name for topic in record.known_topics),
)
TOPICS_BY_RULE = Column(
    "topics_by_rule", _("yes: a list of words gave them, no person.")
)
ARTICLES = [
    IDENTIFIER,
    *ARTICLE,
    Column("byline", _("Who wrote it, as printed.")),
    Column("summary", _("In the archive's words.")),
    Column("language", _("The language of its text.")),
    Column("archived_url", _("A copy kept by another archive.")),
    Column(
        "identifiers",
        _("Its identifiers elsewhere, with their scheme, separated by semicolons."),
        identifiers.written,
    ),
    Column(
        "rights",
        _("full_text, excerpts or link_only: how much of its text the archive shows."),
    ),
    Column("statement_count", _("How many statements are public.")),
    Column("proposal_count", _("How many proposals are public.")),
]
