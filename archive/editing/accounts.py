"""The admin of accounts and groups."""

from __future__ import annotations

from typing import Any

from axes.utils import reset
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.editing.invitations import InvitesEditors, OneAddressEach
from archive.editing.sessions import end_sessions
from archive.editing.signing_in import locks_of, time_format
from archive.editing.snapshots import MergesSnapshots, SnapshotForm


class AccountForm(SnapshotForm, OneAddressEach, UserChangeForm):
    """Two administrators of one account: both changes are kept."""


class AccountAdmin(InvitesEditors, MergesSnapshots, UserAdmin):
    """Accounts are disabled, not deleted; permissions come from the groups. Only
    superusers may change superusers.
    """

    form = AccountForm
    merged_fields = (
        *("username", "first_name", "last_name", "email"),
        *("is_active", "is_staff", "is_superuser", "groups"),
    )
    list_display = [
        *("username", "lock", "invitation", "roles"),
        *("is_active", "email", "last_login"),
    ]
    list_filter = ["is_active", "groups"]
    actions = ["lift_locks", "send_invitations"]
    show_facets = admin.ShowFacets.ALWAYS
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("What this account may do"),
            {
                "fields": ["is_active", "is_staff", "groups", "is_superuser"],
                "description": _(
                    "Contributors enter their own drafts and submit them. Editors "
                    "publish, correct and withdraw. Administrators also manage the "
                    "accounts. To close an account, clear “active”: its sessions end "
                    "too."
                ),
            },
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined", "invitation", "lock"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]})
    ]
    readonly_fields = ["last_login", "date_joined", "invitation", "lock"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (
            obj is None or not obj.is_superuser or request.user.is_superuser
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """A disabled account is signed out for good, even if it is enabled again."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(obj)

    @admin.display(description=_("locked"))
    def lock(self, user: Any) -> str:
        """How many connections are locked, and until when; empty if none is."""
        until = sorted(locks_of([user.get_username()]))
        if not until:
            return ""
        phrase = ngettext(
            "%(count)d connection, until %(until)s",
            "%(count)d connections, the last until %(until)s",
            len(until),
        )
        return phrase % {"count": len(until), "until": time_format(until[-1])}

    @admin.action(
        description=_("Lift the lock after wrong passwords"), permissions=["change"]
    )
    def lift_locks(self, request: HttpRequest, accounts: QuerySet) -> None:
        refused = [
            account.get_username()
            for account in accounts
            if not self.has_change_permission(request, account)
        ]
        names = {account.get_username() for account in accounts} - {*refused}
        if refused:
            sentence = _("Only a superuser may lift the lock of a superuser: %s.")
            refusal = sentence % ", ".join(refused)
            self.message_user(request, refusal, messages.ERROR)
        if not names:
            return
        count = len(locks_of(names))
        for name in names:
            reset(username=name)
        lifted = ngettext("%d lock was lifted.", "%d locks were lifted.", count) % count
        self.message_user(request, lifted if count else _("No account was locked."))

    @admin.display(description=_("groups"))
    def roles(self, user: Any) -> str:
        return ", ".join(str(group) for group in user.groups.all())


class ReadOnlyGroups(admin.ModelAdmin):
    """Read-only: the groups' permissions are defined in the code."""

    search_fields = ["name"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_add_permission = has_delete_permission = has_change_permission
