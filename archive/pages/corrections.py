"""Public corrections, clarifications and withdrawals: a page and a feed."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed as SyndicationFeed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.editing.workflow import identified_models
from archive.listing.cells import Column
from archive.listing.feeds import StableFeed, entry_id, in_xml
from archive.listing.file_views import BATCH, File
from archive.models import Correction, Setting
from archive.models.corrections import in_words

PAGE_SIZE = 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    corrections = Paginator(Correction.objects.public(), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "archive/corrections.html",
        {"page": corrections, "rows": with_records(list(corrections))},
    )


def with_records(corrections: list[Correction]) -> list[tuple[Correction, str, Any]]:
    """(correction, kind of record, record or None). A withdrawn record is None, so it
    is not named.
    """
    models = {model._meta.label_lower: model for model in identified_models()}
    public: dict[tuple[str, str], Any] = {}
    for table in {correction.table for correction in corrections} & models.keys():
        uids = [
            correction.record_uid
            for correction in corrections
            if correction.table == table
        ]
        public |= {
            (table, record.uid): record
            for record in _named(models[table].objects.public()).filter(uid__in=uids)
        }
    return [
        (
            correction,
            capfirst(models[correction.table]._meta.verbose_name)
            if correction.table in models
            else "",
            public.get((correction.table, correction.record_uid)),
        )
        for correction in corrections
    ]


def _named(rows: Any) -> Any:
    """With what `in_words` names."""
    links = {field.name for field in rows.model._meta.fields} & {"speaker", "proposal"}
    return rows.select_related(*links) if links else rows


COLUMNS = [
    Column("uid", _("Its permanent identifier."), lambda row: row[0].uid),
    Column("date", _("The day of the note."), lambda row: row[0].date),
    Column(
        "kind",
        _("correction, clarification, withdrawal or reinstatement."),
        lambda row: row[0].kind,
    ),
    Column("note", _("What was changed, and why."), lambda row: row[0].note),
    Column("record_kind", _("What kind of record it is about."), lambda row: row[1]),
    Column(
        "record_uid",
        _("The record's permanent identifier, as in the other files."),
        lambda row: row[0].record_uid,
    ),
    Column(
        "record_address",
        _("Its permanent address; of a withdrawn record, a page with the reason."),
        lambda row: f"/id/{row[0].record_uid}/",
        is_path=True,
    ),
    Column(
        "record",
        _("The record in words; empty if readers cannot see it."),
        lambda row: in_words(row[2]) if row[2] else "",
    ),
]


class CorrectionFile(File):
    name, columns = "corrections", COLUMNS

    def every_row(self) -> Iterator[tuple[Correction, str, Any]]:
        corrections = Correction.objects.public().iterator(chunk_size=BATCH)
        while batch := list(itertools.islice(corrections, BATCH)):
            yield from with_records(batch)


class Feed(SyndicationFeed):
    feed_type = StableFeed
    title = _("On Record: corrections")
    link = reverse_lazy("corrections")
    subtitle = _("What was corrected, clarified or withdrawn.")

    def feed_guid(self) -> str:
        return Setting.objects.feed_id()

    def author_name(self) -> str:
        return settings.OPERATOR or gettext("On Record")

    def items(self) -> list[tuple[Correction, str, Any]]:
        return with_records(list(Correction.objects.public()[:PAGE_SIZE]))

    def item_title(self, item: Any) -> str:
        correction, kind, record = item
        named = f"{kind}: {in_words(record)}" if record else kind
        return in_xml(f"{correction.get_kind_display()}: {named}")

    def item_description(self, item: Any) -> str:
        return in_xml(item[0].note)

    def item_link(self, item: Any) -> str:
        """The record, or the note where the record is not public."""
        correction, _kind, record = item
        return (record or correction).get_absolute_url()

    def item_guid(self, item: Any) -> str:
        return entry_id(item[0].uid)

    def item_pubdate(self, item: Any) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(item[0].date, dt.time()))

    def item_updateddate(self, item: Any) -> dt.datetime:
        return item[0].updated_at
