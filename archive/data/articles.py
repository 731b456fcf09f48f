"""Articles as a resource of the API."""

from archive.data.schemas import ArticleDetail, ArticleRecord
from archive.listing.resources import Resource
from archive.models import Article
from archive.pages.articles import ArticleFile
from archive.pages.filters import ArticleFilterSet

ARTICLES = Resource(
    "articles",
    Article,
    ArticleRecord,
    lambda: ArticleFile().rows(),
    ArticleDetail,
    lambda: ArticleFile().rows(),
    filterset=ArticleFilterSet,
    rests_on=("outlet",),
    named_by=(
        ("statements.statement", ("article",)),
        ("policies.proposal", ("article",)),
    ),
)
