"""The lists of the admin: sorted as readers expect, and tolerant of bad addresses."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import CharField, TextField

from archive.core.sorting import SortKey


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
