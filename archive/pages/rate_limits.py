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


def is_rate_limited(request: HttpRequest, action: str, limit: int) -> bool:
    """Counts this request; whether its sender has done `what` more than `most` times in
    the hour since the first.
    """
    sender = blake2b(_sender(request).encode(), key=SALT, digest_size=16)
    key = f"{action}:{sender.hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > limit
    except ValueError:  # the hour ended this very moment
        return False


def _sender(request: HttpRequest) -> str:
    """The address, of IPv6 the network that one household has; behind the proxy, what
    the proxy adds at the end.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    sender = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        ip = ipaddress.ip_address(sender)
    except ValueError:
        return sender
    if (
        ip.version == 4 or ip.ipv4_mapped
    ):  # ::ffff:192.0.2.7, where one socket serves both
        return str(ip.ipv4_mapped if ip.version == 6 else ip)
    return str(ipaddress.ip_network((ip, 64), strict=False))
