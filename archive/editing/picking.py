"""Picking a record of any kind by searching for its words, where no foreign key can
lead to it: the record of a correction.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from archive.editing.workflow import identified_models
from archive.models import Correction
from archive.models.corrections import in_words

MAX_OF_A_KIND = 8


class RecordSelect(AutocompleteMixin, forms.Select):
    """Django's autocomplete field, over the records of all kinds."""

    def __init__(self, attrs: Any = None) -> None:
        forms.Select.__init__(self, attrs)
        self.i18n_name = None

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = forms.Select.build_attrs(self, base_attrs, extra_attrs)
        return {
            **attrs,
            "class": "admin-autocomplete",
            "data-ajax--url": reverse_lazy("admin:archive_correction_records"),
            "data-ajax--delay": 250,
            "data-ajax--type": "GET",
            "data-theme": "admin-autocomplete",
            "data-allow-clear": "false",
            "data-placeholder": "",
        }

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """The only option is the chosen record; the others come with the search."""
        chosen = [(key, record) for key in value if (record := record_of(key))]
        options = [
            self.create_option(name, key, described(record), True, index)
            for index, (key, record) in enumerate(chosen)
        ]
        return [(None, options, 0)]


class RecordField(forms.CharField):
    """Its value is a key: table and uid of the record, with a colon between."""

    widget = RecordSelect

    def clean(self, value: Any) -> str:
        key = super().clean(value)
        record = record_of(key)
        if record is None:
            raise ValidationError(_("This record does not exist."))
        if getattr(record, "first_published_at", record) is None:
            raise ValidationError(_("Readers have never seen this record."))
        return key


class RecordSearch(admin.ModelAdmin):
    """Answers the searches of `RecordSelect`."""

    def get_urls(self) -> list:
        page = self.admin_site.admin_view(self.records_view)
        name = "archive_correction_records"
        return [path("records/", page, name=name), *super().get_urls()]

    def records_view(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        term = request.GET.get("term", "")
        results = [
            {"id": key_of(record), "text": described(record)}
            for model in _models()
            for record in self._matches(request, model, term)
        ]
        return JsonResponse({"results": results, "pagination": {"more": False}})

    def _matches(self, request: HttpRequest, model: Any, term: str) -> Any:
        """The records that readers can see or could once see."""
        rows = model._default_manager.order_by("-pk")
        if hasattr(model, "first_published_at"):
            rows = rows.filter(first_published_at__isnull=False)
        else:
            rows = rows.public()
        searched = self.admin_site.get_model_admin(model)
        return searched.get_search_results(request, rows, term)[0][:MAX_OF_A_KIND]


def described(record: Any) -> str:
    return f"{capfirst(record._meta.verbose_name)}: {in_words(record)}"


def key_of(record: Any) -> str:
    return f"{record._meta.label_lower}:{record.uid}"


def record_of(key: str) -> Any:
    """The record, public or not; None if there is none."""
    table, _colon, uid = str(key).partition(":")
    tables = {model._meta.label_lower for model in identified_models()}
    if table not in tables or not uid.isalnum():  # PostgreSQL takes no NUL
        return None
    return apps.get_model(table)._default_manager.filter(uid=uid).first()


def _models() -> list[Any]:
    """The kinds of record that a correction can be about."""
    return [model for model in identified_models() if model is not Correction]
