"""Search in the admin, with the query language of the public search and including
drafts; and the searches of readers that found nothing.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from archive import search
from archive.core.roles import PUBLISH


class SearchesWords(admin.ModelAdmin):
    """`words` names the columns that are searched by word; a substring of a
    `search_fields` column matches too.

    PostgreSQL answers, because the index holds only public records; results keep the
    list's order.
    """

    words: tuple[str, ...] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = search_term.replace("\x00", " ").strip()[: search.MAX_CHARACTERS]
        every = self.model._default_manager.order_by()
        if not typed or not self.words:
            return super().get_search_results(request, queryset, typed)
        text = search.parse(typed)
        matches = Q(pk__in=search.matching_all(every, text, *self.words).values("pk"))
        if not text.has_operators and not text.is_prose:
            matches |= Q(
                pk__in=super().get_search_results(request, every, typed)[0].values("pk")
            )
        if not every.filter(matches).exists():
            matches = Q(pk__in=search.matching(every, text, *self.words).values("pk"))
        return queryset.filter(matches), False


class FailedSearchAdmin(SearchesWords):
    """Readers' searches without a result, which show editors what the archive lacks;
    read-only.
    """

    list_display = ["words", "list_name", "count", "last_on"]
    list_filter = ["list_name", "last_on"]
    search_fields = ["words"]
    ordering = ["-count", "-last_on", "words"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PUBLISH)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
