"""The feeds of statements and speakers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.listing.feeds import FilteredFeed, Kind
from archive.models.corrections import in_words
from statements.filters import SpeakerFilterSet, StatementFilterSet
from statements.models import Speaker, Statement
from statements.querysets import affiliations


def _statements() -> Any:
    return Statement.objects.public().dated().with_sources()


def _title(statement: Statement) -> str:
    """Words stand in quotation marks if they are the speaker's; all others are
    labelled.
    """
    named = in_words(statement)
    return named if statement.is_direct else f"{named} ({statement.form_label})"


def _speakers() -> Any:
    rows = Speaker.objects.public().listed().with_activity().with_first_published()
    return rows.prefetch_related(affiliations("", with_organizations=True))


STATEMENT = Kind("statement", _statements, _title, "feeds/statement.html")
SPEAKER = Kind("speaker", _speakers, str, "feeds/speaker.html")


class StatementFeed(FilteredFeed):
    kind, title = STATEMENT, _("Statements")
    filterset_class = StatementFilterSet


class SpeakerFeed(FilteredFeed):
    kind, title = SPEAKER, _("Speakers")
    filterset_class = SpeakerFilterSet
