"""The articles that editors are working on."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Greatest

from archive.editing.authorship import usernames, with_maker
from archive.models import Article, SuggestionState

MOST = 50


def unfinished() -> dict[str, Any]:
    """The drafts and submitted articles, the one changed last first."""
    rows = with_maker(Article.objects.unfinished()).annotate(
        open_count=Count(
            "suggestions", filter=Q(suggestions__state=SuggestionState.OPEN)
        ),
        changed_at=Greatest(F("updated_at"), Max("suggestions__changed_at")),
    )
    names = usernames()
    articles = list(rows.select_related("outlet").order_by("-changed_at", "-pk")[:MOST])
    return {
        "articles": [(article, names.get(article.maker, "")) for article in articles],
        "article_count": Article.objects.unfinished().count(),
    }
