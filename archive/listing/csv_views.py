"""Every list as a file: the same parameters, all rows and not only a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

from archive.listing import answer, csv
from archive.listing.csv import Column
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.views import FilteredListView

BATCH = 200  # rows that are loaded together


class TooManyRows(Exception):
    """More than a file may hold; the message says how to ask for less."""


class FilteredFile(FilteredListView):
    """`name` becomes the file's; `entries` may make several lines of a row, or none."""

    name: ClassVar[str]
    columns: ClassVar[Sequence[Column]]

    def get(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        filterset = self.filterset_class(request.GET, queryset=self.rows())
        if not filterset.is_valid():
            return bad_request(
                f"{name}: {' '.join(errors)}"
                for name, errors in filterset.form.errors.items()
            )
        try:
            rows = self.file_rows(filterset)
        except TooManyRows as reason:
            return bad_request([str(reason)])
        return download(request, self.name, self.columns, rows)

    def file_rows(self, filterset: ArchiveFilterSet) -> Iterable[Any]:
        """What may fail fails here, not in the middle of a file."""
        return batched(every_id(filterset), filterset.queryset)


def download(
    request: HttpRequest, name: str, columns: Sequence[Column], rows: Iterable[Any]
) -> StreamingHttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    chunks = csv.csv_chunks(columns, rows, site)
    response = StreamingHttpResponse(
        chunks, content_type="text/csv; charset=utf-8; header=present"
    )
    response.headers["Content-Disposition"] = csv.disposition(name)
    return response


def bad_request(reasons: Iterable[str]) -> HttpResponse:
    return HttpResponse(
        "\n".join([*reasons, ""]), status=400, content_type="text/plain; charset=utf-8"
    )


def every_id(filterset: ArchiveFilterSet) -> list[int]:
    """Of all results, in their order."""
    ids = answer.every_id(filterset.question)
    return (
        list(filterset.results().values_list("pk", flat=True)) if ids is None else ids
    )


def batched(ids: Sequence[int], rows: Any) -> Iterator[Any]:
    """The rows in the order of their ids, loaded a few at a time: neither memory nor
    queries grow with a row.
    """
    for start in range(0, len(ids), BATCH):
        yield from rows.with_ids(ids[start : start + BATCH])
