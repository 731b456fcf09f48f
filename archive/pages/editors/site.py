"""The admin as the editors' site: its own home page, a guide, and models in the order
of work.
"""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from archive.desk.urls import desk_urls
from archive.editing.addresses import View, refusing_malformed
from archive.editing.signing_in import SignInForm
from archive.editing.unsent import Unsent, opened, sealed
from archive.importing.who.urls import who_urls
from archive.pages.editors import home
from archive.pages.editors.guide import PARTS

GROUPS: list[tuple[Any, list[str]]] = [
    (_("Articles"), ["archive.Article"]),
    (_("Statements"), ["statements.Statement", "statements.Turn"]),
    (_("Speakers"), ["statements.Speaker"]),
    (_("Proposals"), ["policies.ProposalList", "policies.Proposal"]),
    (_("Positions"), ["policies.Position", "policies.Check"]),
    (_("Topics and outlets"), ["archive.Topic", "archive.Outlet"]),
    (_("Corrections"), ["archive.Correction", "archive.Report"]),
    (_("Searches"), ["archive.FailedSearch", "archive.SynonymGroup"]),
    (_("Accounts"), ["auth.User", "auth.Group"]),
]


NOT_SENT = _("The form was not sent")
OF_ANOTHER = _("Another account opened this form, so nothing was saved.")


class EditorsSite(admin.AdminSite):
    site_header = _("On Record")
    site_title = _("On Record: editors")
    index_title = _("Editors’ home")
    index_template = "admin/home.html"
    login_form = SignInForm

    def get_urls(self) -> list:
        return [
            path("guide/", self.admin_view(self.guide), name="guide"),
            *desk_urls(self),
            *who_urls(self),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "mail_is_on": settings.MAIL_IS_ON}

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        inner = super().admin_view(refusing_malformed(view), cacheable)

        @wraps(view)
        def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            is_form = request.method == "POST" and view != self.logout
            if is_form and request.user.is_anonymous:
                return self.sign_in_again(request, sealed(request))
            return inner(request, *args, **kwargs)

        return respond

    def sign_in_again(self, request: HttpRequest, unsent: str) -> HttpResponse:
        """The sign-in form, which carries what was sent after the session ended."""
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "app_path": reverse("admin:login"),
            "next": request.POST.get("next") or request.get_full_path(),
            "form": self.login_form(request),
            "unsent": unsent,
            "session_ended": True,
        }
        return TemplateResponse(
            request, "admin/login.html", context, status=HTTPStatus.FORBIDDEN
        )

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        text = request.POST.get("unsent", "")
        if text and "username" not in request.POST:  # from the page of the lock
            return self.sign_in_again(request, text)
        response = super().login(request, {**(extra_context or {}), "unsent": text})
        if response.status_code != HTTPStatus.FOUND or not (unsent := opened(text)):
            return response
        if unsent.is_of(request.user):
            return self.send_again(request, unsent)
        messages.warning(request, OF_ANOTHER)
        return response

    def send_again(
        self, request: HttpRequest, unsent: Unsent, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """Offers the form to the account that opened it, and shows nothing of it to
        another.
        """
        is_own = unsent.is_of(request.user)
        context = {
            **self.each_context(request),
            "title": _("Your changes were not saved yet") if is_own else NOT_SENT,
            "unsent": unsent if is_own else None,
            "refusal": OF_ANOTHER,
        }
        return render(request, "admin/unsent.html", context, status=status)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict]:
        """One group for each stage of the work; an app's own page lists only that app's
        models.
        """
        apps = super().get_app_list(request, app_label)
        models = {
            model["model"]._meta.label: model for app in apps for model in app["models"]
        }
        groups = []
        for index, (name, labels) in enumerate(GROUPS):
            group_models = [models[label] for label in labels if label in models]
            if group_models:
                url = group_models[0]["admin_url"]
                groups.append(
                    {
                        "name": name,
                        "app_label": f"group-{index}",
                        "app_url": url,
                        "has_module_perms": True,
                        "models": group_models,
                    }
                )
        return groups

    def index(
        self, request: HttpRequest, extra_context: Any = None
    ) -> TemplateResponse:
        return super().index(
            request, {**(extra_context or {}), **home.context(request.user)}
        )

    def guide(self, request: HttpRequest) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": _("How to add an article to the archive"),
            "parts": PARTS,
        }
        return TemplateResponse(request, "admin/guide.html", context)
