"""Articles as a resource of the API."""

from typing import Any

from archive.core.querysets import count_of
from archive.data.schemas import ArticleDetail, ArticleRecord
from archive.listing.resources import Resource
from archive.models import Article
from archive.pages.filters import ArticleFilterSet
from policies.models import Proposal
from statements.models import Statement


def _articles() -> Any:
    rows = Article.objects.public().dated().searchable().select_related("outlet")
    statements, proposals = Statement.objects.public(), Proposal.objects.public()
    return rows.annotate(
        statement_count=count_of(statements, "article"),
        proposal_count=count_of(proposals, "article"),
    ).prefetch_related("identifiers")


ARTICLES = Resource(
    "articles",
    Article,
    ArticleRecord,
    _articles,
    ArticleDetail,
    lambda: _articles().with_open_text(),
    filterset=ArticleFilterSet,
    rests_on=("outlet",),
    named_by=(
        ("statements.statement", ("article",)),
        ("policies.proposal", ("article",)),
    ),
)
