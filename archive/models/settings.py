"""Internal state of the installation."""

from __future__ import annotations

from django.db import models

FEED_ID = "urn:on-record:corrections"


class SettingQuerySet(models.QuerySet):
    def feed_id(self) -> str:
        """The same whatever the address of the archive; a copy of the database keeps
        it.
        """
        value = self.filter(key="feed_id").values_list("value", flat=True).first()
        return value or FEED_ID


class Setting(models.Model):
    """A key and value stored by the installation itself, such as its database id."""

    key = models.CharField(max_length=50, primary_key=True)
    value = models.TextField(blank=True)

    objects = SettingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
