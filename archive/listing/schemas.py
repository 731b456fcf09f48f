"""What the API's records are made of: dates, articles, topics, passages. All URLs are
absolute; `site` is the origin, such as https://archive.example.org.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from pydantic import BaseModel, ConfigDict, Field

from archive.core import dates
from archive.core.json_ld import permanent
from archive.models import Article, Topic


class Schema(BaseModel):
    """Built by a classmethod `of(row, site)`; nothing else can be in it."""

    model_config = ConfigDict(extra="forbid")


class Date(Schema):
    date: str = Field(
        description="As precisely as it is known: 2024-12-12, 2024-12 or 2024."
    )
    precision: str = Field(description="day, month or year.")
    is_inferred: bool = Field(
        description="No source states it; the archive inferred it."
    )

    @classmethod
    def of(cls, when: dates.When | None) -> Date | None:
        if not when:
            return None
        return cls(
            date=when.iso, precision=str(when.precision), is_inferred=when.is_inferred
        )


class TopicLink(Schema):
    slug: str = Field(description="The value of the parameter topic.")
    name: str

    @classmethod
    def all_of(cls, topics: Iterable[Topic]) -> list[TopicLink]:
        return [cls(slug=topic.slug, name=topic.name) for topic in topics]


class Identifier(Schema):
    scheme: str
    identifier: str

    @classmethod
    def all_of(cls, record: Any) -> list[Identifier]:
        return [
            cls(scheme=each.scheme, identifier=each.identifier)
            for each in record.identifiers.all()
        ]


class ArticleLink(Schema):
    uid: str
    slug: str = Field(description="The value of the parameter article.")
    title: str = Field(
        description="Its headline; in square brackets if the archive supplied it."
    )
    url: str = Field(description="Its page in the archive.")
    publisher_url: str = Field(description="Its page at the publisher, or empty.")
    outlet: str = Field(description="Who published it, or empty.")
    kind: str
    published: Date | None

    @classmethod
    def of(cls, article: Article, site: str) -> ArticleLink:
        return cls(
            uid=article.uid,
            slug=article.slug,
            title=str(article),
            url=site + article.get_absolute_url(),
            publisher_url=article.url,
            outlet=article.outlet.name if article.outlet else "",
            kind=article.kind,
            published=Date.of(article.when_published),
        )


class Removed(Schema):
    since: dt.date = Field(description="The first day the source lacked the words.")
    is_part: bool = Field(description="The source still holds some of them.")


class Passage(Schema):
    """The exact run of characters of one version of the article."""

    version: int
    start: int = Field(description="The first character, in Unicode code points.")
    end: int
    exact: str
    prefix: str = Field(description="Empty unless the full text may be shown.")
    suffix: str
    publisher_url: str = Field(
        description="A link to these words at the publisher, or empty."
    )
    removed_since: dt.date | None = Field(
        description="The first day the source lacked these words."
    )

    @classmethod
    def of(cls, passage: Any, address: str, *, is_open: bool) -> Passage:
        """With `is_open`, the full text of the article may be shown."""
        return cls(
            version=passage.version.number,
            start=passage.start,
            end=passage.end,
            exact=passage.exact,
            prefix=passage.prefix if is_open else "",
            suffix=passage.suffix if is_open else "",
            publisher_url=address,
            removed_since=passage.removed_on,
        )


class Record(Schema):
    """What every record with a permanent identifier has."""

    type: str
    uid: str = Field(description="Its permanent identifier.")
    url: str = Field(description="Its page.")
    permalink: str = Field(description="An address that never changes.")
    score: float | None = Field(
        None,
        description="Only in a search by words: how well it fits. Comparable with the "
        "other results of the same search, with nothing else.",
    )

    @staticmethod
    def addresses(record: Any, site: str) -> dict[str, Any]:
        return {
            "uid": record.uid,
            "url": site + record.get_absolute_url(),
            "permalink": site + permanent(record),
        }


def link_to(site: str, name: str, **parameters: str) -> str:
    """The API's URL of a list with these parameters."""
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return f"{site}{reverse('api')}{name}/{'?' if query else ''}{query}"
