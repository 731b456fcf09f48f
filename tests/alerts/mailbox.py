"""A real SMTP server that keeps what it is sent."""

from __future__ import annotations

import contextlib
import email
import email.policy
import re
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

ADDRESS = re.compile(r"http://testserver(/\S+)")


class Mailbox:
    """`messages` in order; with `refuses`, every message is refused."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 Try again later"
        content = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )
        assert isinstance(content, EmailMessage)
        self.messages.append(content)
        return "250 OK"

    def newest(self) -> EmailMessage:
        return self.messages[-1]


def body(message: EmailMessage) -> str:
    text: str = message.get_content()
    return text


def links(message: EmailMessage) -> list[str]:
    return ADDRESS.findall(body(message))


@contextlib.contextmanager
def mailbox() -> Iterator[Mailbox]:
    kept = Mailbox()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        with override_settings(
            MAIL_IS_ON=True,
            SITE="http://testserver",
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
            EMAIL_TIMEOUT=10,
            DEFAULT_FROM_EMAIL="archive@archive.example",
        ):
            yield kept
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return int(each.getsockname()[1])
