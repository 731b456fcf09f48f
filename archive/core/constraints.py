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
