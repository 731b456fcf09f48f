from __future__ import annotations

from typing import Any, Self

from django.db.models import Prefetch
from django.db.models.functions import Coalesce

from archive.core.querysets import PublicQuerySet

# Into an attribute: Django makes a manager and a queryset for each speaker where it
# fills `roles` itself.
ROLES = Prefetch("speaker__roles", to_attr="known_roles")


ROW_FIELDS = [
    *(
        "uid",
        "form",
        "text",
        "context",
        "attribution",
        "occasion",
        "said_on",
        "said_precision",
        "said_is_inferred",
    ),
    *(f"speaker__{name}" for name in ("kind", "name", "slug", "article")),
    *(
        f"article__{name}"
        for name in (
            "headline",
            "headline_is_supplied",
            "slug",
            "language",
            "url",
            "published_on",
        )
    ),
    *(
        "article__published_precision",
        "article__published_is_inferred",
        "article__outlet__name",
    ),
]


class SpeakerQuerySet(PublicQuerySet):
    def listed(self) -> Self:
        """Those who have a page and stand in lists and facets: no unnamed groups of an
        article, nobody merged.
        """
        return self.filter(article__isnull=True, merged_into__isnull=True)


class StatementQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """With `day`: when it was said, else the article's date."""
        return self.annotate(day=Coalesce("said_on", "article__published_on"))

    def with_sources(self) -> Self:
        """Everything a row shows, in a fixed number of queries."""
        return self.with_articles().prefetch_related(ROLES)

    def as_rows(self) -> Self:
        """What a list shows of each: its sources and positions, and no more columns
        than that.
        """
        return self.with_sources().with_positions().only(*ROW_FIELDS)

    def with_articles(self) -> Self:
        """With who said it and where, but not in what role."""
        return self.select_related("speaker", "article__outlet")

    def with_positions(self) -> Self:
        """With `public_positions`: those it is evidence for."""
        return self.prefetch_related(
            Prefetch("positions", self.positions(), to_attr="public_positions")
        )

    def positions(self) -> Any:
        """The public ones, as they are shown beside what they rest on."""
        position: Any = self.model._meta.get_field("positions").related_model
        rows = (
            position.objects.public()
            .select_related("proposal", "speaker")
            .order_by("id")
        )
        return rows.only(
            "uid",
            "stance",
            "basis",
            "speaker__name",
            "proposal__slug",
            "proposal__title",
        )
