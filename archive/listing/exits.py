"""The addresses at which a list leaves the site: its URL with .csv, .jsonl, .json or
.atom for the last slash, and the same parameters.
"""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from archive.listing.formats import FORMATS

API = "/api/v1/"


def files(route: str, name: str, view: Any, **options: Any) -> list[URLPattern]:
    """A file in every format, such as statements.csv, named statements-csv."""
    return [
        path(
            f"{route}.{form.suffix}",
            view.as_view(format=form, **options),
            name=f"{name}-{form.suffix}",
        )
        for form in FORMATS
    ]


def feed(route: str, name: str, view: Any) -> URLPattern:
    """An Atom feed, such as statements.atom, named statements-feed."""
    return path(f"{route}.atom", view, name=f"{name}-feed")


def to_api(name: str) -> URLPattern:
    """The API has the list too: .json leads there."""
    view = RedirectView.as_view(url=f"{API}{name}/", query_string=True)
    return path(f"{name}.json", view, name=f"{name}-json")
