"""The parameters of the list of articles."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.listing.filters import (
    SinceFilter,
    SortFilter,
    TopicsOfArticleFilter,
    UntilFilter,
    ValuesFilter,
)
from archive.listing.filterset import BY_RELEVANCE, ArchiveFilterSet
from archive.listing.text_filter import TextFilter
from archive.models import Article


class ArticleFilterSet(ArchiveFilterSet):
    type = "articles"
    facet_names = ("speaker", "topic", "outlet", "kind")

    q = TextFilter(
        "headline",
        "summary",
        "byline",
        "outlet__name",
        "latest_text",
        titles=("headline",),
        sense=("headline", "summary", "latest_text"),
        explained={"byline": _("Written by:")},
        hidden={"latest_text": _("Found in the text of the source.")},
    )
    speaker = ValuesFilter(
        "speaker__slug",
        _("Speaker"),
        relation="statements",
        listed=Q(speaker__article=None),
    )
    topic = TopicsOfArticleFilter("topics__slug", _("Topic"), relation="statements")
    outlet = ValuesFilter("outlet__slug", _("Outlet"))
    kind = ValuesFilter("kind", _("Kind"), is_choice=True)
    since = SinceFilter(label=_("From"))
    until = UntilFilter(label=_("To"))
    sort = SortFilter(BY_RELEVANCE)

    class Meta:
        model = Article
        fields = ()
