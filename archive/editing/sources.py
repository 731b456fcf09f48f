"""Addresses of sources: which ones readers can open, and which are the same."""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.wording.invisible import one_line

SCHEME = _("An address starts with http:// or https:// and contains no spaces.")
SECRET = _(
    "This address contains a user name or a password, which everybody could read. "
    "Leave out the part before the @."
)
OWN = _("Readers cannot open this address: %(host)s is a name in a private network.")
OWN_NAMES = re.compile(
    r"(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|lan|home|corp|invalid)"
)
NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*")
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|igshid|yclid|mc_[ce]id|smid|cmpid|ref|ref_src",
    re.I,
)
USUAL_PORTS = {None, 80, 443}


class AddressField(forms.URLField):
    """An http(s) address that every reader can open."""

    def to_python(self, value: Any) -> str:
        address = super().to_python(one_line(str(value or "")))
        return str(address or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            refuse_unreachable(value)


ADDRESSES: dict[Any, Any] = {models.URLField: {"form_class": AddressField}}


def refuse_unreachable(address: str) -> None:
    try:
        parts = urlsplit(address)
        host, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise ValidationError(URLValidator.message) from None
    if parts.scheme.lower() not in ("http", "https"):
        raise ValidationError(SCHEME)
    if "@" in parts.netloc:
        raise ValidationError(SECRET)
    if not _is_public(host):
        raise ValidationError(OWN, params={"host": host})


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    is_name = "." in host and not NUMBERS.fullmatch(host)
    return is_name and not OWN_NAMES.fullmatch(host)


def canonical(url: str) -> str:
    """An address without what leads to the same page: the scheme, www., a usual port,
    a fragment, a slash at the end and the parameters that only track readers. What is
    no address, such as one with the port 99999, stays as it is.
    """
    try:
        parts = urlsplit(url.strip())
        port = "" if parts.port in USUAL_PORTS else f":{parts.port}"
    except ValueError:
        return url
    query = [pair for pair in parse_qsl(parts.query) if not TRACKING.fullmatch(pair[0])]
    path = quote(unquote(parts.path)).rstrip("/")
    return f"{host_of(url)}{port}{path}?{urlencode(sorted(query))}"


def host_of(url: str) -> str:
    """The host in ASCII, without www.; "" if it is no address, such as http://[."""
    try:
        name = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    host = name.rstrip(".").removeprefix("www.")
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def spellings(host: str) -> set[str]:
    """How an address may spell the host."""
    try:
        return {host, host.encode().decode("idna")}
    except UnicodeError:
        return {host}
