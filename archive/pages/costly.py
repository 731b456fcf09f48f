"""How often one client may ask for what costs much: 429 with Retry-After beyond it.

All workers of a machine share one small file in memory, so the limit holds however many
there are. It has a fixed number of places. A place holds 16 bits of a keyed hash of an
address, a level and a time of this machine's clock, and is written over by others.
"""

from __future__ import annotations

import fcntl
import ipaddress
import math
import mmap
import os
import struct
import threading
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.core.caches import constant
from archive.pages.rate_limits import sender_of

BURST, PER_SECOND = 60, 3.0  # requests of one client
FILE_COST = 5  # a file counts as so many
PLACES = 2**16
PLACE = struct.Struct("<Hxxfd")  # fingerprint, level, when it was written
COSTLY = ("/search/", "/compare/", "/api/")
CHEAP = ("/static/", "/admin/")

Respond = Callable[[HttpRequest], HttpResponseBase]


class Buckets:
    """Leaky buckets in a file that all processes map."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # open as long as the process lives
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        size = PLACES * PLACE.size
        with self._locked():
            # written, not only extended: a full disk must be an error now, not a signal
            # when the map is used
            if os.fstat(self._file).st_size != size:
                os.pwrite(self._file, bytes(size), 0)
        self._map = mmap.mmap(self._file, size)
        self._threads = threading.Lock()

    def pour(self, client: str, cost: float, now: float | None = None) -> float:
        """0 if this client may ask, else the seconds to wait."""
        now = time.monotonic() if now is None else now
        place, fingerprint = _place(client)
        with self._threads, self._locked():
            owner, level, then = PLACE.unpack_from(self._map, place)
            # after a restart of the machine its clock begins again
            past = max(0.0, now - then) if owner == fingerprint and then <= now else 1e9
            level = max(0.0, level - past * PER_SECOND) + cost
            if level > BURST:
                return (level - BURST) / PER_SECOND
            PLACE.pack_into(self._map, place, fingerprint, level, now)
        return 0.0

    def _locked(self) -> _Lock:
        return _Lock(self._file)


class _Lock:
    def __init__(self, file: int) -> None:
        self.file = file

    def __enter__(self) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_error: object) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_UN)


def limited(get_response: Respond) -> Respond:
    """Middleware. Requests from this machine itself are not limited: they are the
    operator's, or a proxy's that names no client.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        cost = cost_of(request)
        client = sender_of(request) if cost else ""
        if cost and not _is_here(client):
            try:
                wait = _buckets(settings.DATA_DIR).pour(client, cost)
            except OSError:  # a full disk: better no limit than no archive
                wait = 0.0
            if wait:
                return _too_many(wait)
        return get_response(request)

    return respond


def cost_of(request: HttpRequest) -> int:
    path = request.path
    if path.startswith(CHEAP):
        return 0
    last = path.rpartition("/")[2]
    if "." in last and last not in ("robots.txt", "favicon.ico", "card.png"):
        return FILE_COST
    return int(bool(request.META.get("QUERY_STRING")) or path.startswith(COSTLY))


def _too_many(wait: float) -> HttpResponse:
    words = _("You ask for many pages at once. Try again in a few seconds.")
    plain = "text/plain; charset=utf-8"
    response = HttpResponse(f"{words}\n", status=429, content_type=plain)
    response.headers["Retry-After"] = str(max(1, math.ceil(wait)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_here(client: str) -> bool:
    try:
        return ipaddress.ip_network(client).is_loopback
    except ValueError:  # a socket file
        return not client


def _place(client: str) -> tuple[int, int]:
    key = settings.SECRET_KEY.encode()[:64]
    digest = blake2b(client.encode(), key=key, digest_size=4).digest()
    number, fingerprint = struct.unpack("<HH", digest)
    return number % PLACES * PLACE.size, fingerprint


@constant
def _buckets(folder: Path) -> Buckets:
    return Buckets(folder / "limits")
