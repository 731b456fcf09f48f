"""Who is who: what editors and imports decided about two records that may be one
person. No page for readers shows it.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SIDES = ("one_source", "one_id", "other_source", "other_id")


class IdentityDecisionQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at=None)

    def about(self, one: tuple[str, str], other: tuple[str, str]) -> Self:
        return self.filter(**sides(one, other))

    def undo(self, account: Any = None) -> int:
        rows = self.standing()
        return rows.update(undone_at=timezone.now(), undone_by=account)


class IdentityDecision(models.Model):
    """Two records are the same or not the same. A side is a row of an import, named by
    its source and its id, or a speaker of the archive: source "" and its uid.
    """

    one_source = models.CharField(max_length=100, blank=True)
    one_id = models.CharField(max_length=500)
    other_source = models.CharField(max_length=100, blank=True)
    other_id = models.CharField(max_length=500)
    is_same = models.BooleanField()
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = IdentityDecisionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=SIDES,
                condition=Q(undone_at=None),
                name="identitydecision_once",
            ),
            models.CheckConstraint(
                name="identitydecision_two_sides",
                condition=~Q(one_source=F("other_source"), one_id=F("other_id")),
            ),
        ]

    def __str__(self) -> str:
        one, other = (":".join(side) for side in (self.one, self.other))
        return f"{one} {'=' if self.is_same else '≠'} {other}"

    @property
    def one(self) -> tuple[str, str]:
        return self.one_source, self.one_id

    @property
    def other(self) -> tuple[str, str]:
        return self.other_source, self.other_id


def sides(one: tuple[str, str], other: tuple[str, str]) -> dict[str, str]:
    """The fields of a pair, always in the same order."""
    first, second = sorted((one, other))
    return dict(zip(SIDES, (*first, *second), strict=True))
