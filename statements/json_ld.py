"""schema.org data of speakers and statements. Only verbatim words are a Quotation."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from django.utils.translation import gettext as _

from archive.core import identifiers
from archive.core.json_ld import Node, day, permanent, without_empty
from archive.models.json_ld import article
from statements.models import (
    Affiliation,
    AffiliationKind,
    Speaker,
    SpeakerKind,
    Statement,
)

# schema.org has no type for a group such as “several elected officials”.
KINDS = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANIZATION: "Organization",
    SpeakerKind.GROUP: "Thing",
}
FRAGMENT = re.compile(r"[“\"]([^”\"]+)[”\"]")
WIKIDATA = "https://www.wikidata.org/wiki/"


def speaker(record: Speaker, with_page: Container[int]) -> Node:
    """With the offices, parties and memberships; `with_page` holds the primary keys of
    the organizations that have an address. `jobTitle` is omitted, because it would mean
    that the title is held today.
    """
    rows = record.public_affiliations
    offices = [row for row in rows if row.kind == AffiliationKind.OFFICE]
    others = [row for row in rows if row.kind != AffiliationKind.OFFICE]
    return without_empty(
        **named(record),
        mainEntityOfPage=record.get_absolute_url(),
        alternateName=[
            name.strip() for name in record.other_names.splitlines() if name.strip()
        ],
        description=record.summary,
        hasOccupation=[_occupation(row) for row in offices],
        memberOf=[_membership(row, with_page) for row in others],
        identifier=identifiers.nodes(record.identifiers.all()),
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


def _occupation(row: Affiliation) -> Node:
    named_as = [row.title, row.organization.name if row.organization else ""]
    return _role(
        row,
        hasOccupation=without_empty(
            **{"@type": "Occupation"},
            name=", ".join(filter(None, named_as)),
            occupationLocation=_place(row),
        ),
    )


def _membership(row: Affiliation, with_page: Container[int]) -> Node:
    """schema.org repeats the property's name inside its Role."""
    if row.organization and row.organization_id in with_page:
        return _role(row, memberOf=named(row.organization))
    name = row.organization.name if row.organization else row.title or row.place
    body = {"@type": "Organization", "name": name}
    return _role(row, memberOf=body)


def _role(row: Affiliation, **further: Any) -> Node:
    """schema.org's Role says when a relation held."""
    return without_empty(
        **{"@type": "Role", "roleName": row.title},
        startDate=row.when_start.iso if row.when_start else "",
        endDate=row.when_end.iso if row.when_end else "",
        description=_as_of(row),
        **further,
    )


def _place(row: Affiliation) -> Node | None:
    return {"@type": "AdministrativeArea", "name": row.place} if row.place else None


def _as_of(row: Affiliation) -> str:
    """For one without a known end: the day on which a source shows it held."""
    if row.end or not row.when_known:
        return ""
    phrase = _("as of %s (date inferred)") if row.known_is_inferred else _("as of %s")
    return phrase % row.when_known
