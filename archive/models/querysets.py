"""QuerySets of articles and corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from archive.core.publishing import Status
from archive.core.querysets import PublicQuerySet


class ArticleQuerySet(PublicQuerySet):
    def unfinished(self) -> Self:
        """Drafts and articles in review."""
        return self.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))

    def dated(self) -> Self:
        """Adds `day`, the date for sorting and filtering."""
        return self.annotate(day=F("published_on"))

    def searchable(self) -> Self:
        """Adds `latest_text`: articles are found by their full text, even if their
        rights do not allow showing it.
        """
        version: Any = self.model._meta.get_field("versions").related_model
        versions = version.objects
        newest = versions.filter(article=OuterRef("pk")).order_by("-number")
        return self.alias(latest_text=Subquery(newest.values("text")[:1]))

    def with_open_text(self) -> Self:
        """Adds `open_text`: the full text, if its rights allow showing it."""
        return self.annotate(
            open_text=Case(When(rights="full_text", then=F("latest_text")))
        )


class CorrectionQuerySet(PublicQuerySet):
    def of(self, records: Iterable[Any]) -> Self:
        """Corrections of any of `records`, newest first."""
        uids: dict[str, list[str]] = {}
        for record in records:
            uids.setdefault(record._meta.label_lower, []).append(record.uid)
        about = Q(pk__in=[])
        for table, table_uids in uids.items():
            about |= Q(table=table, record_uid__in=table_uids)
        return self.filter(about)

    def made_since(self, moment: dt.datetime) -> Self:
        """Corrections and clarifications of later transactions than that which
        began at `moment`, according to their history.
        """
        events: Any = self.model.pgh_event_model.objects  # type: ignore[attr-defined]
        made = events.filter(pgh_label="insert", pgh_created_at__gt=moment)
        return self.filter(
            Exists(made.filter(pgh_obj_id=OuterRef("pk"))),
            kind__in=["correction", "clarification"],
        )
