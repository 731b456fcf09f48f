"""What the index holds of articles."""

from __future__ import annotations

from django.db.models import F

from archive.listing.documents import Kind
from archive.models import Article
from archive.pages.filters import ArticleFilterSet

KINDS = [
    Kind(
        ArticleFilterSet,
        lambda: (
            Article.objects.public()
            .dated()
            .searchable()
            .annotate(latest_text=F("latest_text"))
        ),
        rests_on=(
            "outlet",
            "statements__speaker",
            "statements__topics",
            "proposals__topics",
        ),
        gathers=("statements", "proposals"),
    )
]
