"""How many characters of an article readers may see, and how many they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.core.publishing import Status
from archive.models import Article, Rights
from policies.models import ProposalPassage
from statements.models import StatementPassage
from statements.models.statements import VERBATIM

Span = tuple[int, int]


@dataclass(frozen=True)
class Meter:
    """`characters` of the passages that readers see, each counted once; `limit` is None
    if there is none; `length` is that of the newest text.
    """

    characters: int
    limit: int | None
    length: int

    @property
    def share(self) -> int:
        """Per cent of the text."""
        return min(round(100 * self.characters / self.length), 100)

    @property
    def part_of_limit(self) -> int:
        """Per cent of the limit, at most 100; of the text if there is no limit."""
        if self.limit is None:
            return self.share
        if self.characters >= self.limit:
            return 100 if self.characters else 0
        return round(100 * self.characters / self.limit)

    @property
    def is_exceeded(self) -> bool:
        return self.limit is not None and self.characters > self.limit

    @property
    def stop(self) -> str:
        """The sentence that says why this cannot be published; "" if it can."""
        if not self.is_exceeded:
            return ""
        return _(
            "Readers would see %(characters)d characters of the article; its rights "
            "allow %(limit)d. Leave records out, or change what readers may see."
        ) % {"characters": self.characters, "limit": self.limit}


def meter_with(article: Article, further: Iterable[tuple[int, int, int]]) -> Meter:
    """Measures the public passages, and `further` spans (key of the version, start,
    end) as if they were public, too. It counts as the rule `excerpt_limit` of the
    database does: not what is paraphrased, and each character of a version once.
    """
    version = article.latest_version
    characters = _union([*_public(article), *further])
    return Meter(characters, limit_of(article), len(version.text) if version else 1)


def limit_of(article: Article) -> int | None:
    if article.rights == Rights.FULL_TEXT:
        return None
    return 0 if article.rights == Rights.LINK_ONLY else article.excerpt_limit


def counted_spans(records: Sequence[Any]) -> list[tuple[int, int, int]]:
    """What the statements and proposals among `records` would add if they were public,
    as (key of the version, start, end).
    """
    by_kind = {
        kind: [record.pk for record in records if record._meta.model_name == kind]
        for kind in ("statement", "proposal")
    }
    quoted = StatementPassage.objects.filter(
        statement__in=by_kind["statement"], statement__form__in=VERBATIM
    )
    listed = ProposalPassage.objects.filter(
        proposal__in=by_kind["proposal"], proposal__proposal_list__isnull=False
    )
    return [*_spans(quoted), *_spans(listed)]


def _public(article: Article) -> list[tuple[int, int, int]]:
    quoted = StatementPassage.objects.filter(
        statement__article=article,
        statement__status=Status.PUBLISHED,
        statement__form__in=VERBATIM,
    )
    listed = ProposalPassage.objects.filter(
        proposal__article=article,
        proposal__status=Status.PUBLISHED,
        proposal__proposal_list__status=Status.PUBLISHED,
    )
    return [*_spans(quoted), *_spans(listed)]


def _spans(passages: Any) -> list[tuple[int, int, int]]:
    return list(passages.values_list("version_id", "start", "end"))


def _union(spans: Iterable[tuple[int, int, int]]) -> int:
    """How many characters the spans cover, summed over the versions."""
    total, reached, current = 0, 0, None
    for version, start, end in sorted(spans):
        if version != current:
            reached, current = 0, version
        total += max(end - max(start, reached), 0)
        reached = max(reached, end)
    return total
