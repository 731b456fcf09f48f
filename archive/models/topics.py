"""Subject headings."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.addresses import address
from archive.core.constraints import says_something, slug_is_plain, visible
from archive.core.querysets import PublicQuerySet
from archive.core.sorting import SortKey


@pghistory.track()
class Topic(models.Model):
    """A subject heading."""

    natural = ("slug",)

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(max_length=80, unique=True, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = [SortKey("name"), "name"]
        constraints = [
            says_something("name", "topic_name"),
            visible("name", name="topic_visible"),
            slug_is_plain("topic_slug"),
        ]
        triggers = [triggers.slug_from("name"), *triggers.change_log("archive.topic")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("topic", self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
