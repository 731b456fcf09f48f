"""The one view behind every list."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from archive.filters import ArchiveFilterSet


class FilteredListView(View):
    """Rows narrowed by the address; a malformed address is answered 400, with what is wrong beside the form."""

    http_method_names = ["get", "head"]
    filterset_class: ClassVar[type[ArchiveFilterSet]]
    template_name: ClassVar[str]

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.filterset_class(request.GET, queryset=self.rows())
        if not found.is_valid():
            return render(request, self.template_name, {"found": found}, status=400)
        page, facets = found.page_of_results(), found.facets()
        context = {"found": found, "page": page, "facets": facets, "chips": found.chips(facets)}
        return render(request, self.template_name, context)
