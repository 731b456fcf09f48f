"""Choosing a password by a link that came by mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from archive.editing.password_links import INVITATION, RESET, Links, post
from archive.models import AskedAddress
from archive.pages.rate_limits import is_rate_limited

MAX_BY_SENDER = 10  # requests an hour
EVERY = dt.timedelta(hours=1)  # one mail an account


class OfTheEditors:
    """A page in the frame of the admin, for visitors."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**admin.site.each_context(self.request), **context}


class ForgottenForm(PasswordResetForm):
    """The address typed is counted whether or not an account has it, so that the work
    and the answer are the same.
    """

    def save(self, *_args: Any, **_kwargs: Any) -> None:
        address = self.cleaned_data["email"]
        is_new = _may_ask(address)
        letters = [
            RESET.letter(user)
            for user in self.get_users(address)
            if is_new and RESET.is_for(user)
        ]
        post(letters)


@method_decorator(never_cache, name="dispatch")
class Forgotten(OfTheEditors, views.PasswordResetView):
    form_class = ForgottenForm
    template_name = "admin/password_forgotten.html"
    success_url = reverse_lazy("password_asked")
    title = _("Forgotten your password?")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.MAIL_IS_ON:
            raise Http404
        return super().dispatch(*args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if not is_rate_limited(self.request, "password", MAX_BY_SENDER):
            return super().form_valid(form)
        form.add_error(None, _("That was too often. Try again in an hour."))
        return self.render_to_response(self.get_context_data(form=form), status=429)


class Asked(OfTheEditors, views.PasswordResetDoneView):
    """The same for every address."""

    template_name = "admin/password_asked.html"
    title = _("Look into your mail")


class Choose(OfTheEditors, views.PasswordResetConfirmView):
    """A GET changes nothing, because mail programs open links."""

    links: Links = RESET
    template_name = "admin/password_choose.html"
    success_url = reverse_lazy("admin:login")
    title = _("Choose a password")

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)
        self.token_generator = self.links

    def get_user(self, uidb64: str) -> User | None:
        user: User | None = super().get_user(uidb64)
        return user if user and self.links.is_for(user) else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Who can read the mail of an account need not wait for the end of its lock."""
        response = super().form_valid(form)
        reset(username=form.user.get_username())
        messages.success(self.request, _("Your password is set. Log in with it now."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.validlink:
            context["title"] = _("This link is no longer valid")
        return {**context, "is_first": self.links.is_first}

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        status = 200 if self.validlink else 404
        return super().render_to_response(context, status=status, **kwargs)


def _may_ask(address: str) -> bool:
    """Whether nobody asked for this address in the last hour; only a keyed digest of it
    is stored, for a day.
    """
    keyed = salted_hmac("archive.password", address.casefold(), algorithm="sha256")
    row, is_new = AskedAddress.objects.get_or_create(digest=keyed.hexdigest())
    if is_new:
        return True
    late = AskedAddress.objects.filter(pk=row.pk, at__lte=timezone.now() - EVERY)
    return bool(late.update(at=timezone.now()))


urls = [
    path("admin/password/forgotten/", Forgotten.as_view(), name="password_forgotten"),
    path("admin/password/asked/", Asked.as_view(), name="password_asked"),
    path(
        "admin/password/new/<uidb64>/<token>/", Choose.as_view(), name="password_reset"
    ),
    path(
        "admin/password/first/<uidb64>/<token>/",
        Choose.as_view(links=INVITATION),
        name="invitation",
    ),
]
