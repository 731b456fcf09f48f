"""Words that mean the same for a search, kept by editors."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.constraints import says_something, visible


class SynonymGroupQuerySet(models.QuerySet):
    def by_words(self) -> list[list[str]]:
        """The words of every group, in the order they were added."""
        rows = self.order_by("pk").values_list("words", flat=True)
        return [[word.strip() for word in each.split("\n")] for each in rows]


@pghistory.track()
class SynonymGroup(models.Model):
    """A search for one of the words also finds the others, on every list, and the page
    says so.
    """

    words = models.TextField(
        _("words"),
        unique=True,
        help_text=_(
            "One word or a few words on each line, such as “jail”, “prison” and "
            "“Rikers”. A search for one of them also finds the others, and the page "
            "says which."
        ),
    )

    objects = SynonymGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")
        ordering = ["words"]
        constraints = [
            says_something("words", "synonym_words"),
            visible("words", name="synonym_visible"),
            models.CheckConstraint(
                name="synonym_two_lines",
                condition=models.Q(words__regex=r"\S[^\n]*\n\s*\S"),
                violation_error_message=_("A group needs at least two lines."),
            ),
            models.CheckConstraint(
                name="synonym_few_lines",
                condition=~models.Q(words__regex=r"(\n[^\n]*){12}"),
                violation_error_message=_("A group has at most 12 lines."),
            ),
        ]
        triggers = triggers.change_log("archive.synonymgroup")

    def __str__(self) -> str:
        return " = ".join(line.strip() for line in self.words.split("\n") if line)
