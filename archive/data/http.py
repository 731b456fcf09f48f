"""What every answer below /api/ has: CORS without credentials, HEAD, OPTIONS, and
errors as problem+json, whoever made them.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from archive.data.problems import CONTENT_TYPE, problem

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def api(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Cookies change nothing here, so any site may read the answers."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={**CORS, **PREFLIGHT})
        response = _answer(request, get_response)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response = _as_problem(response)
        for name, value in CORS.items():
            response.headers[name] = value
        return response

    return respond


def _answer(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """HEAD is answered like GET; the server leaves out the body."""
    method = request.method
    if method == "HEAD":
        request.method = "GET"
    try:
        return get_response(request)
    finally:
        request.method = method


def _as_problem(response: HttpResponse) -> HttpResponse:
    if response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    plain = problem(response.status_code)
    for name in ("Retry-After", "Cache-Control"):
        if name in response.headers:
            plain.headers[name] = response.headers[name]
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        plain.headers["Allow"] = METHODS
    return plain
