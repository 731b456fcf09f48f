"""The addresses of the desk, below /admin/desk/; their names are admin:desk_…"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from archive.desk import actions, preview, publishing, workbench
from archive.desk.intake import pages

PATTERNS: list[tuple[str, Any, str]] = [
    ("", pages.intake, "desk"),
    ("<slug:uid>/", workbench.workbench, "desk_article"),
    ("<slug:uid>/changes/", workbench.changes, "desk_changes"),
    ("<slug:uid>/act/", actions.act, "desk_act"),
    ("<slug:uid>/preview/", preview.preview, "desk_preview"),
    ("<slug:uid>/preview/<path:path>", preview.preview, "desk_preview_page"),
    ("<slug:uid>/publish/", publishing.publish, "desk_publish"),
]


def desk_urls(site: AdminSite) -> list[Any]:
    return [
        path(f"desk/{route}", site.admin_view(view), name=name)
        for route, view, name in PATTERNS
    ]
