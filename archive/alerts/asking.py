"""A confirmation by mail: nothing is stored before somebody confirms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import mail, signing
from django.core.cache import cache
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from archive.alerts.targets import Target, target
from archive.models import AskedAddress, Follow, Follower

SALT = "archive.alerts"
VALID = dt.timedelta(days=3)
MAX_FOLLOWS = 200  # of one address
MAX_OF_FOLLOWER = 20  # confirmations a day to an address that has confirmed one


class TooMany(Exception):
    """One address follows as much as one may."""


@dataclass(frozen=True)
class Asked:
    """What a confirmation confirms."""

    address: str
    page: str
    frequency: str


def ask(address: str, followed: Target, frequency: str) -> bool:
    """Sends the mail with the link that confirms. False if the address was asked in the
    last day: nobody can fill somebody else's mailbox.
    """
    if not _may_ask(address):
        return False
    token = signing.dumps([address, followed.page, frequency], salt=SALT, compress=True)
    link = settings.SITE + reverse("follow_confirm", args=[token])
    context = {"label": followed.label, "link": link, "site": settings.SITE}
    mail.EmailMessage(
        subject=_("Confirm that you want mail from On Record"),
        body=render_to_string("alerts/confirm.txt", context),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    return True


def asked(token: str) -> Asked | None:
    """What a link confirms; None if it was forged or is too old."""
    try:
        address, page, frequency = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return None
    return Asked(address, page, frequency)


@transaction.atomic
def confirm(request: Asked) -> Follow:
    """Raises Http404 if what is to be followed is public no more, and TooMany."""
    followed = target(request.page)
    follower, _is_new = Follower.objects.select_for_update().get_or_create(
        address__iexact=request.address, defaults={"address": request.address}
    )
    if follower.follows.count() >= MAX_FOLLOWS:
        raise TooMany
    follower.frequency = request.frequency
    follower.save()
    follow, _is_new = Follow.objects.get_or_create(
        follower=follower,
        page=followed.page,
        defaults={"label": followed.label, "conditions": followed.conditions},
    )
    return follow


def stop(follow: Follow) -> None:
    """Erases the follower with the last follow."""
    follower = follow.follower
    follow.delete()
    if not follower.follows.exists():
        follower.delete()


def _may_ask(address: str) -> bool:
    """A digest is kept for a day, no address. Who has confirmed one follow is asked for
    each further one, within a limit.
    """
    if Follower.objects.filter(address__iexact=address).exists():
        key = f"asked:{_digest(address)}"
        cache.add(key, 0, int(dt.timedelta(days=1).total_seconds()))
        return cache.incr(key) <= MAX_OF_FOLLOWER
    row, is_new = AskedAddress.objects.get_or_create(digest=_digest(address))
    if is_new:
        return True
    if row.at > timezone.now() - dt.timedelta(days=1):
        return False
    return bool(
        AskedAddress.objects.filter(pk=row.pk, at=row.at).update(at=timezone.now())
    )


def _digest(address: str) -> str:
    return salted_hmac(SALT, address.casefold(), algorithm="sha256").hexdigest()
