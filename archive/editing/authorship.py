"""Who created and changed a record, according to its history, and who may change it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import (
    BigIntegerField,
    Exists,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from archive.core.publishing import Status
from archive.core.roles import PUBLISH


def with_actor(events: QuerySet) -> QuerySet:
    """Annotates each event with `actor`, the id of the account that made the change;
    None if a command did.
    """
    return events.annotate(
        actor=Cast(KeyTextTransform("user", "pgh_context__metadata"), BigIntegerField())
    )


def made_by(record: Any) -> int | None:
    """Returns the id of the account that added the record."""
    added = type(record).pgh_event_model.objects.filter(
        pgh_obj_id=record.pk, pgh_label="insert"
    )
    return with_actor(added).values_list("actor", flat=True).order_by("-pgh_id").first()


def submitted_by(record: Any) -> int | None:
    """Returns the id of the account that last put the record into review."""
    events = type(record).pgh_event_model.objects.filter(pgh_obj_id=record.pk)
    elsewhere = events.exclude(status=Status.IN_REVIEW).aggregate(last=Max("pgh_id"))
    submitted = events.filter(pgh_id__gt=elsewhere["last"] or 0).order_by("pgh_id")
    return with_actor(submitted).values_list("actor", flat=True).first()


def may_recall(user: Any, record: Any) -> bool:
    """Returns whether `user` may take the record back from review: who made or
    submitted it may.
    """
    return user.pk in (made_by(record), submitted_by(record))


def with_maker(rows: QuerySet) -> QuerySet:
    """Annotates each record with `maker`, the id of the account that added it."""
    events: Any = rows.model.pgh_event_model.objects
    added = with_actor(events.filter(pgh_label="insert", pgh_obj_id=OuterRef("pk")))
    newest = added.order_by("-pgh_id").values("actor")[:1]
    return rows.annotate(maker=Subquery(newest))


def added_by(rows: QuerySet, user: Any) -> QuerySet:
    """Filters to the records that `user` added."""
    events: Any = rows.model.pgh_event_model.objects
    added = with_actor(events.filter(pgh_label="insert", pgh_obj_id=OuterRef("pk")))
    return rows.filter(Exists(added.filter(actor=user.pk)))


def may_change(user: Any, record: Any) -> bool:
    """Returns whether `user` may change the record: editors may change everything;
    others only their own drafts, and only while no public record needs them.
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


def usernames() -> dict[int, str]:
    """Returns the user names of all accounts, by id."""
    return {user.pk: user.get_username() for user in get_user_model().objects.all()}
