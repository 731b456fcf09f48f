"""Every list as a CSV file: the same parameters, all rows instead of one page."""

from __future__ import annotations

import io
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import IO, Any, ClassVar

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.generic import View

from archive.listing import answer, csv
from archive.listing.csv import Column
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.views import FilteredListView

BATCH = 200  # rows per query
MAX_AT_ONCE = 2  # files that a process writes; its other threads stay free for pages
RETRY_AFTER = 10  # seconds
MAX_IN_MEMORY = 2**20  # bytes of a file; a longer one is kept on disk while it is sent


_turns = threading.BoundedSemaphore(MAX_AT_ONCE)


class TooManyRows(Exception):
    """The file would be too large; the message says how to narrow the request."""


class File(View):
    """All rows of a list that has no parameters. `name` becomes part of the file
    name.
    """

    http_method_names = ["get", "head"]
    name: ClassVar[str]
    columns: ClassVar[Sequence[Column]]

    def every_row(self) -> Iterable[Any]:
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponseBase:
        rows = self.every_row()
        if isinstance(rows, QuerySet):
            rows = rows.iterator(chunk_size=BATCH)
        return download(request, self.name, self.columns, rows)


class FilteredFile(FilteredListView):
    """`file_rows` may yield several lines per row, or none."""

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
        return batched(every_id(filterset), filterset.load)


def download(
    request: HttpRequest, name: str, columns: Sequence[Column], rows: Iterable[Any]
) -> HttpResponseBase:
    """The file as an attachment, written completely before the response starts; 503
    while as many files as may be are written.

    An error therefore gives a 5xx, and the Content-Length lets clients detect a
    truncated download.
    """
    site = request.build_absolute_uri("/").rstrip("/")
    if not _turns.acquire(blocking=False):
        return _busy()
    try:
        file = _written(csv.csv_chunks(columns, rows, site))
    finally:
        _turns.release()
    response = FileResponse(file, content_type=csv.CONTENT_TYPE)
    response.headers["Content-Disposition"] = csv.disposition(name)
    response.block_size = csv.CHUNK_SIZE
    return response


def _written(chunks: Iterable[str]) -> IO[bytes]:
    """A file of all chunks, in memory or, if it is long, on disk; read from its
    start.
    """
    file: IO[bytes] = io.BytesIO()
    for chunk in chunks:
        file.write(chunk.encode())
        if isinstance(file, io.BytesIO) and file.tell() > MAX_IN_MEMORY:
            start, file = file.getvalue(), tempfile.TemporaryFile()  # noqa: SIM115
            file.write(start)
    file.seek(0)
    return file


def _busy() -> HttpResponse:
    words = _("Other files are being written. Try again in a few seconds.")
    response = _in_words([words], HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response


def bad_request(reasons: Iterable[str]) -> HttpResponse:
    return _in_words(reasons, HTTPStatus.BAD_REQUEST)


def _in_words(sentences: Iterable[str], status: int) -> HttpResponse:
    text = "\n".join([*sentences, ""])
    plain = "text/plain; charset=utf-8"
    return HttpResponse(text, status=status, content_type=plain)


def every_id(filterset: ArchiveFilterSet) -> list[int]:
    """Ids of all results, in order."""
    ids = answer.every_id(filterset.question)
    return (
        list(filterset.results().values_list("pk", flat=True)) if ids is None else ids
    )


def batched(
    ids: Sequence[int], load: Callable[[Sequence[int]], Iterable[Any]]
) -> Iterator[Any]:
    """The rows in the order of their ids, loaded in batches to bound memory and
    queries.
    """
    for start in range(0, len(ids), BATCH):
        yield from load(ids[start : start + BATCH])
