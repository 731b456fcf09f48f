"""ETags of anonymous pages and files, and 304 for what has not changed.

A tag names all that a page is made of: the database and its revision, the commit of the
search index, the code and settings, the day, and the request's URL and theme. The
revision is read before the rows, so a page can be newer than its tag, never older.
What else an answer can rest on, such as a fault of the index that may pass, gives a
page without a tag (`will_not_last`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from archive import meaning, search
from archive.core.caches import constant
from archive.core.revision import archive_revision, one_revision
from archive.listing.answer import database
from archive.pages import page_cache
from archive.pages.theme import chosen

Response = HttpResponseBase
# signed-in pages, pages with a form's token, and those that read no record
NEVER = ("/admin/", "/report/", "/follow/", "/theme/", "/healthz", "/robots.txt")
# what a page is made of, beside the rows
CODE = (
    *("archive/**/*.py", "statements/**/*.py", "policies/**/*.py", "templates/**/*"),
    "static/**/*",  # a page names them with a digest of what they hold
    "requirements/run.txt",
)
CODE_SETTINGS = ("OPERATOR", "CONTACT", "LICENCE")


def conditional(
    get_response: Callable[[HttpRequest], Response],
) -> Callable[[HttpRequest], Response]:
    """Middleware: a tag on what may have one; 304, or the page that was made before,
    without reading rows.
    """

    def respond(request: HttpRequest) -> Response:
        if not is_conditional(request):
            return get_response(request)
        with one_revision() as revision:
            tag = etag(request)
            if unchanged := get_conditional_response(request, etag=tag):
                return with_tag(unchanged, tag)
            if known := page_cache.cached(request, tag):
                return with_tag(known, tag)
            response = get_response(request)
        is_whole = response.status_code == 200 and is_shared(response)
        if is_whole and revision.is_lasting:
            if not revision.is_counted:
                page_cache.keep(request, tag, response)
            return with_tag(response, tag)
        return response

    return respond


def is_conditional(request: HttpRequest) -> bool:
    """Whether a page of this request may have a tag."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(NEVER)
        and request.headers.get("If-None-Match") != "*"  # names no page that was seen
    )


def is_shared(response: Response) -> bool:
    """Whether the response holds nothing that was made for one reader."""
    return not response.cookies and "Cache-Control" not in response.headers


def with_tag(response: Response, tag: str) -> Response:
    response.headers["ETag"] = tag
    patch_vary_headers(response, ["Cookie"])
    return response


def etag(request: HttpRequest) -> str:
    """A strong tag, in quotation marks; asks for the archive's revision."""
    parts = (
        database(),
        archive_revision(),
        search.index().newest_stamp,
        meaning.stamp(),
        _code(),
        _today(),
        request.build_absolute_uri(),
        chosen(request)["theme"],
        translation.get_language(),
    )
    return f'"{_digest(repr(parts).encode())}"'


def _today() -> dt.date:
    return timezone.localdate()


@constant
def _code() -> str:
    """A digest of the code, templates, static files and settings that pages show."""
    digest = hashlib.sha256()
    for pattern in CODE:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    for name in CODE_SETTINGS:
        digest.update(repr(getattr(settings, name)).encode())
    return digest.hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
