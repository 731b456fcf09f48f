"""Named queries of articles and corrections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from archive.core.querysets import PublicQuerySet


class ArticleQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """With `day`, the date it is sorted and filtered by."""
        return self.annotate(day=F("published_on"))

    def searchable(self) -> Self:
        """With `latest_text`, by whose words an article is found whatever its rights
        let us show.
        """
        versions = self.model._meta.get_field("versions").related_model.objects  # type: ignore[union-attr]
        newest = versions.filter(article=OuterRef("pk")).order_by("-number")
        return self.alias(latest_text=Subquery(newest.values("text")[:1]))

    def with_open_text(self) -> Self:
        """With `open_text`: the whole text, where its rights let us show it."""
        return self.annotate(
            open_text=Case(When(rights="full_text", then=F("latest_text")))
        )


class CorrectionQuerySet(PublicQuerySet):
    def of(self, records: Iterable[Any]) -> Self:
        """Those about any of `records`, newest first."""
        uids: dict[str, list[str]] = {}
        for record in records:
            uids.setdefault(record._meta.label_lower, []).append(record.uid)
        about = Q(pk__in=[])
        for table, table_uids in uids.items():
            about |= Q(table=table, record_uid__in=table_uids)
        return self.filter(about)
