"""A second opinion on `.public()`: what the public may see, worked out in Python from the rows themselves.

It shares nothing with the querysets it checks; that the status is compared by hand here is the point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, Resolver404, resolve

from archive.models import Article, ArticleVersion, Correction, Outlet, Topic
from policies.models import Check, Position, Proposal, ProposalIdentifier, ProposalList, ProposalPassage
from statements.models import Role, Speaker, Statement, StatementPassage

Found = Iterator[tuple[Any, str]]  # a record, and what is wrong with it
Names = dict[Any, set[int]]  # of speakers, topics and outlets: the ids on which something public hangs

PUBLISHED = "published"
PUBLISHABLE: list[Any] = [Article, Statement, ProposalList, Proposal, Position, Correction]
NAMES: list[Any] = [Outlet, Topic, Speaker]
PARTS: dict[Any, Callable[[Any, Names], bool]] = {
    ArticleVersion: lambda version, named: is_public(version.article),
    StatementPassage: lambda passage, named: is_public(passage.statement),
    ProposalPassage: lambda passage, named: is_public(passage.proposal),
    ProposalIdentifier: lambda identifier, named: is_public(identifier.proposal),
    Role: lambda role, named: role.speaker_id in named[Speaker],
    Check: lambda check, named: is_public(check.proposal) and check.speaker_id in named[Speaker],
}
IN_PROPOSAL = ["proposal__article", "proposal__proposal_list__article"]
RELATED: dict[Any, list[str]] = {
    Statement: ["article"],
    ProposalList: ["article"],
    Proposal: ["article", "proposal_list__article"],
    Position: IN_PROPOSAL,
    ArticleVersion: ["article"],
    StatementPassage: ["statement__article"],
    ProposalPassage: IN_PROPOSAL,
    ProposalIdentifier: IN_PROPOSAL,
    Role: ["speaker"],
    Check: IN_PROPOSAL,
}
LOADED: dict[Any, list[str]] = {
    Statement: ["topics"],
    Proposal: ["topics"],
    Position: ["evidence__article"],
}


def visibility() -> Found:
    """What `.public()` returns, row by row, against what the rows themselves say."""
    named: Names = defaultdict(set)
    for model in PUBLISHABLE:
        for record in _with_shown(model, RELATED.get(model, []), LOADED.get(model, [])):
            visible = is_public(record)
            if visible:
                _note_names(record, named)
            yield from _compare(record, visible)
    for model in NAMES:
        for record in _with_shown(model):
            yield from _compare(record, record.pk in named[model])
    for model, visible_part in PARTS.items():
        for record in _with_shown(model, RELATED[model]):
            yield from _compare(record, visible_part(record, named))


def stream(rows: Any, at_once: int = 500) -> Iterator[Any]:
    return rows.order_by("pk").iterator(chunk_size=at_once)


def _with_shown(model: Any, related: Sequence[str] = (), loaded: Sequence[str] = ()) -> Iterator[Any]:
    shown = Exists(model.objects.public().filter(pk=OuterRef("pk")))
    rows = model.objects.annotate(shown=shown).prefetch_related(*loaded)
    if model is ArticleVersion:
        rows = rows.defer("text")  # whole articles, not needed here
    return stream(rows.select_related(*related) if related else rows)


def is_public(record: Any) -> bool:
    if record.status != PUBLISHED:
        return False
    parents = [getattr(record, name, None) for name in ("article", "proposal_list", "proposal")]
    if not all(is_public(parent) for parent in parents if parent):
        return False
    if not isinstance(record, Position):
        return True
    return rests_on(record, [statement for statement in record.evidence.all() if is_public(statement)])


def _note_names(record: Any, named: Names) -> None:
    """What has no status is public when something public hangs on it."""
    people = ("speaker_id", "reported_by_id", "issued_by_id", "proposed_by_id", "addressed_to_id")
    named[Speaker].update(pk for name in people if (pk := getattr(record, name, None)))
    if isinstance(record, Article) and record.outlet_id:
        named[Outlet].add(record.outlet_id)
    if isinstance(record, Statement | Proposal):
        named[Topic].update(topic.pk for topic in record.topics.all())


def _compare(record: Any, visible: bool) -> Found:
    if record.shown and not visible:
        yield record, "is shown, though it or something it hangs from is not public"
    if visible and not record.shown:
        yield record, "is public with all it hangs from, yet is not shown"
    if record.shown and hasattr(record, "get_absolute_url"):
        try:
            resolve(urlsplit(record.get_absolute_url()).path)
        except (NoReverseMatch, Resolver404):
            yield record, "is shown, but has no page"


def rests_on(position: Any, statements: Any) -> bool:
    if position.basis in ("document", "action") or (position.basis != "inferred" and position.source_url):
        return True
    if position.basis == "inferred" and not position.evidence.all():
        return True
    return any(
        position.basis != "own_words"
        or (statement.speaker_id == position.speaker_id and statement.form in ("direct", "partial"))
        for statement in statements
    )
