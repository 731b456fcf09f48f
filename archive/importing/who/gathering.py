"""The people to compare: the speakers of the archive, and the new rows of an import."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from archive.importing import staging
from archive.importing.who.persons import Office, Person, Side
from archive.importing.who.places import full_name
from archive.models import ExternalId
from statements.models import Affiliation, Speaker, SpeakerIdentifier
from statements.models.affiliations import AffiliationKind
from statements.models.speakers import SpeakerKind

ARTICLE = ("article", "article_id", "article_uid")  # of an unnamed group


def speakers(pks: Collection[int] | None = None) -> list[Person]:
    """Those with a page of their own, not merged; all, or those with the keys."""
    rows = Speaker.objects.filter(merged_into=None, article=None)
    if pks is not None:
        rows = rows.filter(pk__in=pks)
    known, held, sources = identifiers(pks), offices(pks), sources_of(pks)
    fields = ("pk", "uid", "slug", "name", "other_names", "kind")
    return [
        Person(
            Side("", uid),
            name,
            tuple(other_names.splitlines()),
            kind,
            identifiers=frozenset(known[pk]),
            sources=frozenset(source for source, _id in sources[pk]),
            offices=tuple(held[pk]),
            pk=pk,
            slug=slug,
        )
        for pk, uid, slug, name, other_names, kind in rows.order_by("pk").values_list(
            *fields
        )
    ]


def identifiers(
    pks: Collection[int] | None = None,
) -> dict[int, set[tuple[str, str]]]:
    """(scheme, value) of speakers, by primary key."""
    wikidata = Speaker.objects.exclude(wikidata_id="")
    others = SpeakerIdentifier.objects.all()
    if pks is not None:
        wikidata = wikidata.filter(pk__in=pks)
        others = others.filter(speaker__in=pks)
    made: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for pk, value in wikidata.values_list("pk", "wikidata_id"):
        made[pk].add(("wikidata", value))
    for pk, scheme, value in others.values_list("speaker", "scheme", "identifier"):
        made[pk].add((scheme.casefold(), value))
    return made


def offices(pks: Collection[int] | None = None) -> dict[int, list[Office]]:
    rows = Affiliation.objects.filter(kind=AffiliationKind.OFFICE)
    rows = rows.order_by("speaker", "start", "title")
    if pks is not None:
        rows = rows.filter(speaker__in=pks)
    made: dict[int, list[Office]] = defaultdict(list)
    fields = ("speaker", "title", "place", "organization__name", "start", "end")
    for pk, title, place, body, start, end in rows.values_list(*fields):
        made[pk].append(Office(title, full_name(place) or body or "", start, end))
    return made


def sources_of(
    pks: Collection[int] | None = None,
) -> dict[int, list[tuple[str, str]]]:
    """(source, id) of the rows that imports linked with a speaker, or with one that was
    merged into it.
    """
    owners = Speaker.objects.annotate(owner=Coalesce(F("merged_into"), F("pk")))
    entries = ExternalId.objects.filter(kind="speakers")
    if pks is not None:
        owners = owners.filter(owner__in=pks)
        entries = entries.filter(record__in=owners.values("pk"))
    by_record = dict(owners.values_list("pk", "owner"))
    made: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = entries.order_by("source", "external_id")
    for record, source, key in rows.values_list("record", "source", "external_id"):
        made[by_record.get(record, record)].append((source, key))
    return made


def rows(source: str) -> list[Person]:
    """The staged rows that are new, but those of unnamed groups and those with the uid
    of a speaker.
    """
    people = [_of_row(source, *row) for row in staging.new_rows()]
    uids = {each.values["uid"] for each in people if each.values.get("uid")}
    present = set(Speaker.objects.filter(uid__in=uids).values_list("uid", flat=True))
    return [
        each
        for each in people
        if each.values.get("uid") not in present
        and not any(each.values.get(name) for name in ARTICLE)
    ]


def decided_rows(source: str) -> list[Person]:
    """The staged rows that the archive has already and that say who they are."""
    people = [_of_row(source, *row) for row in staging.changed_rows('"same_as"')]
    return [each for each in people if each.values.get("same_as")]


def _of_row(
    source: str, ordinal: int, file: str, line: int, external_id: str, content: str
) -> Person:
    values = json.loads(content)
    return Person(
        Side(source, external_id),
        values["name"],
        tuple(values.get("other_names", "").splitlines()),
        values.get("kind") or SpeakerKind.PERSON.value,
        tuple(values.get("nickname", "").splitlines()),
        values.get("suffix", ""),
        _identifiers(values),
        frozenset({source}),
        _offices(values),
        place=(file, line),
        values=values | {"ordinal": ordinal},
    )


def _identifiers(values: dict[str, Any]) -> frozenset[tuple[str, str]]:
    others = {(scheme.casefold(), v) for scheme, v in values.get("identifiers") or []}
    wikidata = values.get("wikidata_id")
    return frozenset(others | ({("wikidata", wikidata)} if wikidata else set()))


def _offices(values: dict[str, Any]) -> tuple[Office, ...]:
    title, place = values.get("office", ""), full_name(values.get("place", ""))
    return (Office(title, place),) if title or place else ()
