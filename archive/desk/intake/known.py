"""Articles of the archive that a new text may repeat: the same text, the same address,
nearly the same text, the same headline.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Func, IntegerField, Value
from django.db.models.functions import Coalesce

from archive.core.sorting import SortKey
from archive.desk.intake.likeness import sample_runs, shared
from archive.editing.similar import same_page
from archive.extraction import normalize
from archive.models import Article, ArticleVersion

ALIKE = 0.4  # of the shorter text, from which on an article is pointed out
MOST = 5  # articles
CANDIDATES = 12


class Likeness(StrEnum):
    TEXT = "text"
    ADDRESS = "address"
    NEAR = "near"
    HEADLINE = "headline"


@dataclass(frozen=True)
class Known:
    article: Article
    likeness: Likeness
    percent: int = 100


class AlreadyKnown(Exception):
    """Nothing was created: nobody has accepted that the archive has these articles."""

    def __init__(self, entries: list[Known]) -> None:
        super().__init__()
        self.entries = entries


def refuse_unseen(entries: Iterable[Known], accepted: Collection[str]) -> None:
    """Raises AlreadyKnown for articles whose identifiers are not among `accepted`."""
    if unseen := [entry for entry in entries if entry.article.uid not in accepted]:
        raise AlreadyKnown(unseen)


def known(text: str, url: str = "", headline: str = "") -> list[Known]:
    """Returns the articles to point out."""
    text = normalize(text)
    return once([*known_at_once(text, url, headline), *_near(text)])


def once(entries: list[Known]) -> list[Known]:
    """Each article once, for the strongest reason; the strongest first."""
    order = list(Likeness)
    first: dict[int, Known] = {}
    for entry in sorted(
        entries, key=lambda each: (order.index(each.likeness), -each.percent)
    ):
        first.setdefault(entry.article.pk, entry)
    return list(first.values())[:MOST]


def known_at_once(text: str, url: str = "", headline: str = "") -> list[Known]:
    """Without reading the texts of the archive."""
    articles = Article.objects.select_related("outlet")
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    same = articles.filter(versions__sha256=digest).distinct()
    entries = [Known(each, Likeness.TEXT) for each in same[:MOST]]
    url, headline = url.replace("\x00", ""), headline.replace("\x00", "")
    if url:
        entries += [Known(a, Likeness.ADDRESS) for a in same_page(articles, url)]
    if headline.strip():
        alike = articles.filter(headline__iexact=headline.strip())
        entries += [Known(each, Likeness.HEADLINE) for each in alike[:MOST]]
    return entries


def _near(text: str) -> list[Known]:
    """PostgreSQL looks for a few runs of words in every text; the texts that hold one
    are compared. Reads all texts: about 2 s for 20,000 articles of 800 words.
    """
    runs = sample_runs(text)
    if not runs:
        return []
    score: Any = sum(_holds(run) for run in runs)
    rows = ArticleVersion.objects.annotate(score=score).filter(score__gt=0)
    best: dict[int, float] = {}
    for version in rows.order_by("-score", "-pk")[:CANDIDATES]:
        share = shared(text, version.text)
        best[version.article_id] = max(share, best.get(version.article_id, 0))
    articles = Article.objects.select_related("outlet").in_bulk(best)
    return [
        Known(articles[pk], Likeness.NEAR, round(100 * share))
        for pk, share in best.items()
        if share >= ALIKE
    ]


def _holds(run: str) -> Any:
    position = Func("text", Value(run), function="strpos", output_field=IntegerField())
    sign = Func(position, function="sign", output_field=IntegerField())
    return Coalesce(sign, 0)


def known_outlet(outlets: Any, name: str) -> Any:
    """The outlet with this name; capitals, accents and apostrophes do not count."""
    rows = outlets.annotate(read=SortKey("name")).filter(read=SortKey(Value(name)))
    return rows.order_by("pk").first()
