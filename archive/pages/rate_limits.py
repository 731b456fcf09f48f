"""How often one sender may write in an hour, known without keeping who wrote.

An address stands in the memory of this process only, as a hash with a salt that nobody
knows and that ends with it; after an hour it is forgotten. Each process counts for
itself, so this slows one sender down; what holds for all of them together is counted in
the database by whoever asks.
"""

from __future__ import annotations

import ipaddress
import secrets
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600
SALT = secrets.token_bytes(32)


def too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Counts this request; whether its sender has done `what` more than `most` times in
    the hour since the first.
    """
    sender = blake2b(_sender(request).encode(), key=SALT, digest_size=16)
    key = f"{what}:{sender.hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:  # the hour ended this very moment
        return False


def _sender(request: HttpRequest) -> str:
    """The address, of IPv6 the network that one household has; behind the proxy, what
    the proxy adds at the end.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    address = forwarded.rpartition(",")[2].strip() or request.META.get(
        "REMOTE_ADDR", ""
    )
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if (
        known.version == 4 or known.ipv4_mapped
    ):  # ::ffff:192.0.2.7, where one socket serves both
        return str(known.ipv4_mapped if known.version == 6 else known)
    return str(ipaddress.ip_network((known, 64), strict=False))
