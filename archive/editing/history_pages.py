"""The history page of a record, and restoring an earlier state: the form is filled with
that state, and saving makes a new change.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.core.passages import Passage
from archive.editing import history, reviews
from archive.models import Correction

RESTORE = "restore"
UNDOES = gettext_lazy(
    "A published correction replaced this state: “%(note)s” If the correction was "
    "wrong, withdraw it below; otherwise do not bring back what it replaced."
)


class HistoryPages(admin.ModelAdmin):
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        record = super().get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        rows = [*history.entries(record), *reviews.entries(request.user, record)]
        rows.sort(key=lambda entry: entry.time, reverse=True)
        newest = next((entry.id for entry in rows if entry.restorable), 0)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "module_name": str(self.opts.verbose_name_plural),
            "object": record,
            "opts": self.opts,
            "entries": rows[:200],
            "newest": newest,
            "may_restore": self.has_change_permission(request, record),
        }
        return TemplateResponse(request, "admin/history.html", context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        event = self.restored(request, obj)
        if event is None:
            return form
        values = {
            name: value
            for name, value in history.values_at(obj, event).items()
            if name in form.base_fields
        }

        def init(self: Any, *args: Any, **options: Any) -> None:
            form.__init__(self, *args, **options)
            self.initial.update(values)

        return type(form.__name__, (form,), {"__init__": init})

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Shows passages, too, as they were in the restored state."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        event = self.restored(request, obj if obj.pk else None)
        if event is not None and issubclass(inline.model, Passage):
            rows = history.rows_at(
                inline.model,
                f"{inline.model.hangs_from[0]}_id",
                obj,
                event.pgh_created_at,
            )
            options["restored"] = [
                row.exact for row in sorted(rows, key=lambda row: row.ordinal)
            ]
        return options

    def restored(self, request: HttpRequest, obj: Any) -> Any:
        """Returns the event whose state fills the form, or None."""
        return None if request.method == "POST" else restored_event(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if self.restored(request, context.get("original")):
            note = _(
                "This is an earlier state. Nothing has changed yet: save to restore it."
            )
            messages.warning(request, note)
            for correction in undone_corrections(request, context["original"]):
                messages.warning(request, UNDOES % {"note": correction.note})
        return super().render_change_form(request, context, *args, **kwargs)


def restored_event(request: HttpRequest, record: Any) -> Any:
    """Returns the event whose state the address asks to restore, or None."""
    event_id = request.GET.get(RESTORE, "")
    if record is None or not event_id.isdigit() or len(event_id) > 9:
        return None
    events = type(record).pgh_event_model.objects
    return events.filter(pgh_id=event_id, pgh_obj_id=record.pk).first()


def undone_corrections(request: HttpRequest, record: Any) -> Any:
    """Returns the public corrections made after the state that is restored: restoring
    brings back what they replaced.
    """
    event = restored_event(request, record)
    if event is None or not hasattr(record, "uid"):
        return Correction.objects.none()
    return Correction.objects.public().of([record]).made_since(event.pgh_created_at)
