"""The admin of readers' reports: an editor accepts or declines each with an answer; an
accepted report links to its record.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.core.roles import PUBLISH
from archive.editing import workflow
from archive.editing.deleted import OffersDeleted
from archive.editing.snapshots import MergesSnapshots
from archive.editing.workflow import change_url
from archive.models import Report, ReportState
from archive.models.reports import records_of


class AnswerForm(ActionForm):
    """The answer, next to the list's actions."""

    answer = forms.CharField(label=_("Answer:"), required=False, max_length=1_000)


class NamesRecords(admin.ModelAdmin):
    """Names the record that a report or a correction is about, by table and uid."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Loads the records of all rows in one query per model."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        records = records_of(rows)
        for row in rows:
            row.record = records.get((row.table, row.record_uid))
        changelist.result_list = rows
        return changelist

    @admin.display(description=_("record"))
    def about(self, row: Any) -> Any:
        if not row.table:
            return _("the archive as a whole")
        record = _record(row)
        return (
            format_html(
                '<a href="{}">{}</a>', change_url(record), workflow.label(record)
            )
            if record
            else "—"
        )


class KindOfRecord(admin.SimpleListFilter):
    title = _("kind of record")
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (model._meta.label_lower, capfirst(model._meta.verbose_name))
            for model in workflow.identified_models()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(table=self.value()) if self.value() else queryset


class ReportAdmin(OffersDeleted, MergesSnapshots, NamesRecords):
    """What the reader sent cannot be changed; an editor decides on it."""

    merged_fields = ("state", "answer")

    action_form = AnswerForm
    actions = ["accept", "decline"]
    list_display = ["__str__", "about", "state", "created_at", "handled_by"]
    list_filter = ["state", KindOfRecord, "created_at"]
    list_per_page = 50
    list_select_related = ["handled_by"]
    search_fields = ["note", "source", "answer", "record_uid"]
    show_facets = admin.ShowFacets.ALWAYS
    date_hierarchy = "created_at"
    radio_fields = {"state": admin.HORIZONTAL}
    readonly_fields = ["about", "note", "source", "email", "created_at", "handled_by"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Shows the reader's email address only to accounts that may publish."""
        fields = [
            "about",
            "note",
            "source",
            "email",
            "created_at",
            "state",
            "answer",
            "handled_by",
        ]
        return (
            fields
            if request.user.has_perm(PUBLISH)
            else [name for name in fields if name != "email"]
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Accept"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._handle(request, queryset, ReportState.ACCEPTED)

    @admin.action(description=_("Decline"), permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._handle(request, queryset, ReportState.DECLINED)

    def _handle(self, request: HttpRequest, queryset: Any, state: str) -> None:
        chosen = list(queryset)
        form = AnswerForm(request.POST)
        field: Any = form.fields["action"]
        field.choices = [(name, name) for name in self.actions]
        if not form.is_valid():
            self.message_user(request, form.errors.as_text(), messages.ERROR)
            return
        count = queryset.handle(state, request.user, form.cleaned_data["answer"])
        message = (
            ngettext("%d report was decided.", "%d reports were decided.", count)
            % count
        )
        if decided_count := len(chosen) - count:
            message += (
                " "
                + ngettext(
                    "%d had already been decided.",
                    "%d had already been decided.",
                    decided_count,
                )
                % decided_count
            )
        self.message_user(
            request, message, messages.SUCCESS if count else messages.WARNING
        )

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if "state" in form.changed_data:
            obj.handled_by = None if obj.state == ReportState.NEW else request.user
        super().save_model(request, obj, form, change)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Logs nothing: the report itself records who decided, and its words must be
        gone once the report is deleted.
        """

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Logs nothing, for the same reason."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stays on an accepted report, which links to the record, instead of returning
        to the list.
        """
        if obj.state == ReportState.ACCEPTED:
            typed = request.POST.copy()
            typed["_continue"] = "1"
            request.POST = cast(Any, typed)
        return super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        report = context.get("original")
        if (
            report
            and report.state == ReportState.ACCEPTED
            and request.user.has_perm(PUBLISH)
        ):
            context["steps"] = _next_steps(report)
            context["notice"] = _(
                "Accepted. Now correct the record: its form asks for the public note."
            )
        return super().render_change_form(request, context, *args, **kwargs)


def _record(report: Any) -> Any:
    if not hasattr(report, "record"):
        report.record = records_of([report]).get((report.table, report.record_uid))
    return report.record


def _next_steps(report: Report) -> list[tuple[str, Any]]:
    """Returns (URL, label): change the record with a note, or write only a note."""
    record = _record(report)
    if not record:
        return []
    params = urlencode({"record": f"{report.table}:{report.record_uid}"})
    note = f"{reverse('admin:archive_correction_add')}?{params}"
    return [
        (change_url(record), _("Correct the record")),
        (note, _("Only write a public note")),
    ]
