"""Internal state of the installation."""

from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """A key and value stored by the installation itself, such as its database id."""

    key = models.CharField(max_length=50, primary_key=True)
    value = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key
