"""Answers of the API: a page of results and a single record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from archive.core.publishing import Publishable
from archive.data import cursors
from archive.data.problems import Malformed
from archive.data.schemas import Facet, FacetValue, Page
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.page import Listing
from archive.listing.resources import Resource, all_details
from archive.listing.slices import Place, take
from archive.models.withdrawn import Gone, withdrawn
from archive.search.question import Question


class Asked(NamedTuple):
    """The parameters that are the API's own."""

    cursor: str
    size: int
    facets: bool = False


def site_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def as_json(body: BaseModel) -> HttpResponse:
    return HttpResponse(body.model_dump_json(), content_type="application/json")


def page_of(
    request: HttpRequest, resource: Resource, filterset: ArchiveFilterSet, asked: Asked
) -> Page[Any]:
    """The results of a filterset as a page."""
    if not filterset.is_valid():
        raise Malformed(filterset.form.errors)
    question, site = filterset.question, site_of(request)
    place = _place(asked, question)
    results = take(filterset, place, asked.size)
    if not asked.cursor and place.offset and place.offset >= results.total:
        raise Http404(_("There is no such page of results."))
    records = resource.records(results.ids, site)
    for pk, score in results.scores.items():
        if pk in records:
            records[pk].score = score
    listing = Listing(filterset)
    return Page(
        total=results.total,
        undated=listing.undated if asked.facets else None,
        is_relaxed=results.is_relaxed,
        is_limited=results.is_limited,
        results=list(records.values()),
        **_next(request, results.next, question),
        facets=_facets(listing) if asked.facets else [],
        html=f"{site}{reverse(resource.name)}{listing.url().rstrip('?')}",
        licence=settings.LICENCE,
    )


def plain_page(
    request: HttpRequest, name: str, rows: Any, asked: Asked, total: int
) -> Page[Any]:
    """A page of a list without parameters; `rows` slices to records of the API."""
    question, site = Question(name), site_of(request)
    place = cursor_place(asked.cursor, question)
    end = place.offset + asked.size
    return Page(
        total=total,
        results=list(rows(place.offset, end)),
        **_next(request, Place(end) if end < total else None, question),
        html=f"{site}{reverse(name)}",
        licence=settings.LICENCE,
    )


def single(request: HttpRequest, resource: Resource, key: str) -> HttpResponseBase:
    """The public record with this uid or, failing that, slug; a merged speaker leads to
    the one it was merged into.
    """
    record = found(all_details(resource), key)
    if record:
        return as_json(resource.detail_schema.of(record, site_of(request)))  # type: ignore[attr-defined]
    former = found(resource.model.objects.all(), key)
    if former and (target := getattr(former, "merged_into", None)):
        address = reverse(f"api-v1:{resource.name}-record", args=[target.uid])
        return HttpResponsePermanentRedirect(address)
    if isinstance(former, Publishable) and (gone := withdrawn(former)):
        raise Gone(gone)
    raise Http404


def found(rows: QuerySet[Any], key: str) -> Any:
    names = {field.name for field in rows.model._meta.fields}
    for name in ("uid", "slug"):
        if name in names and (record := rows.filter(**{name: key}).first()):
            return record
    return None


def cursor_place(cursor: str, question: Question) -> Place:
    if not re.fullmatch(cursors.PATTERN, cursor):
        raise Malformed({"cursor": [_("This value is not valid.")]})
    try:
        return cursors.read(cursor, question) if cursor else Place()
    except cursors.Forged:
        words = _("No list gave this cursor, or one with other filters.")
        raise Malformed({"cursor": [words]}, HTTPStatus.NOT_FOUND) from None


def _place(asked: Asked, question: Question) -> Place:
    if asked.cursor:
        return cursor_place(asked.cursor, question)
    return Place((question.page - 1) * asked.size)


def _next(
    request: HttpRequest, place: Place | None, question: Question
) -> dict[str, Any]:
    if not place:
        return {"cursor": None, "next": None}
    cursor, query = cursors.written(place, question), request.GET.copy()
    query.pop("page", None)
    query["cursor"] = cursor
    address = request.build_absolute_uri(request.path)
    return {"cursor": cursor, "next": f"{address}?{query.urlencode()}"}


def _facets(listing: Listing) -> list[Facet]:
    facets = [
        Facet(
            name=facet.name,
            label=facet.label,
            values=[
                FacetValue(value=each.value, label=each.label, count=each.count)
                for each in facet.options
            ],
        )
        for facet in listing.facets
    ]
    return [*facets, *_years(listing)]


def _years(listing: Listing) -> Sequence[Facet]:
    counts = listing.answer.count_values("year") if listing.is_dated else {}
    values = [
        FacetValue(value=year, label=year, count=counts[year])
        for year in sorted(counts, reverse=True)
    ]
    return [Facet(name="year", label=str(_("Year")), values=values)] if values else []
