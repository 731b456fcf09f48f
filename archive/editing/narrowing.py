"""Lists of the admin that are narrowed by a related record: links choose it, and a chip
above the list names it and takes it away again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from archive.wording.shortening import truncate

MOST = 12  # choices beside a list


@dataclass(frozen=True)
class Chip:
    """`url` is that of the list without this filter."""

    title: str
    label: str
    url: str


class Related(admin.RelatedFieldListFilter):
    """Offers the related records if they are few; else names only the chosen ones."""

    most = MOST

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[Any, Any]]:
        rows = field.related_model._default_manager
        if len(rows.order_by().values_list("pk")[: self.most + 1]) <= self.most:
            return super().field_choices(field, request, model_admin)
        chosen = rows.filter(pk__in=self.lookup_val or ())
        return [(record.pk, str(record)) for record in chosen]

    def has_output(self) -> bool:
        return bool(self.lookup_val) or super().has_output()

    @property
    def chosen(self) -> list[str]:
        values = [str(value) for value in self.lookup_val or ()]
        return [str(label) for pk, label in self.lookup_choices if str(pk) in values]


class Linked(Related):
    """Never offers choices: only links choose the record."""

    most = -1
    template = "admin/_linked.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield from ()


def chips(changelist: ChangeList) -> list[Chip]:
    """What narrows the list by a related record."""
    return [
        Chip(
            str(spec.title),
            ", ".join(spec.chosen),
            changelist.get_query_string(
                remove=[*filter(None, spec.expected_parameters())]
            ),
        )
        for spec in changelist.filter_specs
        if isinstance(spec, Related) and spec.chosen
    ]


def list_url(model: Any, **chosen: int) -> str:
    """The list of `model` that is narrowed by these records, given by path and key."""
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    query = {f"{name}__id__exact": key for name, key in chosen.items()}
    return f"{url}?{urlencode(query)}"


def link(model: Any, text: Any, **chosen: int | None) -> Any:
    """A cell of a list: `text`, which leads to that list."""
    keys = {name: key for name, key in chosen.items() if key}
    if not keys or not text:
        return text or "—"
    return format_html('<a href="{}">{}</a>', list_url(model, **keys), text)


def narrowed_by(name: str, description: Any = None) -> Any:
    """A column that shows the related record `name`, which leads to the list narrowed
    by it.
    """

    @admin.display(description=description or name.replace("_", " "), ordering=name)
    def cell(record: Any) -> Any:
        text = truncate(str(getattr(record, name) or ""), 60)
        return link(type(record), text, **{name: getattr(record, f"{name}_id")})

    cell.__name__ = name
    return cell


def related_link(record: Any, relation: str, count: int) -> Any:
    """The number of related records, which leads to their list."""
    field = record._meta.get_field(relation)
    keys = {field.remote_field.name: record.pk}
    return link(field.related_model, count, **keys) if count else count
