from __future__ import annotations

from typing import Self

from django.db.models.functions import Coalesce

from archive.querysets import PublicQuerySet


class SpeakerQuerySet(PublicQuerySet):
    def listed(self) -> Self:
        """Those who stand in lists and facets: not the unnamed groups of single articles."""
        return self.filter(article__isnull=True)


class StatementQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """With `day`: when it was said, else the article's date."""
        return self.annotate(day=Coalesce("said_on", "article__published_on"))

    def with_sources(self) -> Self:
        """Everything `_statement.html` shows, in a fixed number of queries."""
        return self.select_related("speaker", "article__outlet").prefetch_related("speaker__roles")
