"""The parts of a speaker's form: offices, parties, memberships; identifiers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from archive.core.roles import PUBLISH
from archive.editing.records import PartInline
from statements.models import Affiliation, SpeakerIdentifier


class AffiliationForm(forms.ModelForm):
    """A new row of an account that may publish is published, unless it unticks it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_published" in self.fields and not self.instance.pk:
            self.initial.setdefault("is_published", True)


class AffiliationFormSet(BaseInlineFormSet):
    """Without `may_publish`, published rows are read only."""

    may_publish = False

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.is_published and form.instance.pk and not self.may_publish:
            for name, field in form.fields.items():
                field.disabled = field.disabled or name not in ("id", "speaker")


class AffiliationInline(PartInline, admin.StackedInline):
    model = Affiliation
    form = AffiliationForm
    formset = AffiliationFormSet
    fk_name = "speaker"
    autocomplete_fields = ["organization"]
    ROWS = [
        ("kind", "title"),
        ("organization", "place"),
        ("start", "start_precision"),
        ("end", "end_precision"),
        ("known_on", "known_precision", "known_is_inferred"),
        "source_url",
    ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only who may publish sees whether a row is published."""
        return [*self.ROWS, "is_published"] if _may_publish(request) else self.ROWS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.may_publish = _may_publish(request)
        return formset


class SpeakerIdentifierInline(PartInline, admin.TabularInline):
    model = SpeakerIdentifier


def _may_publish(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(PUBLISH))
