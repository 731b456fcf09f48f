"""Links with which somebody chooses a password: a new one, or the first."""

from __future__ import annotations

import datetime as dt
import logging
from threading import Thread
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

LOG = logging.getLogger("archive.mail")
THREAD = "mail"


class Links(PasswordResetTokenGenerator):
    """Django's tokens: one is void after its time, and as soon as the password, the
    address or the last sign-in of the account is another.
    """

    def __init__(
        self, url_name: str, valid: dt.timedelta, subject: Any, is_first: bool
    ) -> None:
        super().__init__()
        self.key_salt = f"archive.{url_name}"
        self.url_name, self.valid, self.subject = url_name, valid, subject
        self.is_first = is_first

    def is_for(self, user: User) -> bool:
        """Whether the account may choose a password by such a link: an active one,
        which has a password already, or, if invited, none yet.
        """
        return user.is_active and user.has_usable_password() != self.is_first

    def check_token(self, user: Any, token: str | None) -> bool:
        if not token or not super().check_token(user, token):
            return False
        sent = base36_to_int(token.partition("-")[0])
        age = self._num_seconds(self._now()) - sent
        return bool(age <= self.valid.total_seconds())

    def letter(self, user: User, **context: Any) -> EmailMessage:
        """The mail. Its address is the archive's own, which no request can change."""
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        link = reverse(self.url_name, args=[uid, self.make_token(user)])
        known = {"user": user, "site": settings.SITE, "link": settings.SITE + link}
        return EmailMessage(
            subject=str(self.subject),
            body=render_to_string(f"admin/mails/{self.url_name}.txt", known | context),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


RESET = Links(
    "password_reset", dt.timedelta(hours=2), _("A new password for On Record"), False
)
INVITATION = Links(
    "invitation", dt.timedelta(days=3), _("You are invited to edit On Record"), True
)


def post(letters: list[EmailMessage]) -> None:
    """Sends them in a thread of its own, so that the time of an answer does not tell
    whether there was anything to send.
    """
    Thread(target=_send, args=[letters], name=THREAD).start()


def _send(letters: list[EmailMessage]) -> None:
    for letter in letters:
        try:
            letter.send()
        except OSError:
            LOG.exception("A mail with a link for a new password was not sent.")
