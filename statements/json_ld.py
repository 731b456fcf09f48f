"""Speakers and statements in the words of schema.org. Only what somebody said in these
words is a Quotation.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.core.json_ld import Node, day, known, permanent
from archive.models.json_ld import article
from statements.models import Role, Speaker, SpeakerKind, Statement

# A group (“several elected officials”) is neither; nothing in the vocabulary is.
KINDS = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANIZATION: "Organization",
    SpeakerKind.GROUP: "Thing",
}
FRAGMENT = re.compile(r"[“\"]([^”\"]+)[”\"]")
WIKIDATA = "https://www.wikidata.org/wiki/"


def speaker(shown: Speaker) -> Node:
    """With the roles of a person; `jobTitle` is left out, since it would say that a
    title is held today.
    """
    roles = shown.roles.all() if shown.kind == SpeakerKind.PERSON else []
    return known(
        **named(shown),
        mainEntityOfPage=shown.get_absolute_url(),
        alternateName=[
            name.strip() for name in shown.other_names.splitlines() if name.strip()
        ],
        description=shown.summary,
        hasOccupation=[_role(role) for role in roles],
        sameAs=[
            address
            for address in (
                shown.wikidata_id and WIKIDATA + shown.wikidata_id,
                shown.url,
            )
            if address
        ],
    )


def named(shown: Speaker) -> Node:
    """A speaker where another record names it."""
    return {
        "@type": KINDS[SpeakerKind(shown.kind)],
        "@id": permanent(shown),
        "name": shown.name,
    }


def statement(shown: Statement, **further: Any) -> Node:
    return (_quotation if shown.is_verbatim else _report)(shown, **further)


def quotation_in(shown: Statement) -> Node:
    """A quotation where its article names it."""
    return {
        "@type": "Quotation",
        "@id": permanent(shown),
        "url": shown.get_absolute_url(),
    }


def _quotation(shown: Statement, **further: Any) -> Node:
    """The words as printed; of a partial one the fragments, and beside them the
    editors' sentence they stand in.
    """
    words = (
        shown.text if shown.is_direct else " […] ".join(FRAGMENT.findall(shown.text))
    )
    return known(
        **quotation_in(shown),
        text=words,
        description="" if shown.is_direct else shown.text,
        creator=named(shown.speaker),
        isPartOf=article(shown.article),
        dateCreated=day(shown.said),
        inLanguage=shown.article.language,
        **further,
    )


def _report(shown: Statement, **further: Any) -> Node:
    """A sentence of the archive about what an article reports; the speaker is its
    subject, not its author.
    """
    return known(
        **{
            "@type": "CreativeWork",
            "@id": permanent(shown),
            "url": shown.get_absolute_url(),
        },
        genre=shown.form_label,
        text=shown.text,
        mentions=[named(shown.speaker)],
        isBasedOn=article(shown.article),
        publisher={"@type": "Organization", "name": _("On Record")},
        **further,
    )


def _role(role: Role) -> Node:
    title = f"{role.title}, {role.organization}" if role.organization else role.title
    return known(
        **{"@type": "Role", "roleName": role.title},
        startDate=role.start.isoformat() if role.start else "",
        endDate=role.end.isoformat() if role.end else "",
        description=_as_of(role),
        hasOccupation={"@type": "Occupation", "name": title},
    )


def _as_of(role: Role) -> str:
    """Of a role without a known end, the day a source shows it held."""
    if role.end or not role.known_on:
        return ""
    said = _("as of %s (date inferred)") if role.known_is_inferred else _("as of %s")
    return said % date_format(role.known_on, "N j, Y")
