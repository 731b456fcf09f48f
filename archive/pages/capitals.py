"""Capitals in the address of a record lead to the address without them."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.urls import Resolver404, resolve

from archive.models.withdrawn import Gone

RECORDS = {"article", "topic", "statement", "speaker", "proposal", "list", "record"}
MOVED = 400  # lower: the page exists, or another has its place


def without_capitals(request: HttpRequest) -> HttpResponse | None:
    """A redirect, if a public record is at the same address in lower case. Raises Gone
    if it was withdrawn.
    """
    path = request.path_info.lower()
    if path == request.path_info:
        return None
    try:
        match = resolve(path)
        if match.url_name not in RECORDS:
            return None
        if match.func(request, **match.kwargs).status_code >= MOVED:
            return None
    except Gone:
        raise
    except (Resolver404, Http404):
        return None
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response.headers["Cache-Control"] = "no-cache"
    return response
