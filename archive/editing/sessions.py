"""The sessions of an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_sessions(user: Any) -> int:
    """Signs the account out everywhere and returns how many sessions it had.

    A session names its account only inside its signed text, so all are read.
    """
    sessions = Session.objects.filter(expire_date__gt=timezone.now())
    keys = [
        session.pk
        for session in sessions.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
