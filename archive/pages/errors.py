"""Error pages for exceptions: 404 or 410, 400 or 413, 500 or 503."""

from __future__ import annotations

import sys

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.defaults import bad_request, page_not_found, server_error

from archive.editing.deletions import deleted_page
from archive.models.withdrawn import Gone, reason
from archive.pages.capitals import without_capitals

# The database is away, is starting, or has no connection free. The pool's own errors,
# such as PoolTimeout, are the driver's OperationalError.
AWAY = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
RETRY_AFTER = 10  # seconds; `up` starts a killed database again within 5
MAX_DISCARDED = 64 * 2**20  # bytes read from an oversized request


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; or 410 with the reason, if a public record was withdrawn; or a redirect, if
    only capitals in the address are wrong. In the admin, a page that says so if the
    record was deleted.
    """
    if not isinstance(exception, Gone):
        try:
            return (
                without_capitals(request)
                or deleted_page(request)
                or page_not_found(request, exception)
            )
        except Gone as withdrawn:
            exception = withdrawn
    context = {"record": exception.record, "reason": reason(exception.record)}
    return render(request, "410.html", context, status=410)


def discard_body(request: HttpRequest) -> None:
    """Reads the rest of the request; otherwise the browser reports a broken connection
    instead of the response.
    """
    remaining = MAX_DISCARDED
    while remaining > 0 and (
        chunk := request.read(2**16)
    ):  # a parser may have read part of it
        remaining -= len(chunk)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; or 413 if a form exceeds the size limit."""
    if not isinstance(exception, RequestDataTooBig):
        return bad_request(request, exception)
    discard_body(request)
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return render(request, "413.html", {"most": limit}, status=413)


def fault(request: HttpRequest) -> HttpResponse:
    """500; or 503 if the exception says that the database cannot be reached.

    Django calls this for exceptions of views and of middleware alike, while it handles
    them.
    """
    return (
        unavailable(request)
        if isinstance(sys.exc_info()[1], AWAY)
        else (server_error(request))
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 without a query: a page, or a line of text in place of a file."""
    if "." in request.path.rpartition("/")[2]:
        words = _("The archive cannot reach its database. Try again in a moment.")
        response = HttpResponse(
            f"{words}\n", status=503, content_type="text/plain; charset=utf-8"
        )
    else:
        response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response
