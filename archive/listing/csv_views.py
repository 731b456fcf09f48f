"""Every list as a CSV file: the same parameters, all rows instead of one page."""

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

BATCH = 200  # rows per query


class TooManyRows(Exception):
    """The file would be too large; the message says how to narrow the request."""


class FilteredFile(FilteredListView):
    """`name` becomes part of the file name. `file_rows` may yield several lines per
    row, or none.
    """

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
        """Errors must be raised here, before the response starts streaming."""
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
    """Ids of all results, in order."""
    ids = answer.every_id(filterset.question)
    return (
        list(filterset.results().values_list("pk", flat=True)) if ids is None else ids
    )


def batched(ids: Sequence[int], rows: Any) -> Iterator[Any]:
    """The rows in the order of their ids, loaded in batches to bound memory and
    queries.
    """
    for start in range(0, len(ids), BATCH):
        yield from rows.with_ids(ids[start : start + BATCH])
