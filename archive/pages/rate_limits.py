"""Rate limits per sender, without storing who sent anything.

An address is kept only in the memory of this process, as a hash with a random salt that
is never stored, and for at most an hour. Each process counts separately, so this only
slows down one sender; limits over all senders are counted in the database by the
caller.
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
    """Counts this request. True if its sender has done `action` more than `limit` times
    in the hour since the first.
    """
    sender = blake2b(sender_of(request).encode(), key=SALT, digest_size=16)
    key = f"{action}:{sender.hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > limit
    except ValueError:  # the key expired between add and incr
        return False


def sender_of(request: HttpRequest) -> str:
    """The address; for IPv6 its /64 network, which one household shares; behind
    proxies, what the outermost of them wrote into X-Forwarded-For.
    """
    sender = _forwarded(request) or request.META.get("REMOTE_ADDR", "")
    try:
        ip = ipaddress.ip_address(sender)
    except ValueError:
        return sender
    if (
        ip.version == 4 or ip.ipv4_mapped
    ):  # ::ffff:192.0.2.7, if one socket serves IPv4 and IPv6
        return str(ip.ipv4_mapped if ip.version == 6 else ip)
    return str(ipaddress.ip_network((ip, 64), strict=False))


def _forwarded(request: HttpRequest) -> str:
    """The entry that the outermost of our own proxies wrote; a client may have written
    those before it.
    """
    count = settings.PROXIES or int(settings.HTTPS)
    entries = request.headers.get("X-Forwarded-For", "").split(",") if count else []
    return entries[max(-count, -len(entries))].strip() if entries else ""
