"""The addresses of Who is who, below /admin/who/."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from archive.importing.who import pages

PATTERNS: list[tuple[str, Any, str]] = [
    ("", pages.pairs, "who"),
    ("decide/", pages.decide, "who_decide"),
    ("history/", pages.history, "who_history"),
    ("<int:pk>/undo/", pages.undo, "who_undo"),
]


def who_urls(site: AdminSite) -> list[Any]:
    return [
        path(f"who/{route}", site.admin_view(view), name=name)
        for route, view, name in PATTERNS
    ]
