"""Headers of every response, including errors and redirects: security, and
revalidation of cached copies.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src "
    "'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
# What every answer has, whoever makes it; the cross-origin policies are explained in
# the README.
COMMON = {
    "Content-Security-Policy": CSP,
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Pictures that previews on other sites show, and the API, which any site may read.
SHARED = re.compile(r"/card\.png$|^/static/pictures/|^/static/icon|^/api/")


def headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in COMMON.items():
            response.headers.setdefault(name, value)
        if SHARED.search(request.path):
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        # Otherwise a browser keeps a 301 or a 410 for good, after a merge is undone or
        # a record is reinstated.
        response.headers.setdefault("Cache-Control", _asked_again(request))
        return response

    return respond


def _asked_again(request: HttpRequest) -> str:
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return "private, no-cache" if is_signed_in else "no-cache"
