"""The workflow's steps, as buttons of a record and as actions of a list; both lead to
one confirmation page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from archive.core.publishing import Publishable, Status
from archive.core.roles import PUBLISH
from archive.core.rules import take_turn
from archive.editing import workflow
from archive.editing.addresses import is_key
from archive.editing.consequences import consequences, total
from archive.editing.deletions import deletions
from archive.editing.deletions import page as deleted_page
from archive.editing.outcomes import taken
from archive.editing.step_kinds import OF_AUTHORS, STEPS
from archive.editing.workflow import Refused, change_url
from archive.wording.invisible import paragraphs

MAX_RECORDS = 300  # records per step
WITH_CHILDREN = ("submit", "recall", "publish")
WITH_CONSEQUENCES = ("withdraw", "reinstate")


def key_of(record: Any) -> str:
    return f"{record._meta.label_lower}:{record.pk}"


def records_of(keys: Sequence[str]) -> list[Any]:
    names = {model._meta.label_lower for model in workflow.publishable_models()}
    records = []
    for key in keys:
        name, _colon, pk = key.partition(":")
        if name not in names or not is_key(pk):
            raise Http404
        records += apps.get_model(name).objects.filter(pk=pk)
    return records


class StepPages(admin.ModelAdmin):
    """Adds nothing to a model without a status."""

    def get_urls(self) -> list:
        if not issubclass(self.model, Publishable):
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        page = self.admin_site.admin_view(self.step_view)
        return [path("step/<slug:step>/", page, name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if not issubclass(self.model, Publishable) or not self.has_change_permission(
            request
        ):
            return actions
        names = STEPS if request.user.has_perm(PUBLISH) else OF_AUTHORS
        return {
            **{name: (_action(name), name, STEPS[name].label) for name in names},
            **actions,
        }

    def step_view(self, request: HttpRequest, step: str) -> HttpResponse:
        if step not in STEPS:
            raise Http404
        sent = request.POST if request.method == "POST" else request.GET
        keys = sent.getlist("record")
        records = records_of(keys)
        allowed = step in OF_AUTHORS or request.user.has_perm(PUBLISH)
        if not allowed or not self.has_change_permission(request) or not keys:
            raise PermissionDenied
        gone = deletions([*keys, *sent.getlist("child")])
        if not records and gone:
            return deleted_page(self, request, gone)
        if not records:
            raise Http404
        for deletion in gone:
            messages.warning(request, str(deletion))
        if request.method != "POST" or "taken" not in request.POST:
            return self.step_page(request, step, records)
        return self._take(request, step, records)

    def step_page(
        self,
        request: HttpRequest,
        step: str,
        records: Sequence[Any],
        refused: Sequence[Any] = (),
    ) -> HttpResponse:
        offered = self._offered(request, step, records)
        affected = _consequences(step, records)
        chosen = request.POST.getlist("child")
        context = {
            **self.admin_site.each_context(request),
            "title": STEPS[step].label,
            "opts": self.opts,
            "step": STEPS[step],
            "records": [
                (key_of(record), record, workflow.label(record)) for record in records
            ],
            "children": [
                (
                    key_of(child),
                    child,
                    workflow.label(child),
                    not refused or key_of(child) in chosen,
                )
                for child in offered
            ],
            "refused": [
                (change_url(record), workflow.label(record), reason)
                for record, reason in refused
            ],
            "doubts": _doubts(step, records),
            "is_withdrawal": step == "withdraw",
            "consequences": affected,
            "consequence_count": total(affected),
            "reason": request.POST.get("reason", ""),
            "action": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_step", args=[step]
            ),
        }
        return TemplateResponse(request, "admin/step.html", context)

    def _offered(
        self, request: HttpRequest, step: str, records: Sequence[Any]
    ) -> list[Any]:
        """Returns the dependent records that could take the step together with
        `records`.
        """
        if step not in WITH_CHILDREN:
            return []
        children = dict.fromkeys(
            child for record in records for child in workflow.waiting_children(record)
        )
        return [
            child
            for child in children
            if child not in records and workflow.open_to(request.user, step, child)
        ]

    def _take(
        self, request: HttpRequest, step: str, records: list[Any]
    ) -> HttpResponse:
        children = (
            records_of(request.POST.getlist("child")) if step in WITH_CHILDREN else []
        )
        if _doubts(step, records) and "confirmed" not in request.POST:
            return self.step_page(request, step, records)
        with transaction.atomic():
            take_turn()  # nothing changes between the question and the step
            if step == "withdraw" and not _is_agreed(request, step, records):
                return self.step_page(request, step, records)
            try:
                reason = paragraphs(request.POST.get("reason", ""))
                workflow.take(step, [*records, *children], request.user, reason)
            except Refused as refused:
                return self.step_page(request, step, records, refused.reasons)
        url = self.get_view_on_site_url(records[0])
        message = taken(step, [*records, *children], url)
        self.message_user(request, message, messages.SUCCESS)
        if len(records) == 1:
            return HttpResponseRedirect(change_url(records[0]))
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        )

    def buttons(self, request: HttpRequest, record: Any) -> list[tuple[str, Any]]:
        """Returns (URL, label) of the steps that this account may take."""
        if not issubclass(self.model, Publishable):
            return []
        base = f"admin:{self.opts.app_label}_{self.opts.model_name}_step"
        names = [name for name in STEPS if workflow.open_to(request.user, name, record)]
        return [
            (f"{reverse(base, args=[name])}?record={key_of(record)}", STEPS[name].label)
            for name in names
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Annotates `is_hidden`: not public, whatever the record's own status."""
        rows = super().get_queryset(request)
        if not issubclass(self.model, Publishable):
            return rows
        public = rows.model._default_manager.public().filter(pk=OuterRef("pk"))
        return rows.annotate(is_hidden=~Exists(public))

    @admin.display(description=_("status"), ordering="status")
    def state(self, record: Any) -> str:
        hidden = record.status == Status.PUBLISHED and getattr(
            record, "is_hidden", False
        )
        note = (
            _("not visible, because a record it belongs to is not public")
            if hidden
            else ""
        )
        return format_html(
            '<span class="state {}">{}</span> {}',
            record.status,
            record.get_status_display(),
            note,
        )


def _consequences(step: str, records: Sequence[Any]) -> list[Any]:
    return consequences(step, records) if step in WITH_CONSEQUENCES else []


def _is_agreed(request: HttpRequest, step: str, records: Sequence[Any]) -> bool:
    """Whether the editor has agreed that so much else disappears."""
    count = total(_consequences(step, records))
    return not count or request.POST.get("agreed") == str(count)


def _doubts(step: str, records: Sequence[Any]) -> list[str]:
    """What is missing from the records; publishing them then needs a tick."""
    if step != "publish":
        return []
    return [
        _("%(record)s has no %(parts)s.")
        % {
            "record": workflow.label(record),
            "parts": get_text_list(parts, _("or")),
        }
        for record in records
        if (parts := workflow.missing_parts(record))
    ]


def _action(name: str) -> Any:
    def act(
        model_admin: Any, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponse | None:
        if len(queryset[: MAX_RECORDS + 1]) > MAX_RECORDS:
            message = (
                _(
                    "Choose at most %d records at once; use the filters to narrow "
                    "the list."
                )
                % MAX_RECORDS
            )
            model_admin.message_user(request, message, messages.ERROR)
            return None
        return model_admin.step_page(request, name, list(queryset))

    return act
