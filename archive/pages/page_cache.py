"""Whole pages of readers without an account, held by their ETag.

The tag names the archive's revision, the address with its host, the theme and the
language, so a page is found only by who would get the same one, and never after a
change. A request with any other cookie than the theme's neither takes a page from here
nor leaves one: with such a cookie a page can hold a token.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archive.core.caches import on_clear
from archive.pages.theme import COOKIE

MAX_BYTES = 32 * 2**20  # of all pages in a process
MAX_PAGE = 2**20


@dataclass(frozen=True)
class Page:
    content: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        return len(self.content) + 1_000

    def response(self) -> HttpResponse:
        """A new one for each request, because middleware writes into it."""
        response = HttpResponse(self.content)
        for name, value in self.headers:
            response.headers[name] = value
        return response


class PageCache:
    """The pages used last, of at most `most` bytes."""

    def __init__(self, most: int = MAX_BYTES) -> None:
        self.most = most
        self._lock = threading.Lock()
        self.clear()
        on_clear(self.clear)

    def clear(self) -> None:
        with self._lock:
            self._pages: OrderedDict[str, Page] = OrderedDict()
            self.size = 0

    def get(self, tag: str) -> Page | None:
        with self._lock:
            if page := self._pages.get(tag):
                self._pages.move_to_end(tag)
            return page

    def put(self, tag: str, page: Page) -> None:
        with self._lock:
            if tag in self._pages:
                return
            self._pages[tag] = page
            self.size += page.size
            while self.size > self.most:
                _tag, oldest = self._pages.popitem(last=False)
                self.size -= oldest.size


pages = PageCache()


def cached(request: HttpRequest, tag: str) -> HttpResponse | None:
    page = pages.get(tag) if has_no_other_cookie(request) else None
    return page.response() if page else None


def keep(request: HttpRequest, tag: str, response: HttpResponseBase) -> None:
    """Keeps a whole page that has this tag; not a file, which is streamed."""
    if (
        request.method == "GET"
        and not settings.DEBUG  # templates change while the process runs
        and has_no_other_cookie(request)
        and isinstance(response, HttpResponse)
        and len(response.content) <= MAX_PAGE
    ):
        pages.put(tag, Page(response.content, tuple(response.headers.items())))


def has_no_other_cookie(request: HttpRequest) -> bool:
    return request.COOKIES.keys() <= {COOKIE} and "Authorization" not in request.headers
