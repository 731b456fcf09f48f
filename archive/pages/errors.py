"""Error pages for exceptions raised in views: 404 or 410, 400 or 413."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request, page_not_found

from archive.models.withdrawn import Gone, reason

MAX_DISCARDED = 64 * 2**20  # bytes read from an oversized request


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; or 410 with the reason, if a public record was withdrawn."""
    if not isinstance(exception, Gone):
        return page_not_found(request, exception)
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
