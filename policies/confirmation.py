"""The page on which a second person confirms an inference."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.core.roles import PUBLISH
from archive.editing.workflow import change_url
from policies.models import Position

SUBSTANCE = {
    "speaker",
    "proposal",
    "stance",
    "basis",
    "conditions",
    "rationale",
    "evidence",
    "source_url",
    "held_on",
}


def may_confirm(position: Position, user: Any) -> bool:
    is_waiting = Position.objects.unconfirmed().filter(pk=position.pk).exists()
    return bool(
        is_waiting
        and user.has_perm(PUBLISH)
        and position.recorded_by_id not in (None, user.pk)
    )


def confirm(position: Position, seen: str, user: Any) -> bool:
    """Confirms the inference as it was when the second person read it, at the time
    `seen`; returns False if it was changed or confirmed since.
    """
    try:
        time = parse_datetime(seen[:40])
    except ValueError:
        time = None
    if time is None or not may_confirm(position, user):
        return False
    unchanged = Position.objects.unconfirmed().filter(pk=position.pk, updated_at=time)
    return bool(unchanged.update(reviewed_by=user))


def _next(request: HttpRequest) -> str:
    """The page of ours from which the second person was sent here, or ""."""
    url = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, None) and url.startswith("/")
    return url if is_ours else ""


class ConfirmPage(admin.ModelAdmin):
    def get_urls(self) -> list:
        page = self.admin_site.admin_view(self.confirm_view)
        return [
            path("<path:object_id>/confirm/", page, name="policies_position_confirm"),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, record: Any) -> list[tuple[str, Any]]:
        url = reverse("admin:policies_position_confirm", args=[record.pk])
        return (
            [(url, _("Confirm as the second person"))]
            if may_confirm(record, request.user)
            else []
        )

    def notice(self, request: HttpRequest, record: Any) -> Any:
        if not record.is_inferred or record.reviewed_by_id:
            return ""
        return (
            _("A second person must confirm this inference; %s recorded it.")
            % record.recorded_by
        )

    def confirm_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        position = super().get_object(request, unquote(object_id))
        if position is None:
            raise Http404
        if not may_confirm(position, request.user):
            raise PermissionDenied
        if request.method == "POST":
            if confirm(position, request.POST.get("read", ""), request.user):
                messages.success(
                    request, gettext("Confirmed. It can now be published.")
                )
                return HttpResponseRedirect(_next(request) or change_url(position))
            messages.error(
                request,
                gettext(
                    "It was changed while you were reading it. Please read it again."
                ),
            )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Confirm an inference"),
            "opts": self.opts,
            "position": position,
            "evidence": position.evidence.with_sources(),
        }
        return TemplateResponse(request, "admin/confirm.html", context)
