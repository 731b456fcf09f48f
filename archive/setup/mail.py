"""Mail settings from one address, such as smtp://name:password@host:587?from=a@b.org"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
TIMEOUT = 10  # seconds


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings for it; {} if there is none. smtp:// begins with STARTTLS
    unless `security=none`; smtps:// is encrypted from the start. Raises ValueError with
    what is wrong.
    """
    if not address:
        return {}
    url = urlsplit(address)
    options = {name: values[-1] for name, values in parse_qs(url.query).items()}
    sender, security = options.pop("from", ""), options.pop("security", "starttls")
    if url.scheme not in PORTS or not url.hostname:
        raise ValueError(
            "ON_RECORD_SMTP is like smtp://name:password@host:587?from=archive@host."
        )
    if "@" not in sender or any(mark in sender for mark in "\r\n"):
        raise ValueError("ON_RECORD_SMTP needs the sender's address: ?from=a@b.org")
    if options or security not in ("starttls", "none"):
        raise ValueError(
            "ON_RECORD_SMTP knows `from` and `security` (starttls or none)."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or PORTS[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp" and security == "starttls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT,
        "DEFAULT_FROM_EMAIL": sender,
    }
