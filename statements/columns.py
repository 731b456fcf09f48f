"""The columns of a speaker and of a statement in CSV files, and of /statements.csv and
/speakers.csv.
"""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from archive.core import identifiers
from archive.listing.columns import (
    ARTICLE,
    DATE,
    IDENTIFIER,
    TOPICS,
    TOPICS_BY_RULE,
)
from archive.listing.csv import Column, columns_of
from statements.models import Speaker, Statement


def page_of(speaker: Speaker) -> str:
    """The speaker's page; empty for an unnamed group, which has none."""
    return "" if speaker.article_id else speaker.get_absolute_url()


SPEAKER = [
    Column("name", _("The person, organization or group.")),
    Column("slug", _("The value of the parameter speaker.")),
    Column(
        "address", _("Their page; unnamed groups have none."), page_of, is_path=True
    ),
]
STATEMENT = [
    Column("statement_uid", _("Its permanent identifier."), attrgetter("uid")),
    Column(
        "statement_address", _("Its page."), Statement.get_absolute_url, is_path=True
    ),
    Column(
        "words",
        _(
            "If direct: the speaker's own words, character for character, without "
            "quotation marks. If partial: a sentence of the archive with the "
            "speaker's words in quotation marks. If indirect or collective: the "
            "archive's own sentence."
        ),
        attrgetter("text"),
    ),
    Column("form", _("direct, partial, indirect or collective.")),
    Column(
        "marks_exception",
        _("Why it is a quotation although the source has no quotation marks."),
    ),
    Column("context", _("Added by the editors, to be read before the words.")),
    Column("said_by", _("The speaker."), attrgetter("speaker.name")),
    Column("attribution", _("Name and title exactly as printed.")),
    Column("occasion", _("Where or when it was said.")),
    *columns_of("when_said", DATE, "said_"),
    *columns_of("article", ARTICLE, "article_"),
]
STATEMENTS = [
    *STATEMENT,
    *columns_of("speaker", SPEAKER, "speaker_"),
    Column("office", _("As printed, else as known on that date.")),
    Column(
        "reported_by",
        _("Who passed it on, if the article does not quote the speaker directly."),
    ),
    TOPICS,
    TOPICS_BY_RULE,
]
SPEAKERS = [
    IDENTIFIER,
    *SPEAKER,
    Column("kind", _("person, organization or group.")),
    Column(
        "other_names",
        _("Other names, separated by semicolons."),
        lambda speaker: "; ".join(speaker.other_names.splitlines()),
    ),
    Column("summary", _("In the archive's words.")),
    Column("wikidata_id", _("The identifier at Wikidata.")),
    Column(
        "identifiers",
        _("Its identifiers elsewhere, with their scheme, separated by semicolons."),
        identifiers.written,
    ),
    Column("url", _("The home page.")),
    Column("statement_count", _("How many statements are public.")),
    Column("position_count", _("How many stated positions are public.")),
]
