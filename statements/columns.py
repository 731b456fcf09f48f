"""The columns of a speaker and of a statement in files, and those of the statements and
of the speakers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.core.addresses import address
from archive.listing.cells import Column, columns_of
from archive.listing.columns import (
    ARTICLE,
    IDENTIFIER,
    IDENTIFIERS,
    TOPICS,
    TOPICS_BY_RULE,
    TopicsLoader,
    date_columns,
)
from archive.listing.field_rows import Loader
from statements.models import Affiliation, Statement
from statements.models.speakers import office_among
from statements.models.statements import as_printed, title_of

DAY = ("said_on", "article__published_on")
KNOWN = ("speaker__known_affiliations", *DAY)


def page_of(slug: str, article: int | None) -> str:
    """The speaker's page; empty for an unnamed group, which has none."""
    return "" if article else address("speaker", slug)


def office_of(
    attribution: str, name: str, other_names: str, affiliations: Any, *days: Any
) -> str:
    """The same as `Statement.office`."""
    printed = title_of(attribution, name)
    if printed is not None:
        return printed
    day = first(*days)
    known = office_among(affiliations, day) if day else None
    return str(known or "") or as_printed(attribution, name, other_names)


def first(*days: dt.date | None) -> dt.date | None:
    return next((day for day in days if day), None)


def party_of(affiliations: Sequence[Affiliation], *days: Any) -> tuple[str, ...]:
    """The names of the speaker's parties on the first day that is known."""
    return _held(affiliations, ("party",), first(*days))


def bodies_of(affiliations: Sequence[Affiliation], *days: Any) -> tuple[str, ...]:
    """The organizations in which the speaker had an office or a seat on that day."""
    rows = [row for row in affiliations if row.organization]
    return _held(rows, ("office", "member"), first(*days))


def _held(
    affiliations: Sequence[Affiliation], kinds: Sequence[str], day: dt.date | None
) -> tuple[str, ...]:
    if not day:
        return ()
    rows = [row for row in affiliations if row.kind in kinds and row.held_on(day)]
    names = (row.organization.name if row.organization else str(row) for row in rows)
    return tuple(dict.fromkeys(names))


def held_columns(*days: str) -> list[Column]:
    """What the speaker of a record was on the first of these days that is known."""
    fields = ("speaker__known_affiliations", *days)
    return [
        Column(
            "speaker_party",
            _("The speaker's parties on that date, separated by semicolons."),
            party_of,
            fields=fields,
        ),
        Column(
            "speaker_body",
            _(
                "The organizations in which the speaker had an office or a seat on "
                "that date, separated by semicolons."
            ),
            bodies_of,
            fields=fields,
        ),
    ]


class StatementTopics(TopicsLoader):
    model = Statement


class Affiliations(Loader):
    """The public affiliations of speakers, with their organizations."""

    key = "speaker"

    def load(self, ids: Sequence[int]) -> Mapping[int, Any]:
        rows = Affiliation.objects.displayed().filter(speaker__in=ids)
        found: dict[int, list[Affiliation]] = {}
        for row in rows.select_related("organization"):
            found.setdefault(row.speaker_id, []).append(row)
        return found


SPEAKER = [
    Column("name", _("The person, organization or group.")),
    Column("slug", _("The value of the parameter speaker.")),
    Column(
        "address",
        _("Their page; unnamed groups have none."),
        page_of,
        is_path=True,
        fields=("slug", "article_id"),
    ),
]
STATEMENT = [
    Column("statement_uid", _("Its permanent identifier."), fields=("uid",)),
    Column(
        "statement_address",
        _("Its page."),
        lambda uid: address("statement", uid),
        is_path=True,
        fields=("uid",),
    ),
    Column(
        "words",
        _(
            "If direct: the speaker's own words, character for character, without "
            "quotation marks. If partial: a sentence of the archive with the "
            "speaker's words in quotation marks. If indirect or collective: the "
            "archive's own sentence."
        ),
        fields=("text",),
    ),
    Column("form", _("direct, partial, indirect or collective.")),
    Column(
        "marks_exception",
        _("Why it is a quotation although the source has no quotation marks."),
    ),
    Column("context", _("Added by the editors, to be read before the words.")),
    Column("said_by", _("The speaker."), fields=("speaker__name",)),
    Column("attribution", _("Name and title exactly as printed.")),
    Column("occasion", _("Where or when it was said.")),
    *date_columns("said", "said_"),
    *columns_of("article", ARTICLE, "article_"),
]
STATEMENTS = [
    *STATEMENT,
    *columns_of("speaker", SPEAKER, "speaker_"),
    Column(
        "office",
        _("As printed, else as known on that date."),
        office_of,
        fields=(
            "attribution",
            *("speaker__name", "speaker__other_names"),
            *KNOWN,
        ),
    ),
    *held_columns(*DAY),
    Column(
        "reported_by",
        _("Who passed it on, if the article does not quote the speaker directly."),
        fields=("reported_by__name",),
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
        lambda names: tuple(names.splitlines()),
        fields=("other_names",),
    ),
    Column("summary", _("In the archive's words.")),
    Column("wikidata_id", _("The identifier at Wikidata.")),
    IDENTIFIERS,
    Column("url", _("The home page.")),
    Column("statement_count", _("How many statements are public.")),
    Column("position_count", _("How many stated positions are public.")),
]
