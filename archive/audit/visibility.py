"""Cross-checks `.public()` against the statuses of a record and of everything it hangs
from.

It does not read `is_public`, which triggers maintain, and shares no code with the
querysets it checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, F, OuterRef, Q
from django.urls import NoReverseMatch, Resolver404, resolve

from archive.models import (
    Article,
    ArticleIdentifier,
    ArticleVersion,
    Correction,
    Outlet,
    Topic,
)
from policies.models import (
    Check,
    Position,
    Proposal,
    ProposalIdentifier,
    ProposalList,
    ProposalPassage,
)
from statements.models import (
    Affiliation,
    Speaker,
    SpeakerIdentifier,
    Statement,
    StatementPassage,
)

Findings = Iterator[tuple[Any, str]]  # (record, problem)

PUBLISHED = "published"
PUBLISHABLE: list[Any] = [
    Article,
    Statement,
    ProposalList,
    Proposal,
    Position,
    Correction,
]
# public if a public record refers to them
NAMES: list[Any] = [
    Outlet,
    Topic,
    Speaker,
]
PARTS: list[Any] = [
    ArticleVersion,
    StatementPassage,
    ProposalPassage,
    ProposalIdentifier,
    ArticleIdentifier,
    SpeakerIdentifier,
    Affiliation,
    Check,
]

# Written out, so that this check is independent of `hangs_from`.
PARENTS: dict[Any, list[str]] = {
    Statement: ["article"],
    ProposalList: ["article"],
    Proposal: ["proposal_list", "article"],
    Position: ["proposal"],
    ArticleVersion: ["article"],
    StatementPassage: ["statement"],
    ProposalPassage: ["proposal"],
    ProposalIdentifier: ["proposal"],
    ArticleIdentifier: ["article"],
    SpeakerIdentifier: ["speaker"],
    Affiliation: ["speaker"],
    Check: ["proposal", "speaker"],
}
# What the address of a record needs of others, so that it is read with the record.
ADDRESSED_BY: dict[Any, list[str]] = {
    Position: ["proposal"],
    Speaker: ["article"],
}


def visibility() -> Findings:
    """Records that are public and should not be, that should be public and are not, and
    that have no page.
    """
    for model in [*PUBLISHABLE, *NAMES, *PARTS]:
        public, expected = (
            model.objects.public(),
            model.objects.filter(should_be_public(model)),
        )
        for record in stream(
            public.filter(~Exists(expected.filter(pk=OuterRef("pk"))))
        ):
            yield record, "is public, but it or a record it depends on is not published"
        for record in stream(
            expected.filter(~Exists(public.filter(pk=OuterRef("pk"))))
        ):
            yield record, "should be public, but is not"
        if hasattr(model, "get_absolute_url"):
            yield from _without_page(public)


def stream(rows: Any, at_once: int = 500) -> Iterator[Any]:
    return rows.order_by("pk").iterator(chunk_size=at_once)


def should_be_public(model: Any, prefix: str = "") -> Q:
    """The condition for a row of `model`, reached through `prefix`, from statuses
    alone.
    """
    condition = Q(**{f"{prefix}status": PUBLISHED}) if model in PUBLISHABLE else Q()
    if model is Affiliation:
        condition = _is_affiliation_shown(prefix)
    if model in NAMES:
        condition = _something_public_hangs_on(model, prefix)
    for name in PARENTS.get(model, []):
        field = model._meta.get_field(name)
        parent = should_be_public(field.related_model, f"{prefix}{name}__")
        condition &= (
            parent | Q(**{f"{prefix}{name}__isnull": True}) if field.null else parent
        )
    return (
        condition & _rests_on_something_public(prefix)
        if model is Position
        else condition
    )


def _something_public_hangs_on(model: Any, prefix: str) -> Q:
    condition = Q(pk__in=[])
    for relation in model._meta.related_objects:
        if relation.related_model in PUBLISHABLE:
            rows = relation.related_model.objects.filter(
                should_be_public(relation.related_model)
            )
            condition |= Q(
                Exists(rows.filter(**{relation.field.name: OuterRef(f"{prefix}pk")}))
            )
    return condition | _is_affiliated(prefix) if model is Speaker else condition


def _is_affiliation_shown(prefix: str = "") -> Q:
    """It is ticked as published, and its organization was not merged into another."""
    merged = Q(**{f"{prefix}organization__merged_into__isnull": False})
    return Q(**{f"{prefix}is_published": True}) & ~merged


def _is_affiliated(prefix: str) -> Q:
    """A speaker with a published affiliation that names a source, and its
    organization, if the speaker has a page.
    """
    sourced = Affiliation.objects.filter(_is_affiliation_shown()).exclude(source_url="")
    has_page = Q(speaker__article__isnull=True, speaker__merged_into__isnull=True)
    pk = OuterRef(f"{prefix}pk")
    return Q(Exists(sourced.filter(speaker=pk))) | Q(
        Exists(sourced.filter(has_page, organization=pk))
    )


def _rests_on_something_public(prefix: str) -> Q:
    """A position needs a public statement or a source address.

    An inference with evidence needs at least one public statement, because its
    rationale quotes it. Positions published with neither before this became a rule
    remain public.
    """
    evidence = Position.evidence.through.objects.filter(
        position=OuterRef(f"{prefix}pk")
    )
    quoted = Q(
        statement__speaker=F("position__speaker"),
        statement__form__in=["direct", "partial"],
    )
    public = evidence.filter(
        should_be_public(Statement, "statement__"),
        ~Q(position__basis="own_words") | quoted,
    )
    has_source = ~Q(**{f"{prefix}source_url": ""}) & ~Q(
        **{f"{prefix}basis": "inferred"}
    )
    may_have_neither = ~Q(**{f"{prefix}basis__in": ["own_words", "reported"]})
    return has_source | Q(Exists(public)) | (may_have_neither & ~Q(Exists(evidence)))


def _without_page(rows: Any) -> Findings:
    for record in stream(rows.select_related(*ADDRESSED_BY.get(rows.model, []))):
        try:
            has_page = _is_page(urlsplit(record.get_absolute_url()).path)
        except NoReverseMatch:
            has_page = False
        if not has_page:
            yield record, "is public, but has no page"


@lru_cache(maxsize=10_000)
def _is_page(path: str) -> bool:
    """All positions of a proposal stand on one page."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
