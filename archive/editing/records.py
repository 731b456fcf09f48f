"""The base of every record's admin: permissions, database rules as form errors,
workflow steps and history.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db import IntegrityError, connection, models
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from archive.core.querysets import count_of
from archive.core.rules import checked, take_turn
from archive.editing import conflicts, history, reviews, workflow
from archive.editing.addresses import OnlyKeys, OnlyKeysMultiple
from archive.editing.authorship import added_by, may_change
from archive.editing.beside import ShowsText
from archive.editing.dates import DayField, TimeField
from archive.editing.deleted import OffersDeleted
from archive.editing.forms import RecordForm, asks_for_correction
from archive.editing.history_pages import HistoryPages, undone_corrections
from archive.editing.lists import ToleratesAddresses
from archive.editing.outcomes import TellsOutcome
from archive.editing.search import SearchesWords
from archive.editing.sent import with_prefixes
from archive.editing.sources import ADDRESSES
from archive.editing.steps import StepPages
from archive.editing.texts import TEXTS

PUBLIC_CHANGE = _("This record is public")
FIELDS: dict[Any, Any] = {
    **TEXTS,
    **ADDRESSES,
    models.DateField: {"form_class": DayField},
    models.DateTimeField: {"form_class": TimeField},
}


class Mine(admin.SimpleListFilter):
    title = _("author")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Me"))]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet
    ) -> models.QuerySet:
        return added_by(queryset, request.user) if self.value() else queryset


class KeepsInput(admin.ModelAdmin):
    """Turns a rule that the database refuses on save into a form error, and shows the
    form with the editor's input.
    """

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        waiting: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        request.waiting_messages = waiting  # type: ignore[attr-defined]
        try:
            with checked():
                take_turn()
                response = super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            request.refused = error  # type: ignore[attr-defined]
            request.waiting_messages = None  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)
        request.waiting_messages = None  # type: ignore[attr-defined]
        for message, options in waiting:
            super().message_user(request, *message, **options)
        return response

    def message_user(self, request: HttpRequest, *message: Any, **options: Any) -> None:
        """Holds messages back until the database has accepted the whole form."""
        waiting = getattr(request, "waiting_messages", None)
        if waiting is None:
            super().message_user(request, *message, **options)
        else:
            waiting.append((message, options))


class RecordAdmin(
    ToleratesAddresses,
    ShowsText,
    HistoryPages,
    StepPages,
    SearchesWords,
    TellsOutcome,
    OffersDeleted,
    KeepsInput,
):
    """`rule_fields` names the field at which to show the error of a database rule.

    `parts_early` shows the inlines right after the first fieldset.
    """

    form = RecordForm
    rule_fields: dict[str, str] = {}
    parts_early = False
    show_facets = admin.ShowFacets.ALWAYS
    list_per_page = 50
    formfield_overrides = FIELDS
    change_form_template = "admin/record_form.html"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        known = {"request": request, "rule_fields": self.rule_fields}
        return type(
            form.__name__,
            (form,),
            {**known, "refused": getattr(request, "refused", None)},
        )

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OnlyKeys(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OnlyKeysMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("changed"), ordering="updated_at")
    def changed(self, record: Any) -> str:
        return date_format(localtime(record.updated_at))

    def get_ordering(self, request: HttpRequest) -> Any:
        return super().get_ordering(request) or self.opts.ordering or ["-pk"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        asks = (
            obj is not None
            and asks_for_correction(obj)
            and self.has_change_permission(request, obj)
        )
        if not asks:
            return self.sections(request, obj)
        undone = undone_corrections(request, obj).exists()
        fields = ["withdrawn_corrections"] if undone else []
        question = {"fields": [*fields, "correction", "correction_note"]}
        return [*self.sections(request, obj), (PUBLIC_CHANGE, question)]

    def sections(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj)

    def tools(self, request: HttpRequest, record: Any) -> list[tuple[str, Any]]:
        """Returns (URL, label) of further pages about this record."""
        return []

    def notice(self, request: HttpRequest, record: Any) -> Any:
        """Returns what the editor should know before changing anything."""
        return ""

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["parts_early"] = self.parts_early
        context["is_doubted"] = any(
            getattr(form, "doubts", ()) for form in _forms_of(context)
        )
        context["merged"] = getattr(request, "merged", None)
        if record := context.get("original"):
            context["tools"] = self.tools(request, record)
            context["notice"] = self.notice(request, record)
            context["steps"] = self.buttons(request, record)
            context["sent_back"] = reviews.sent_back(request.user, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Locks the record while it is saved; a second save waits, and then sees that
        the record changed.
        """
        record = super().get_object(request, object_id, from_field)
        if (
            record is not None
            and request.method == "POST"
            and connection.in_atomic_block
        ):
            self.model._base_manager.select_for_update().filter(pk=record.pk).first()
            record.refresh_from_db()
            if conflicts.is_outdated(record, request.POST):
                self._merge(request, record)
        return record

    def _merge(self, request: HttpRequest, record: Any) -> None:
        """Merges what is sent with what others have saved since the form was opened."""
        formsets = []
        pairs = self.get_formsets_with_inlines(request, record)
        for formset, inline, prefix in with_prefixes(pairs):
            rows = inline.get_queryset(request)
            formsets.append(formset(instance=record, prefix=prefix, queryset=rows))
        form = self.get_form(request, record, change=True)(instance=record)
        merged = conflicts.merge(record, request.POST, form, formsets)
        request.POST = merged.data  # type: ignore[assignment]
        request.merged = merged  # type: ignore[attr-defined]
        request.conflicts = merged.conflicts  # type: ignore[attr-defined]

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Topics that a person chose are no longer given by a rule."""
        if "topics" in form.changed_data and hasattr(obj, "topics_by_rule"):
            obj.topics_by_rule = False
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if (merged := getattr(request, "merged", None)) and merged.news:
            self.message_user(request, _both_saved(merged.news), messages.WARNING)
        for formset in formsets:
            for message in getattr(formset, "messages", ()):
                self.message_user(request, message, messages.WARNING)
        if problem := workflow.why_unpublishable(form.instance):
            warning = _("Saved, but it cannot be published yet: %s")
            self.message_user(request, warning % problem, messages.WARNING)
        if form.asks_for_correction and form.correction_kind:
            note = form.cleaned_data["correction_note"]
            workflow.note(form.instance, form.correction_kind, note)
            if withdrawn := form.cleaned_data.get("withdrawn_corrections"):
                workflow.take("withdraw", list(withdrawn), request.user, note)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or may_change(request.user, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record that was ever public can be withdrawn, but not deleted."""
        if obj is None or not super().has_delete_permission(request, obj):
            return obj is None and super().has_delete_permission(request)
        return getattr(obj, "first_published_at", None) is None and may_change(
            request.user, obj
        )

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        public = type(obj).objects.public().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if public else None


def _both_saved(news: list[history.HistoryEntry]) -> str:
    return _(
        "Somebody else changed this record while you were editing it, and both changes "
        "are kept: %s"
    ) % "; ".join(history.summaries(news))


def _forms_of(context: Any) -> Iterator[Any]:
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield from inline.formset.forms


def related_count(model: Any, relation: str) -> Any:
    """Returns an expression: how many related records each row has through a reverse
    relation.
    """
    link = model._meta.get_field(relation)
    return count_of(link.related_model._default_manager.all(), link.remote_field.name)


class PartInline(InlineModelAdmin):
    """An account that may change the record may change its parts."""

    extra = 0
    formfield_overrides = FIELDS

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and (
            obj is None or may_change(request.user, obj)
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or may_change(request.user, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or may_change(request.user, obj)
        )
