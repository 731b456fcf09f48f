"""Headers of every response, including errors and redirects: security, and
revalidation of cached copies.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src "
    "'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), browsing-topics=()"


def headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = CSP
        response.headers["Permissions-Policy"] = PERMISSIONS
        # Otherwise a browser keeps a 301 or a 410 for good, after a merge is undone or
        # a record is reinstated.
        response.headers.setdefault("Cache-Control", _asked_again(request))
        return response

    return respond


def _asked_again(request: HttpRequest) -> str:
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return "private, no-cache" if is_signed_in else "no-cache"
