"""Signing in, and the lock after wrong passwords."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.formats import time_format as localized_time
from django.utils.timezone import localtime, now
from django.utils.translation import ngettext

TRIES_ANNOUNCED = 3  # before the lock


class SignInForm(AdminAuthenticationForm):
    """Says how many tries are left before the account is locked."""

    def get_invalid_login_error(self) -> ValidationError:
        error = super().get_invalid_login_error()
        left = self._tries_left()
        if not 0 < left <= TRIES_ANNOUNCED:
            return error
        warning = ngettext(
            "%d more try is left. After that this account is locked for 15 minutes.",
            "%d more tries are left. After that this account is locked for 15 minutes.",
            left,
        )
        return ValidationError([error, warning % left])

    def _tries_left(self) -> int:
        credentials = {"username": self.cleaned_data.get("username")}
        failures = AxesProxyHandler.get_failures(self.request, credentials)
        return int(settings.AXES_FAILURE_LIMIT - failures)


def locks_of(names: Iterable[str]) -> list[dt.datetime]:
    """The end of each lock: one for each account and connection (IP address). The
    failures of several browsers of one connection add up.
    """
    attempts = AccessAttempt.objects.filter(
        username__in=names, attempt_time__gte=now() - settings.AXES_COOLOFF_TIME
    ).order_by("-attempt_time")
    failures: Counter[tuple[str, str]] = Counter()
    ends: dict[tuple[str, str], dt.datetime] = {}
    for attempt in attempts:
        who = attempt.username, attempt.ip_address
        failures[who] += attempt.failures_since_start
        if failures[who] >= settings.AXES_FAILURE_LIMIT:
            ends.setdefault(who, attempt.attempt_time + settings.AXES_COOLOFF_TIME)
    return list(ends.values())


def time_format(moment: dt.datetime) -> str:
    return localized_time(localtime(moment))
