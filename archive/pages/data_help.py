"""The help page for CSV files: every column and its meaning, from the definitions that
write them.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.listing.csv_views import FilteredFile
from policies.views import CompareFile, PositionFile

FILES: list[tuple[object, type[FilteredFile]]] = [
    (_("Positions"), PositionFile),
    (_("Compare"), CompareFile),
]


@require_safe
def data_help(request: HttpRequest) -> HttpResponse:
    files = [
        (label, file.name, reverse(f"{file.name}-file"), file.columns)
        for label, file in FILES
    ]
    return render(request, "archive/data_help.html", {"files": files})
