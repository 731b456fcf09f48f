"""Runs of a text that are one speaker's own words, without quotation marks."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from pgtrigger import After, Before, Delete, Insert, Trigger, Update

from archive.core import triggers
from archive.models import ArticleVersion
from statements.models.speakers import Speaker

OUTSIDE = "A turn lies within the text of its version."


@pghistory.track()
class Turn(models.Model):
    """`start`..`end` (Unicode code points) of a version are the speaker's own words.

    A speech is one turn over its text, a press release one of its issuer, a transcript
    has one for each time somebody speaks.
    """

    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, related_name="turns", verbose_name=_("version")
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="turns", verbose_name=_("speaker")
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["version", "start"]
        constraints = [
            models.CheckConstraint(
                name="turn_not_empty", condition=Q(end__gt=F("start"))
            ),
            models.UniqueConstraint(
                fields=["version", "speaker", "start", "end"], name="turn_once"
            ),
        ]
        triggers = [
            Trigger(
                name="inside_its_text",
                when=Before,
                operation=Insert | Update,
                func=f"""
                IF NEW."end" > (
                    SELECT length(v.text) FROM archive_articleversion v
                    WHERE v.id = NEW.version_id
                ) THEN
                    {triggers.refuse("turn_inside_its_text", OUTSIDE)}
                END IF;
                RETURN NEW;
                """,
            ),
            # A citation names who speaks in a turn as the author.
            Trigger(
                name="logs_its_article",
                when=After,
                operation=Insert | Update | Delete,
                func="""
                INSERT INTO archive_change (xid, at, model, record, operation)
                SELECT pg_current_xact_id()::text::bigint, statement_timestamp(),
                    'archive.article', v.article_id, 'update'
                FROM archive_articleversion v
                WHERE v.id = coalesce(NEW.version_id, OLD.version_id);
                RETURN NULL;
                """,
            ),
            # Checks the deferred rules of statements that may rest on the turn again.
            Trigger(
                name="rechecks_statements",
                when=After,
                operation=Update | Delete,
                func="""
                UPDATE statements_statement SET text = text WHERE id IN (
                    SELECT p.statement_id FROM statements_statementpassage p
                    WHERE p.version_id = OLD.version_id
                );
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.start}–{self.end}"
