"""Searches without a result: the words and their frequency, nothing about
who searched.
"""

from __future__ import annotations

import re

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from archive.core.revision import counts_each_time

MAX_ROWS = 5_000  # beyond this, the rarest are deleted
MAX_WORDS = 8  # longer queries are pasted text, which may concern private persons
# E-mail addresses, URLs and long numbers can identify a person; they are not stored.
PERSONAL = re.compile(r"@|\d[\d\s().-]{5,}\d|https?:|www\.")


class FailedSearchQuerySet(models.QuerySet):
    def note(self, list_name: str, typed: str) -> None:
        """Counts one search without a result."""
        counts_each_time()
        words = " ".join(typed.lower().split())[:100]
        if not words or len(words.split()) > MAX_WORDS or PERSONAL.search(words):
            return
        row, is_new = self.get_or_create(list_name=list_name, words=words)
        if is_new and self.count() > MAX_ROWS:
            self.filter(
                pk=self.exclude(pk=row.pk).order_by("count", "last_on").values("pk")[:1]
            ).delete()
        if not is_new:
            self.filter(pk=row.pk).update(count=F("count") + 1, last_on=Now())


class FailedSearch(models.Model):
    list_name = models.CharField(_("list"), max_length=20)
    words = models.CharField(_("words"), max_length=100)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_on = models.DateField(_("last searched"), db_default=Now())

    objects = FailedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        constraints = [
            models.UniqueConstraint(
                fields=["list_name", "words"], name="failed_search_once"
            )
        ]

    def __str__(self) -> str:
        return self.words
