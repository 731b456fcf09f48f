"""Addresses of records, which a page asks for by the dozen."""

from __future__ import annotations

from django.urls import reverse

from archive.core.caches import constant


def address(name: str, key: str) -> str:
    """That of the page `name` for a slug or a uid, which need no quoting."""
    return f"{_before(name)}{key}/"


@constant
def _before(name: str) -> str:
    return reverse(name, args=["x"]).removesuffix("x/")
