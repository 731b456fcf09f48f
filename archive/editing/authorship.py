"""Who made and who changed a record, as its history tells; and who may change it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from archive.core.publishing import Status
from archive.core.roles import PUBLISH


def with_actor(events: QuerySet) -> QuerySet:
    """With `actor`, the id of the account that acted; none where a command did."""
    return events.annotate(
        actor=Cast(KeyTextTransform("user", "pgh_context__metadata"), BigIntegerField())
    )


def made_by(record: Any) -> int | None:
    """The id of the account that added it."""
    added = type(record).pgh_event_model.objects.filter(
        pgh_obj_id=record.pk, pgh_label="insert"
    )
    return with_actor(added).values_list("actor", flat=True).order_by("-pgh_id").first()


def own(rows: QuerySet, user: Any) -> QuerySet:
    """Those that `user` added."""
    events: Any = rows.model.pgh_event_model.objects
    added = with_actor(events.filter(pgh_label="insert", pgh_obj_id=OuterRef("pk")))
    return rows.filter(Exists(added.filter(actor=user.pk)))


def may_change(user: Any, record: Any) -> bool:
    """Editors may change everything; others only their own, as long as it is a draft
    and nothing public needs it.
    """
    if user.has_perm(PUBLISH):
        return True
    if getattr(record, "status", Status.DRAFT) != Status.DRAFT:
        return False
    if (
        not hasattr(record, "status")
        and type(record).objects.public().filter(pk=record.pk).exists()
    ):
        return False
    return made_by(record) == user.pk


def names() -> dict[int, str]:
    """Of all accounts, by id."""
    return {user.pk: user.get_username() for user in get_user_model().objects.all()}
