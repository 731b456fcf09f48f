"""Inviting an editor: an account without a password, and a mail to choose one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _

from archive.editing.password_links import INVITATION

SENT = "Invitation sent"  # as the log of the admin keeps it
ADDRESS_LOCK = 1_717_001  # of PostgreSQL: one new address at a time


class OneAddressEach(forms.ModelForm):
    """No two accounts have one e-mail address, in whatever capitals."""

    def clean_email(self) -> str:
        address = str(self.cleaned_data.get("email") or "")
        if not address:
            return address
        if connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADDRESS_LOCK])
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(email__iexact=address).exists():
            raise forms.ValidationError(_("Another account has this e-mail address."))
        return address


class InvitationForm(OneAddressEach):
    role = forms.ModelChoiceField(
        Group.objects.order_by("pk"),
        label=_("Role"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_(
            "Contributors enter their own drafts and submit them. Editors publish, "
            "correct and withdraw. Administrators also manage the accounts."
        ),
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True

    def save(self, commit: bool = True) -> Any:
        self.instance.set_unusable_password()
        self.instance.is_staff = True
        return super().save(commit)

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        self.instance.groups.add(self.cleaned_data["role"])


FIELDSETS = [
    (None, {"fields": ["username", "first_name", "last_name", "email", "role"]})
]


def with_invitations(accounts: QuerySet) -> QuerySet:
    """Adds `invited_at`, when the last invitation was sent."""
    sent = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User),
        object_id=Cast(OuterRef("pk"), CharField()),
        change_message=SENT,
    ).order_by("-action_time")
    return accounts.annotate(invited_at=Subquery(sent.values("action_time")[:1]))


class InvitesEditors(admin.ModelAdmin):
    """Without mail, or if `by=password` asks for it, an account is made with a
    password, as Django does it.
    """

    add_form_template = "admin/account_add.html"

    def invites(self, request: HttpRequest) -> bool:
        return bool(settings.MAIL_IS_ON) and request.GET.get("by") != "password"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None and self.invites(request):
            kwargs["form"] = InvitationForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None and self.invites(request):
            return FIELDSETS
        return super().get_fieldsets(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_invitations(super().get_queryset(request))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not settings.MAIL_IS_ON:
            actions.pop("send_invitations", None)
        return actions

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        is_new = context["original"] is None
        context["invites"] = is_new and self.invites(request)
        if context["invites"]:
            context["title"] = _("Invite an editor")
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form, InvitationForm):
            transaction.on_commit(partial(self.invite, request, form.instance))

    def invite(self, request: HttpRequest, account: User) -> None:
        names = {"address": account.email, "name": account.get_username()}
        try:
            INVITATION.letter(account, by=request.user).send()
        except OSError:
            refusal = _(
                "The mail to %(address)s could not be sent. The account “%(name)s” "
                "exists: select it in the list and choose “Send an invitation”."
            )
            self.message_user(request, refusal % names, messages.ERROR)
            return
        self.log_change(request, account, SENT)
        told = _("An invitation was sent to %(address)s. Its link is valid for 3 days.")
        self.message_user(request, told % names)

    @admin.action(
        description=_("Send an invitation (again)"), permissions=["add", "change"]
    )
    def send_invitations(self, request: HttpRequest, accounts: QuerySet) -> None:
        refused = []
        for account in accounts:
            is_open = account.email and account.is_staff and INVITATION.is_for(account)
            if is_open and self.has_change_permission(request, account):
                self.invite(request, account)
            else:
                refused.append(account.get_username())
        if refused:
            sentence = _(
                "Not invited: %s. Only active accounts with an e-mail address and "
                "without a password are."
            )
            message = sentence % ", ".join(refused)
            self.message_user(request, message, messages.ERROR)

    @admin.display(description=_("invitation"), ordering="invited_at")
    def invitation(self, account: Any) -> str:
        """When it was sent, as long as nobody has accepted it."""
        sent = getattr(account, "invited_at", None)
        if not sent or not INVITATION.is_for(account):
            return ""
        is_over = sent < now() - INVITATION.valid
        phrase = _("sent %s, expired") if is_over else _("sent %s, not accepted yet")
        return phrase % date_format(localtime(sent), "SHORT_DATETIME_FORMAT")
