"""schema.org data of articles and topics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from archive.core.json_ld import Node, day, permanent, without_empty
from archive.models.articles import Article, Outlet
from archive.models.topics import Topic


def article(record: Article, **further: Any) -> Node:
    """The source document. `url` is the publisher's; a headline supplied by the archive
    is a `name` in brackets, not a `headline`.
    """
    return without_empty(
        **{
            "@type": "NewsArticle",
            "@id": permanent(record),
            "mainEntityOfPage": record.get_absolute_url(),
        },
        **(
            {"name": str(record)}
            if record.headline_is_supplied
            else {"headline": record.headline}
        ),
        datePublished=day(record.when_published),
        author=[{"name": name} for name in authors(record.byline)],
        creditText=record.byline,
        publisher=_publisher(record.outlet),
        url=record.url,
        archivedAt=record.archived_url,
        inLanguage=record.language,
        **further,
    )


def authors(byline: str) -> list[str]:
    """The names in a byline: “By Ann Lee and Bob Ray” has two."""
    names = re.split(r"\s*;\s*|\s+and\s+", re.sub(r"(?i)^\s*by\s+", "", byline).strip())
    return [name for name in names if name]


def topic(record: Topic) -> Node:
    return {
        "@type": "DefinedTerm",
        "@id": record.get_absolute_url(),
        "url": record.get_absolute_url(),
        "name": record.name,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": _("Topics"),
            "url": reverse("topics"),
        },
    }


def topics(records: Iterable[Topic]) -> list[Node]:
    return [topic(record) for record in records]


def _publisher(outlet: Outlet | None) -> Node | None:
    return (
        without_empty(**{"@type": "Organization"}, name=outlet.name, url=outlet.url)
        if outlet
        else None
    )
