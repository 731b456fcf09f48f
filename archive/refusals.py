"""What Django answers when a view raises: 404 or 410, 400 or 413."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request, page_not_found

from archive.gone import Gone, reason


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; or 410 with the reason, where something public was withdrawn."""
    if not isinstance(exception, Gone):
        return page_not_found(request, exception)
    context = {"record": exception.record, "reason": reason(exception.record)}
    return render(request, "410.html", context, status=410)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; or 413, where a form is longer than the archive takes."""
    if not isinstance(exception, RequestDataTooBig):
        return bad_request(request, exception)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return render(request, "413.html", {"most": most}, status=413)
