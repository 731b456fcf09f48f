"""schema.org data of speakers and statements. Only verbatim words are a Quotation."""

from __future__ import annotations

import re
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.core.json_ld import Node, day, permanent, without_empty
from archive.models.json_ld import article
from statements.models import Role, Speaker, SpeakerKind, Statement

# schema.org has no type for a group such as “several elected officials”.
KINDS = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANIZATION: "Organization",
    SpeakerKind.GROUP: "Thing",
}
FRAGMENT = re.compile(r"[“\"]([^”\"]+)[”\"]")
WIKIDATA = "https://www.wikidata.org/wiki/"


def speaker(record: Speaker) -> Node:
    """With the roles of a person. `jobTitle` is omitted, because it would mean that the
    title is held today.
    """
    roles = record.roles.all() if record.kind == SpeakerKind.PERSON else []
    return without_empty(
        **named(record),
        mainEntityOfPage=record.get_absolute_url(),
        alternateName=[
            name.strip() for name in record.other_names.splitlines() if name.strip()
        ],
        description=record.summary,
        hasOccupation=[_role(role) for role in roles],
        sameAs=[
            url
            for url in (
                record.wikidata_id and WIKIDATA + record.wikidata_id,
                record.url,
            )
            if url
        ],
    )


def named(record: Speaker) -> Node:
    """A speaker as referred to by another record."""
    return {
        "@type": KINDS[SpeakerKind(record.kind)],
        "@id": permanent(record),
        "name": record.name,
    }


def statement(record: Statement, **further: Any) -> Node:
    return (_quotation if record.is_verbatim else _report)(record, **further)


def quotation_in(record: Statement) -> Node:
    """A quotation as referred to by its article."""
    return {
        "@type": "Quotation",
        "@id": permanent(record),
        "url": record.get_absolute_url(),
    }


def _quotation(record: Statement, **further: Any) -> Node:
    """The words as printed; of a partial quotation the fragments, with the editors'
    sentence as description.
    """
    words = (
        record.text if record.is_direct else " […] ".join(FRAGMENT.findall(record.text))
    )
    return without_empty(
        **quotation_in(record),
        text=words,
        description="" if record.is_direct else record.text,
        creator=named(record.speaker),
        isPartOf=article(record.article),
        dateCreated=day(record.when_said),
        inLanguage=record.article.language,
        **further,
    )


def _report(record: Statement, **further: Any) -> Node:
    """A sentence of the archive about what an article reports; the speaker is its
    subject, not its author.
    """
    return without_empty(
        **{
            "@type": "CreativeWork",
            "@id": permanent(record),
            "url": record.get_absolute_url(),
        },
        genre=record.form_label,
        text=record.text,
        mentions=[named(record.speaker)],
        isBasedOn=article(record.article),
        publisher={"@type": "Organization", "name": _("On Record")},
        **further,
    )


def _role(role: Role) -> Node:
    title = f"{role.title}, {role.organization}" if role.organization else role.title
    return without_empty(
        **{"@type": "Role", "roleName": role.title},
        startDate=role.start.isoformat() if role.start else "",
        endDate=role.end.isoformat() if role.end else "",
        description=_as_of(role),
        hasOccupation={"@type": "Occupation", "name": title},
    )


def _as_of(role: Role) -> str:
    """For a role without a known end: the day on which a source shows it held."""
    if role.end or not role.known_on:
        return ""
    phrase = _("as of %s (date inferred)") if role.known_is_inferred else _("as of %s")
    return phrase % date_format(role.known_on, "N j, Y")
