"""Fast URLs of records, since a page needs dozens of them."""

from __future__ import annotations

from django.urls import reverse

from archive.core.caches import constant


def address(name: str, key: str) -> str:
    """The URL of page `name` for a slug or uid, which need no quoting."""
    return f"{_before(name)}{key}/"


@constant
def _before(name: str) -> str:
    return reverse(name, args=["x"]).removesuffix("x/")
