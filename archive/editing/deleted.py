"""A form whose record somebody else has deleted meanwhile: its words are shown, and can
be saved as a new record.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from archive.editing.deletions import deleted_page
from archive.editing.sent import SentRows, shown, with_prefixes


class OffersDeleted(admin.ModelAdmin):
    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        pk = kwargs.get("object_id", args[0] if args else None)
        if request.method != "POST" or not pk or self._exists(request, pk):
            response = super().changeform_view(request, *args, **kwargs)
            return self._unless_deleted(request, response)
        if not self.has_add_permission(request):
            fields = self.get_form(request).base_fields
            return gone(self, request, fields.items())
        self._make_new(request)
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, url)

    def delete_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = super().delete_view(request, object_id, *args, **kwargs)
        return self._unless_deleted(request, response)

    def _unless_deleted(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        """Django sends a reader of a record that is missing to the home page."""
        if request.method != "GET" or response.status_code != HTTPStatus.FOUND:
            return response
        page = deleted_page(request)
        if page:
            list(messages.get_messages(request))  # Django's own sentence about it
        return page or response

    def _exists(self, request: HttpRequest, pk: str) -> bool:
        return admin.ModelAdmin.get_object(self, request, unquote(pk)) is not None

    def _make_new(self, request: HttpRequest) -> None:
        """Makes what was sent for a stored record the input of a new one, which the
        form does not save before it is sent again.
        """
        data = request.POST.copy()
        pairs = self.get_formsets_with_inlines(request)
        for formset, _inline, prefix in with_prefixes(pairs):
            rows = SentRows(data, formset(instance=self.model(), prefix=prefix))
            if not rows.are_malformed:
                rows.make_new()
        request.POST = data  # type: ignore[assignment]
        request.is_deleted = True  # type: ignore[attr-defined]


def gone(
    model_admin: Any, request: HttpRequest, fields: Iterable[tuple[str, Any]]
) -> HttpResponse:
    """A page with the words that were sent for a record that cannot be added again."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("This record no longer exists"),
        "opts": model_admin.opts,
        "words": [
            (capfirst(field.label or name), shown(field, request.POST.getlist(name)))
            for name, field in fields
            if name in request.POST and not field.widget.is_hidden
        ],
    }
    return TemplateResponse(
        request, "admin/deleted.html", context, status=HTTPStatus.GONE
    )
