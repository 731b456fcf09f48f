"""CHECK constraints shared by several models."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def says_something(field: str, name: str) -> models.CheckConstraint:
    """Not empty and not only spaces."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__regex": r"\S"}),
        violation_error_message=_("This must not be empty."),
    )


# Control and direction characters, zero-width blanks and the like. A joiner is refused
# at the ends of a text and beside Latin letters; it belongs between letters of others.
INVISIBLE = (
    r"[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e"
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]"
    r"|(^|[\u0001-\u024f])[\u200c\u200d]|[\u200c\u200d]([\u0001-\u024f]|$)"
)


def visible(*fields: str, name: str) -> models.CheckConstraint:
    """No characters that nobody sees; forms take them out."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{f"{field}__regex": INVISIBLE})
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=_(
            "This contains invisible characters, such as direction marks. Type it "
            "again."
        ),
    )


def web_addresses(*fields: str, name: str) -> models.CheckConstraint:
    """Empty, or an http(s) URL: never javascript: or another scheme."""
    condition = Q()
    for field in fields:
        condition &= Q(**{field: ""}) | Q(**{f"{field}__iregex": r"^https?://\S+$"})
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=_(
            "An address starts with http:// or https:// and contains no spaces."
        ),
    )


def slug_is_plain(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(slug__regex=r"^[-a-zA-Z0-9_]+$"),
        violation_error_message=_(
            "An address may contain only letters, digits, hyphens and underscores."
        ),
    )
