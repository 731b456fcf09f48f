"""What all cards of an article's workbench share: its suggestions, their records, and
the names and topics in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from archive.desk.people import People
from archive.desk.reading import MODELS
from archive.models import Article, ArticleVersion, Suggestion, SuggestionKind, Topic
from policies.models import Proposal

WORD = r"[^\W_]+"


@dataclass
class Desk:
    """What all cards of an article share."""

    article: Article
    version: ArticleVersion
    suggestions: list[Suggestion]
    records: dict[tuple[str, str], Any] = field(default_factory=dict)

    @cached_property
    def people(self) -> People:
        return People(self.article, self.names)

    @cached_property
    def names(self) -> dict[str, str]:
        """The kind of each speaker whom the article's suggestions name."""
        return {
            each["name"]: each["kind"]
            for suggestion in self.suggestions
            for each in suggestion.speakers
        }

    @cached_property
    def topics(self) -> list[Topic]:
        """The archive's topics whose names occur in the text, and those of the
        article's records.
        """
        text = _spaced(self.version.text)
        used = {
            topic.pk
            for record in self.records.values()
            if hasattr(record, "topics")
            for topic in record.topics.all()
        }
        return [
            topic
            for topic in Topic.objects.all()
            if topic.pk in used or _spaced(topic.name) in text
        ]

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Those of the article, in order."""
        rows = Proposal.objects.filter(article=self.article)
        return list(rows.order_by("proposal_list", "number", "pk"))


def _spaced(text: str) -> str:
    """The words of the text with one blank around each."""
    return f" {' '.join(re.findall(WORD, text.casefold()))} "


def desk_of(article: Article, version: ArticleVersion) -> Desk:
    rows = Suggestion.objects.filter(article=article).select_related("changed_by")
    suggestions = list(rows.in_reading_order())
    for each in suggestions:
        if each.version_id == version.pk:
            each.version = version
        each.article = article
    uids: dict[str, list[str]] = {}
    for each in suggestions:
        if each.record_uid:
            uids.setdefault(each.kind, []).append(each.record_uid)
    records = {
        (kind, record.uid): record
        for kind, each_uids in uids.items()
        for record in _rows(kind).filter(uid__in=each_uids)
    }
    return Desk(article, version, suggestions, records)


def token(suggestion: Suggestion, updated_at: Any) -> str:
    """Differs whenever the suggestion or its record does."""
    return f"{suggestion.revision}.{saved_at(updated_at)}"


def saved_at(updated_at: Any) -> str:
    return f"{updated_at:%s%f}" if updated_at else ""


def tokens_of(article: Article) -> dict[int, str]:
    """The token of each card; one query a kind of record."""
    suggestions = Suggestion.objects.filter(article=article).only(
        "kind", "record_uid", "revision"
    )
    uids: dict[str, list[str]] = {}
    for each in suggestions:
        if each.record_uid:
            uids.setdefault(each.kind, []).append(each.record_uid)
    times = {
        uid: updated_at
        for kind, some in uids.items()
        for uid, updated_at in MODELS[kind]
        .objects.filter(uid__in=some)
        .values_list("uid", "updated_at")
    }
    return {each.pk: token(each, times.get(each.record_uid)) for each in suggestions}


def _rows(kind: str) -> Any:
    rows = MODELS[kind].objects.all()
    if kind == SuggestionKind.STATEMENT:
        return rows.select_related("speaker").prefetch_related(
            "topics", "positions__proposal", "positions__speaker"
        )
    if kind == SuggestionKind.PROPOSAL:
        return rows.select_related("proposed_by", "addressed_to").prefetch_related(
            "topics"
        )
    return rows.select_related("issued_by", "addressed_to").prefetch_related(
        "proposals"
    )
