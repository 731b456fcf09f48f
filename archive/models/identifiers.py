from __future__ import annotations

import pghistory
from django.db import models

from archive.core import identifiers
from archive.models.articles import Article


@pghistory.track()
class ArticleIdentifier(identifiers.Identifier):
    """Such as a DOI or the number of a press release."""

    hangs_from = ("article",)

    article = models.ForeignKey(Article, models.CASCADE, related_name="identifiers")

    class Meta(identifiers.Identifier.Meta):
        constraints = identifiers.constraints("article")
        triggers = identifiers.change_log("archive", "article")
