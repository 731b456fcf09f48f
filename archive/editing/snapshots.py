"""Two editors of a record without a history: a reader's report, an account.

The form carries the state it was opened with, signed, instead of the last events of the
history; what was saved since is merged with what is sent (`conflicts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from archive.editing import conflicts
from archive.editing.forms import BOTH_CHANGED
from archive.editing.history import HistoryEntry, PastState

SALT = "archive.snapshot"
BOTH_KEPT = _(
    "Somebody else changed this record while you were editing it, and both changes "
    "are kept."
)


@dataclass(frozen=True)
class Snapshots:
    """Has the functions of `history` that merging needs. `names` are the fields."""

    names: Sequence[str]

    def state_token(self, record: Any) -> str:
        state = [record._meta.label, record.pk, self._values(record)]
        return signing.Signer(salt=SALT).sign_object(state)

    def state_at(self, record: Any, token: str) -> PastState:
        """The state that `token` holds; empty if it was not made here or for another
        record.
        """
        try:
            label, pk, values = signing.Signer(salt=SALT).unsign_object(token)
        except signing.BadSignature:
            return PastState({}, {})
        is_its_own = (label, pk) == (record._meta.label, record.pk)
        return PastState(values if is_its_own else {}, {})

    def changed_since(self, _record: Any, _token: str) -> list[HistoryEntry]:
        return []

    def _values(self, record: Any) -> dict[str, Any]:
        fields = [record._meta.get_field(name) for name in self.names]
        values = {each.name: each.value_from_object(record) for each in fields}
        return {
            name: sorted(row.pk for row in value) if isinstance(value, list) else value
            for name, value in values.items()
        }


class SnapshotForm(forms.ModelForm):
    request: HttpRequest
    snapshots: Snapshots

    state_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["state_token"] = self.snapshots.state_token(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if getattr(self.request, "conflicts", ()):
            self.add_error(None, BOTH_CHANGED)
        return cleaned


class MergesSnapshots(admin.ModelAdmin):
    """`merged_fields` are all fields that the form can change, but for passwords."""

    form = SnapshotForm
    merged_fields: ClassVar[tuple[str, ...]] = ()
    change_form_template = "admin/record_form.html"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            return form
        known = {"request": request, "snapshots": Snapshots(self.merged_fields)}
        return type(form.__name__, (form,), known)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Locks the record while it is saved, and merges what is sent."""
        record = super().get_object(request, object_id, from_field)
        is_saved = request.method == "POST" and connection.in_atomic_block
        if record is None or not is_saved:
            return record
        self.model._base_manager.select_for_update().filter(pk=record.pk).first()
        record.refresh_from_db()
        states = Snapshots(self.merged_fields)
        if conflicts.is_outdated(record, request.POST, states):
            form = self.get_form(request, record, change=True)(instance=record)
            merged = conflicts.merge(record, request.POST, form, (), states)
            request.POST = merged.data  # type: ignore[assignment]
            request.merged = merged  # type: ignore[attr-defined]
            request.conflicts = merged.conflicts  # type: ignore[attr-defined]
        return record

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if getattr(request, "merged", None):
            self.message_user(request, BOTH_KEPT, messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["merged"] = getattr(request, "merged", None)
        return super().render_change_form(request, context, *args, **kwargs)
