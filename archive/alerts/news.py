"""What became public, was corrected or was withdrawn since a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from archive.listing.documents import Kind
from archive.models import Article, Correction, CorrectionKind, SentRecord
from archive.pages.documents import KINDS as OF_ARTICLES
from archive.search.schema import IndexDocument, Unindexed
from policies.documents import KINDS as OF_POLICIES
from policies.models import Position, Proposal
from statements.documents import KINDS as OF_STATEMENTS
from statements.models import Statement

# A record is public as soon as the last of these is.
APPEARED = {
    Article: ("first_published_at",),
    Statement: ("first_published_at", "article__first_published_at"),
    Proposal: (
        "first_published_at",
        "article__first_published_at",
        "proposal_list__first_published_at",
    ),
    Position: (
        "first_published_at",
        "proposal__first_published_at",
        "proposal__article__first_published_at",
        "proposal__proposal_list__first_published_at",
    ),
}
KINDS = {
    kind.model: kind
    for kind in (*OF_STATEMENTS, *OF_POLICIES, *OF_ARTICLES)
    if kind.model in APPEARED
}
# A transaction that began before a digest may commit after it.
LATE = dt.timedelta(minutes=10)


def documents(since: dt.datetime) -> Iterator[tuple[Any, IndexDocument, dt.datetime]]:
    """(model, document, when it became public) of what is public now."""
    for model, kind in KINDS.items():
        appeared = dict(_appeared(model, since))
        for document in _readable(kind, appeared):
            yield model, document, appeared[document.pk]


def _appeared(model: Any, since: dt.datetime) -> Iterable[tuple[int, dt.datetime]]:
    """PostgreSQL's greatest() ignores what is empty."""
    times = APPEARED[model]
    moment: Any = Greatest(*times) if times[1:] else F(*times)
    rows = model.objects.public().alias(appeared=moment).filter(appeared__gt=since)
    pairs: QuerySet[Any, Any] = rows.order_by("pk").values_list("pk", moment)
    return pairs.iterator()


def _readable(kind: Kind, pks: Iterable[int]) -> Iterator[IndexDocument]:
    for document in kind.index_documents(pks):
        if not isinstance(document, Unindexed):
            yield document


def corrections(since: dt.datetime) -> dict[tuple[str, str], list[Correction]]:
    """By table and uid of the record; a withdrawal is found by `withdrawn`."""
    rows = Correction.objects.public().filter(first_published_at__gt=since)
    by_record: dict[tuple[str, str], list[Correction]] = {}
    for row in rows.exclude(kind=CorrectionKind.WITHDRAWAL).order_by("pk"):
        by_record.setdefault((row.table, row.record_uid), []).append(row)
    return by_record


def withdrawn() -> set[tuple[str, str]]:
    """(table, uid) of the records that were sent to somebody and are not public now."""
    gone = set()
    tables = SentRecord.objects.filter(is_withdrawn=False).order_by()
    for table in tables.values_list("table", flat=True).distinct():
        rows = tables.filter(table=table)
        public = apps.get_model(table)._default_manager.public()
        missing = rows.exclude(record_uid__in=public.values("uid"))
        uids = missing.values_list("record_uid", flat=True).distinct()
        gone |= {(table, uid) for uid in uids}
    return gone
