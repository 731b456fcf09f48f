"""Who is sent a mail about what. Kept for nothing else, and erased when it stops."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A mail may be sent again so soon, although its turn has not quite come: a timer does
# not run at the same second every day.
EARLY = dt.timedelta(hours=1)


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("As soon as something is new")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


PAUSES = {
    Frequency.AT_ONCE: dt.timedelta(0),
    Frequency.DAILY: dt.timedelta(days=1) - EARLY,
    Frequency.WEEKLY: dt.timedelta(days=7) - EARLY,
}


def new_key() -> str:
    return secrets.token_urlsafe(24)


class FollowerQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> Self:
        """Those whose last digest is long enough ago."""
        conditions = Q()
        for frequency, pause in PAUSES.items():
            conditions |= Q(frequency=frequency, read_to__lte=now - pause)
        return self.filter(conditions)


class Follower(models.Model):
    """A confirmed address. `key` is the secret in the links of its mails; everything
    that became public until `read_to` was considered for it.
    """

    address = models.EmailField(_("e-mail address"))
    frequency = models.CharField(
        _("how often"), max_length=7, choices=Frequency, default=Frequency.DAILY
    )
    key = models.CharField(max_length=40, unique=True, default=new_key)
    read_to = models.DateTimeField(default=timezone.now)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("address"), name="follower_address"),
            models.CheckConstraint(
                name="follower_frequency", condition=Q(frequency__in=Frequency.values)
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Follow(models.Model):
    """What a follower follows: the path and parameters of a page of the archive, and
    the conditions they mean, compiled.
    """

    follower = models.ForeignKey(
        Follower, models.CASCADE, related_name="follows", verbose_name=_("follower")
    )
    page = models.CharField(max_length=2_500)
    label = models.CharField(max_length=300)
    conditions = models.JSONField()
    key = models.CharField(max_length=40, unique=True, default=new_key)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["follower", "page"], name="follow_once")
        ]

    def __str__(self) -> str:
        return self.label


class SentRecord(models.Model):
    """A record that a follower was sent, so that its correction and its withdrawal are
    sent too.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="sent")
    table = models.CharField(max_length=50)
    record_uid = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "table", "record_uid"], name="sent_once"
            )
        ]
        indexes = [models.Index(fields=["table", "record_uid"])]

    def __str__(self) -> str:
        return f"{self.table} {self.record_uid}"


class AskedAddress(models.Model):
    """That an address was lately asked to confirm, as a keyed digest of it."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.digest[:8]
