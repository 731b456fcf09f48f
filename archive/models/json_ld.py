"""Articles and topics in the words of schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from archive.core.json_ld import Node, day, known, permanent
from archive.models.articles import Article, Outlet
from archive.models.topics import Topic


def article(shown: Article, **further: Any) -> Node:
    """The source document. Its `url` is the publisher's; a headline of ours is a name,
    in brackets, and no headline.
    """
    return known(
        **{
            "@type": "NewsArticle",
            "@id": permanent(shown),
            "mainEntityOfPage": shown.get_absolute_url(),
        },
        **(
            {"name": str(shown)}
            if shown.headline_is_supplied
            else {"headline": shown.headline}
        ),
        datePublished=day(shown.published),
        author=[{"name": name} for name in authors(shown.byline)],
        creditText=shown.byline,
        publisher=_publisher(shown.outlet),
        url=shown.url,
        archivedAt=shown.archived_url,
        inLanguage=shown.language,
        **further,
    )


def authors(byline: str) -> list[str]:
    """The names of a byline as printed: “By Ann Lee and Bob Ray” names two."""
    names = re.split(r"\s*;\s*|\s+and\s+", re.sub(r"(?i)^\s*by\s+", "", byline).strip())
    return [name for name in names if name]


def topic(shown: Topic) -> Node:
    return {
        "@type": "DefinedTerm",
        "@id": shown.get_absolute_url(),
        "url": shown.get_absolute_url(),
        "name": shown.name,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": _("Topics"),
            "url": reverse("topics"),
        },
    }


def topics(shown: Iterable[Topic]) -> list[Node]:
    return [topic(each) for each in shown]


def _publisher(outlet: Outlet | None) -> Node | None:
    return (
        known(**{"@type": "Organization"}, name=outlet.name, url=outlet.url)
        if outlet
        else None
    )
