"""The lists of the admin: sorted as readers expect, and tolerant of bad addresses."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.db.models import CharField, TextField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.core.sorting import SortKey
from archive.editing.addresses import fillable, impossible, without
from archive.editing.narrowing import Chip, chips


class RecordList(ChangeList):
    """A column of names or titles is sorted without regard to accents and capitals."""

    def get_ordering_field(self, field_name: Any) -> Any:
        order = super().get_ordering_field(field_name)
        fields = {field.name: field for field in self.lookup_opts.concrete_fields}
        field = fields.get(str(order))
        if order == "name" and "sort_key" in fields:
            return "sort_key"
        is_text = isinstance(field, CharField | TextField) and not field.choices
        return SortKey(order) if is_text else order

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list by a related record."""
        return chips(self)


class ToleratesAddresses(admin.ModelAdmin):
    """Leaves out of an address what cannot be, and says so."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        columns = len(self.get_list_display(request))
        wrong = impossible(self.model, columns, request.GET)
        if request.method == "GET" and wrong:
            return without(request, wrong)
        if ERROR_FLAG in request.GET:
            return without(request, [ERROR_FLAG])
        return super().changelist_view(request, extra_context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        kept, refused = fillable(self.model, initial)
        if refused:
            sentence = _("Not filled in, because it is not valid: %s.")
            messages.warning(request, sentence % ", ".join(sorted(refused)))
        return kept
