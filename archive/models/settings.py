"""What the installation remembers about itself."""

from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """What the installation remembers about itself."""

    key = models.CharField(max_length=50, primary_key=True)
    value = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key
