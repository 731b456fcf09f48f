"""Every list as an Atom feed: the same parameters, newest publication first.

An entry has the permanent identifier of its record, whatever feed it is in. A record
that is corrected is updated; one that is withdrawn leaves. A feed has pages (RFC 5005).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F, IntegerField, Value
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.generic import View

from archive.listing.file_views import bad_request, ranked_ids
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.views import FilteredListView
from archive.models import Correction, Setting

PAGE_SIZE = 50
NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# XML 1.0 cannot hold these characters, not even escaped.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: object) -> str:
    return NOT_IN_XML.sub("", str(text))


class StableFeed(Atom1Feed):
    """A feed without entries has a fixed date, so that unchanged feeds are
    identical.
    """

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else NEVER


class PagedFeed(StableFeed):
    """With links to the pages before and after this one."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, href in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": href})


@dataclass(frozen=True)
class Kind:
    """How a feed shows the records of a model: `template` shows a record, `title` names
    it on one line. `rows` are the public ones with all that both read.
    """

    name: str
    rows: Callable[[], Any]
    title: Callable[[Any], str]
    template: str


@dataclass(frozen=True)
class Page:
    """The records on a page of a feed, each with its kind, and whether more follow."""

    number: int
    records: Sequence[tuple[Kind, Any]]
    has_more: bool


class FilteredFeed(FilteredListView):
    """A filtered list as a feed."""

    kind: ClassVar[Kind]
    title: ClassVar[Any]

    def get(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        rows = self.kind.rows()
        filterset = self.filterset_class(request.GET, queryset=rows)
        if not filterset.is_valid():
            return bad_request(
                f"{name}: {' '.join(errors)}"
                for name, errors in filterset.form.errors.items()
            )
        question = filterset.question
        pairs = [
            (parameter.name, value)
            for parameter in question.parameters
            for value in parameter.values
        ]
        query = urlencode(pairs)
        found = ids_on_page(matching(filterset), question.page)
        records = [(self.kind, row) for row in rows.with_ids(found[:PAGE_SIZE])]
        page = Page(question.page, records, len(found) > PAGE_SIZE)
        title = f"{self.title}: {in_words(pairs)}" if pairs else str(self.title)
        return written(request, title, query, page)


class ListFeed(View):
    """A list without parameters as a feed."""

    http_method_names = ["get", "head"]
    kind: ClassVar[Kind]
    title: ClassVar[Any]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        number = page_number(request)
        if not number:
            return bad_request([gettext("page: Enter a whole number.")])
        page = newest([(self.kind, self.kind.rows())], number)
        return written(request, str(self.title), "", page)


def page_number(request: HttpRequest) -> int:
    """Which page of a feed is asked for; 0 if that is malformed."""
    typed = request.GET.get("page") or "1"
    return int(typed) if re.fullmatch("[1-9][0-9]{0,8}", typed, re.ASCII) else 0


def newest(sources: Sequence[tuple[Kind, Any]], number: int) -> Page:
    """A page of the newest records of several kinds together."""
    start = (number - 1) * PAGE_SIZE
    parts = [
        rows.order_by()
        .annotate(source=Value(place, IntegerField()))
        .values_list("first_published_at", "source", "pk")
        for place, (_kind, rows) in enumerate(sources)
    ]
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    order = F("first_published_at").desc(nulls_last=True)
    found = list(union.order_by(order, "source", "-pk")[start : start + PAGE_SIZE + 1])
    loaded = {
        (place, row.pk): (kind, row)
        for place, (kind, _rows) in enumerate(sources)
        for row in kind.rows().with_ids(
            [pk for _published, source, pk in found[:PAGE_SIZE] if source == place]
        )
    }
    keys = [(source, pk) for _published, source, pk in found[:PAGE_SIZE]]
    records = [loaded[key] for key in keys if key in loaded]
    return Page(number, records, len(found) > PAGE_SIZE)


def matching(filterset: ArchiveFilterSet) -> Any:
    """The rows that the list has, in any order."""
    ids = ranked_ids(filterset)
    return filterset.qs if ids is None else filterset.queryset.filter(pk__in=ids)


def ids_on_page(rows: Any, number: int) -> list[int]:
    """The primary keys of a page and of the first row after it."""
    start = (number - 1) * PAGE_SIZE
    newest = rows.newest_published().values_list("pk", flat=True)
    return list(newest[start : start + PAGE_SIZE + 1])


def in_words(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in pairs)


def written(
    request: HttpRequest, title: str, query: str, page: Page
) -> HttpResponseBase:
    """The answer with a page of a feed. The query has the parameters of the list, in
    one order, without the page.
    """
    path = request.path
    site = request.build_absolute_uri("/").rstrip("/")
    feed = PagedFeed(
        title=in_xml(f"{gettext('On Record')}: {title}"),
        link=f"{site}{path.removesuffix('.atom')}/{f'?{query}' if query else ''}",
        description=None,
        language=translation.get_language(),
        author_name=settings.OPERATOR or gettext("On Record"),
        feed_url=request.build_absolute_uri(),
        feed_guid=feed_id(f"{path}?{query}"),
        pages=_pages(f"{site}{path}", query, page),
    )
    notes = corrections([record for _kind, record in page.records])
    for kind, record in page.records:
        feed.add_item(**_entry(kind, record, notes.get(record.uid, ()), site))
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def feed_id(address: str) -> str:
    """The same for this list at every address of the archive."""
    name = f"{Setting.objects.feed_id()} {address}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def entry_id(uid: str) -> str:
    return f"urn:on-record:{uid}"


def corrections(records: Sequence[Any]) -> Mapping[str, Sequence[Correction]]:
    """The public notes on each record by its identifier, newest first."""
    notes: dict[str, list[Correction]] = {}
    if records:
        for note in Correction.objects.public().of(records):
            notes.setdefault(note.record_uid, []).append(note)
    return notes


def _pages(address: str, query: str, page: Page) -> dict[str, str]:
    numbers = {"first": 1}
    if page.number > 1:
        numbers["previous"] = page.number - 1
    if page.has_more:
        numbers["next"] = page.number + 1
    return {rel: _page_url(address, query, number) for rel, number in numbers.items()}


def _page_url(address: str, query: str, number: int) -> str:
    parts = [query] if query else []
    parts += [f"page={number}"] if number > 1 else []
    return f"{address}?{'&'.join(parts)}" if parts else address


def _entry(
    kind: Kind, record: Any, notes: Sequence[Correction], site: str
) -> dict[str, Any]:
    context = {"record": record, "site": site, "notes": notes}
    published = record.first_published_at or NEVER
    changed = getattr(record, "updated_at", None)
    return {
        "title": in_xml(kind.title(record)),
        "link": f"{site}{record.get_absolute_url()}",
        "description": in_xml(render_to_string(kind.template, context).strip()),
        "unique_id": entry_id(record.uid),
        "pubdate": published,
        "updateddate": max(
            [published, changed or NEVER, *(note.updated_at for note in notes)]
        ),
    }
