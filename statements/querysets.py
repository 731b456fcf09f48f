from __future__ import annotations

from typing import Any, Self

from django.db.models import Prefetch
from django.db.models.functions import Coalesce

from archive.core.querysets import PublicQuerySet


class SpeakerQuerySet(PublicQuerySet):
    def listed(self) -> Self:
        """Those who have a page and stand in lists and facets: no unnamed groups of an article, nobody merged."""
        return self.filter(article__isnull=True, merged_into__isnull=True)


class StatementQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """With `day`: when it was said, else the article's date."""
        return self.annotate(day=Coalesce("said_on", "article__published_on"))

    def with_sources(self) -> Self:
        """Everything `_statement.jinja` shows, in a fixed number of queries."""
        return self.with_articles().prefetch_related("speaker__roles")

    def with_articles(self) -> Self:
        """With who said it and where, but not in what role."""
        return self.select_related("speaker", "article__outlet", "reported_by")

    def with_positions(self) -> Self:
        """With `public_positions`: those it is evidence for."""
        return self.prefetch_related(Prefetch("positions", self.positions(), to_attr="public_positions"))

    def positions(self) -> Any:
        """The public ones, as they are shown beside what they rest on."""
        position: Any = self.model._meta.get_field("positions").related_model
        return position.objects.public().select_related("proposal", "speaker").order_by("id")
