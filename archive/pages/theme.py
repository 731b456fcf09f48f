"""Light or dark theme: the system's, unless a cookie says otherwise. The server renders
it into the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest) -> dict[str, str]:
    """Context processor: `theme` is light, dark, or empty for the system's."""
    theme = request.COOKIES.get(COOKIE, "")
    return {"theme": theme if theme in THEMES else ""}


def vary(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: HTML responses vary by cookie, so that shared caches keep one page
    per theme.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return respond


@csrf_exempt  # a token would set a cookie for every reader; see README.md
def switch(request: HttpRequest) -> HttpResponse:
    """Stores the theme, or deletes it (`system`), and redirects back."""
    # `redirect` would resolve a word as a view name
    response = HttpResponseRedirect(_back(request))
    if (
        request.method != "POST"
        or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    ):
        return response
    theme = request.POST.get("theme")
    cookie: dict[str, Any] = {"samesite": "Lax"}
    if theme in THEMES:
        response.set_cookie(
            COOKIE, theme, max_age=YEAR, secure=settings.HTTPS, httponly=True, **cookie
        )
    elif theme == "system":
        response.delete_cookie(COOKIE, **cookie)
    return response


def _back(request: HttpRequest) -> str:
    """The page the reader came from: the Referer, or else the form's `next`, which
    scripts may have made stale.
    """
    hosts, secure = {request.get_host()}, request.is_secure()
    for url in (request.headers.get("Referer", ""), request.POST.get("next", "")):
        if (
            url_has_allowed_host_and_scheme(url, hosts, require_https=secure)
            and "/" in url
        ):
            return url
    return "/"
