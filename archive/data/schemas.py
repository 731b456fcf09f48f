"""Articles, topics, pages of results and changes as the API gives them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field

from archive.listing.schemas import (
    Date,
    Identifier,
    Record,
    Schema,
    link_to,
)
from archive.models import Article, Topic

R = TypeVar("R")


class ArticleRecord(Record):
    type: Literal["article"] = "article"
    title: str = Field(
        description="Its headline; in square brackets if the archive supplied it."
    )
    slug: str = Field(description="The value of the parameter article.")
    kind: str
    publisher_url: str
    archived_url: str = Field(description="A copy kept by another archive.")
    outlet: str
    byline: str
    published: Date | None
    date_note: str
    summary: str = Field(description="In the archive's words.")
    language: str
    identifiers: list[Identifier]
    rights: str = Field(description="full_text, excerpts or link_only.")
    statement_count: int
    proposal_count: int

    @classmethod
    def of(cls, row: Any, site: str) -> ArticleRecord:
        return cls(**article_fields(row, site))


def article_fields(row: Any, site: str) -> dict[str, Any]:
    return {
        **Record.addresses(row, site),
        "title": str(row),
        "slug": row.slug,
        "kind": row.kind,
        "publisher_url": row.url,
        "archived_url": row.archived_url,
        "outlet": row.outlet.name if row.outlet else "",
        "byline": row.byline,
        "published": Date.of(row.when_published),
        "date_note": row.date_note,
        "summary": row.summary,
        "language": row.language,
        "identifiers": Identifier.all_of(row),
        "rights": row.rights,
        "statement_count": row.statement_count,
        "proposal_count": row.proposal_count,
    }


class ArticleDetail(ArticleRecord):
    text: str | None = Field(
        description="The newest version, only if its rights are full_text."
    )
    statements: str = Field(description="The list of its statements.")
    proposals: str = Field(description="The list of its proposals.")

    @classmethod
    def of(cls, row: Article, site: str) -> ArticleDetail:
        return cls(
            **article_fields(row, site),
            text=row.open_text,  # type: ignore[attr-defined]
            statements=link_to(site, "statements", article=row.slug),
            proposals=link_to(site, "proposals", article=row.slug),
        )


class TopicRecord(Schema):
    type: Literal["topic"] = "topic"
    slug: str = Field(description="The value of the parameter topic.")
    name: str
    url: str
    statement_count: int
    proposal_count: int

    @classmethod
    def of(cls, row: tuple[Topic, int, int], site: str) -> TopicRecord:
        topic, proposals, statements = row
        return cls(
            slug=topic.slug,
            name=topic.name,
            url=site + topic.get_absolute_url(),
            statement_count=statements,
            proposal_count=proposals,
        )


class FacetValue(Schema):
    value: str
    label: str
    count: int | None = Field(description="null: not counted, while there is no index.")


class Facet(Schema):
    """The counts ignore the facet's own parameter."""

    name: str
    label: str
    values: list[FacetValue]


class Page(Schema, Generic[R]):
    """Some results of a list, in order."""

    total: int = Field(description="All results, not only these.")
    undated: int | None = Field(
        None,
        description="With facets and since or until: results they leave out because "
        "they have no date.",
    )
    is_relaxed: bool = Field(
        False, description="Nothing was found until operators in q were ignored."
    )
    is_limited: bool = Field(
        False, description="There is no index now: plainer ranking, no scores."
    )
    results: list[R]
    cursor: str | None = Field(
        None, description="The value of cursor for the next page; null on the last."
    )
    next: str | None = Field(None, description="The URL of the next page.")
    facets: list[Facet] = Field([], description="Only with facets=true.")
    html: str = Field(description="The page of the site with the same results.")
    licence: str = Field(
        description="Licence of the archive's own wording; quoted words belong to "
        "their speakers and publishers."
    )


class Problem(Schema):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    parameters: dict[str, list[str]] = Field(
        {}, description="What is wrong with each malformed parameter."
    )


class GoneProblem(Problem):
    reason: str = Field("", description="The public reason of the withdrawal.")
    date: dt.date | None = None
