"""Every list as a file: the same parameters, all rows instead of one page."""

from __future__ import annotations

import io
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import IO, Any, ClassVar

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.generic import View

from archive.listing import answer
from archive.listing.cells import Block, Column, batched
from archive.listing.field_rows import FieldBlock, Loader, field_blocks
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.formats import CSV, Format
from archive.listing.views import FilteredListView

BATCH = 200  # records per query
BLOCK = 1_000  # rows of which only the fields are read
MAX_AT_ONCE = 2  # files that a process writes; its other threads stay free for pages
RETRY_AFTER = 10  # seconds
MAX_IN_MEMORY = 2**20  # bytes of a file; a longer one is kept on disk while it is sent
PIECE = 2**15  # bytes that are sent at once


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
    format: Format = CSV

    def every_row(self) -> Iterable[Any]:
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponseBase:
        rows = self.every_row()
        if isinstance(rows, QuerySet):
            rows = rows.iterator(chunk_size=BATCH)
        return download(request, self.format, self.name, self.columns, in_blocks(rows))


class FilteredFile(FilteredListView):
    """All rows of a filtered list. `lines` may make several lines of a row, or none."""

    name: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    format: Format = CSV

    def get(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        filterset = self.filterset_class(request.GET, queryset=self.rows())
        if not filterset.is_valid():
            return bad_request(
                f"{name}: {' '.join(errors)}"
                for name, errors in filterset.form.errors.items()
            )
        try:
            blocks = self.blocks(filterset)
        except TooManyRows as reason:
            return bad_request([str(reason)])
        return download(request, self.format, self.name, self.columns, blocks)

    def blocks(self, filterset: ArchiveFilterSet) -> Iterable[Block]:
        return in_blocks(self.lines(every_record(filterset)))

    def lines(self, records: Iterable[Any]) -> Iterable[Any]:
        return records


class FieldsFile(FilteredFile):
    """A file of which only the fields are read, for long lists: records cost ten times
    as much. `loaders` gives the fields that are no columns of the query.
    """

    loaders: ClassVar[dict[str, type[Loader]]] = {}

    def blocks(self, filterset: ArchiveFilterSet) -> Iterator[FieldBlock]:
        loaders = {lookup: loader() for lookup, loader in self.loaders.items()}
        ids = ranked_ids(filterset)
        if ids is None:
            yield from field_blocks(filterset.results(), self.columns, loaders, BLOCK)
            return
        for block in batched(ids, BLOCK):
            rows = filterset.queryset.filter(pk__in=block)
            yield from field_blocks(rows, self.columns, loaders, BLOCK, block)


def every_record(filterset: ArchiveFilterSet) -> Iterator[Any]:
    """The records of all results, in order: read from a cursor of the database, or by
    the ids in which the index ranks them.
    """
    ids = ranked_ids(filterset)
    if ids is None:
        records = filterset.results().iterator(chunk_size=BATCH)
        for rows in batched(records, BATCH):
            filterset.complete(rows)
            yield from rows
        return
    for block in batched(ids, BATCH):
        yield from filterset.load(block)


def ranked_ids(filterset: ArchiveFilterSet) -> list[int] | None:
    """Ids of all results for searched words; None if the database answers."""
    question = filterset.question
    return answer.every_id(question) if question.text.typed else None


def in_blocks(rows: Iterable[Any]) -> Iterator[Block]:
    return map(Block, batched(rows, BATCH))


def download(
    request: HttpRequest,
    form: Format,
    name: str,
    columns: Sequence[Column],
    blocks: Iterable[Block],
) -> HttpResponseBase:
    """The file as an attachment, written completely before the response starts; 503
    while as many files as may be are written.

    An error therefore gives a 5xx, and the Content-Length lets clients detect a
    truncated download.
    """
    site = request.build_absolute_uri("/").rstrip("/")
    turns = _turns
    if not turns.acquire(blocking=False):
        return _busy()
    try:
        file = _written(form.write(columns, blocks, site))
    except BaseException:
        turns.release()
        raise
    response = Download(file, content_type=form.content_type)
    response.hold(turns, is_long=not isinstance(file, io.BytesIO))
    response.headers["Content-Disposition"] = form.disposition(name)
    response.block_size = PIECE
    return response


class Download(FileResponse):
    """A long file keeps its turn until it is sent or its client is gone, because a
    client that reads slowly keeps a thread.
    """

    def hold(self, turns: threading.Semaphore, is_long: bool) -> None:
        self.give_back = weakref.finalize(self, turns.release)
        if not is_long:
            self.give_back()

    def close(self) -> None:
        super().close()
        self.give_back()


def _written(pieces: Iterable[str]) -> IO[bytes]:
    """A file of all pieces, in memory or, if it is long, on disk; read from its
    start.
    """
    file: IO[bytes] = io.BytesIO()
    for piece in pieces:
        file.write(piece.encode())
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
