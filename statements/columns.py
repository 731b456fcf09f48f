"""What a file says of a speaker and of a statement."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from archive.listing.columns import ARTICLE, DATE
from archive.listing.csv import Column, columns_of
from statements.models import Speaker, Statement


def page_of(speaker: Speaker) -> str:
    """An unnamed group has none."""
    return "" if speaker.article_id else speaker.get_absolute_url()


SPEAKER = [
    Column("name", _("The person, organization or group."), attrgetter("name")),
    Column("slug", _("What the parameter speaker takes."), attrgetter("slug")),
    Column(
        "address", _("Their page; unnamed groups have none."), page_of, is_path=True
    ),
]
STATEMENT = [
    Column("statement_uid", _("Its permanent name."), attrgetter("uid")),
    Column(
        "statement_address", _("Its page."), Statement.get_absolute_url, is_path=True
    ),
    Column(
        "words",
        _(
            "Under direct: the speaker's own words, character for character, without "
            "marks. Under partial: a sentence"
            " of the archive that holds them in marks. Under indirect and collective: "
            "the archive's own sentence."
        ),
        attrgetter("text"),
    ),
    Column("form", _("direct, partial, indirect or collective."), attrgetter("form")),
    Column(
        "context",
        _("The editors' addition, to be read before the words."),
        attrgetter("context"),
    ),
    Column("said_by", _("Whose words they are."), attrgetter("speaker.name")),
    Column(
        "attribution",
        _("Name and title exactly as printed."),
        attrgetter("attribution"),
    ),
    Column("occasion", _("Where or when it was said."), attrgetter("occasion")),
    *columns_of("said", DATE, "said_"),
    *columns_of("article", ARTICLE, "article_"),
]
