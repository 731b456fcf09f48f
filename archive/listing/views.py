"""The base view of every list."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from archive.core.caches import constant
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.page import Listing
from archive.models import FailedSearch


class FilteredListView(View):
    """Filters rows by the query string. Invalid parameters get a 400 with the errors
    beside the form.
    """

    http_method_names = ["get", "head"]
    filterset_class: ClassVar[type[ArchiveFilterSet]]
    template_name: ClassVar[str]

    def rows(self) -> QuerySet[Any]:
        """The unfiltered queryset, the same for every request."""
        raise NotImplementedError

    @classmethod
    @constant
    def all_rows(cls) -> QuerySet[Any]:
        """`rows()`, built once and never evaluated: building it costs as much as
        loading a page.
        """
        return cls().rows()

    def get(self, request: HttpRequest) -> HttpResponse:
        listing = Listing(self.filterset_class(request.GET, queryset=self.all_rows()))
        if not listing.is_valid:
            return render(request, self.template_name, {"listing": listing}, status=400)
        page = listing.page
        if listing.is_failed_search:
            FailedSearch.objects.note(listing.question.type, listing.text)
        return render(request, self.template_name, {"listing": listing, "page": page})
