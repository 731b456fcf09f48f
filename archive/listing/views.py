"""The one view behind every list."""

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
    """Rows narrowed by the address; a malformed address is answered 400, with what is
    wrong beside the form.
    """

    http_method_names = ["get", "head"]
    filterset_class: ClassVar[type[ArchiveFilterSet]]
    template_name: ClassVar[str]

    def rows(self) -> QuerySet[Any]:
        """The same for every request."""
        raise NotImplementedError

    @classmethod
    @constant
    def all_rows(cls) -> QuerySet[Any]:
        """Made once and never evaluated itself: to build it costs as much as to load a
        page of rows.
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
