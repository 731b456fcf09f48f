"""Records with an editorial status and a permanent public identifier."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

UID_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


# derived from other columns, so it is not part of a record's history
NOT_TRACKED = ["is_public"]


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def new_uid() -> str:
    return "".join(secrets.choice(UID_ALPHABET) for _ in range(10))


class Publishable(models.Model):
    """A record with an editorial status and a permanent public identifier.

    `hangs_from` names the foreign keys whose records must be public too; `natural` the
    fields of its natural key in fixtures.
    """

    hangs_from: tuple[str, ...] = ()
    natural: tuple[str, ...] = ("uid",)

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT
    )
    uid = models.CharField(max_length=10, unique=True, default=new_uid, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Maintained by triggers: published, and everything it hangs from is public. Values
    # assigned in Python have no effect.
    is_public = models.BooleanField(
        default=False, db_default=False, editable=False, serialize=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status",
                condition=Q(status__in=Status.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_uid",
                condition=Q(uid__regex=r"^[0-9a-z]{10}$"),
            ),
        ]

    def natural_key(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in self.natural)
