"""Adds a version of an article's text. A passage moves to the new version only if its
exact words occur there exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Max, QuerySet

from archive.core.passages import Passage
from archive.core.rules import checked, take_turn
from archive.models import Article, ArticleVersion, write_ranges
from archive.wording import anchoring


@dataclass
class Moves:
    """`moving`: the passages that would move to a text, each with its start there.
    `staying`: the passages that an editor must locate again.
    """

    moving: list[tuple[Any, int]] = field(default_factory=list)
    staying: list[Any] = field(default_factory=list)


def passage_models() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Passage) and not model._meta.proxy
    ]


def owner_of(passage: Any) -> Any:
    return getattr(passage, passage.hangs_from[0])


def moves(article: Article, text: str) -> Moves:
    result = Moves()
    for model in passage_models():
        for passage in model.objects.filter(version__article=article).select_related(
            model.hangs_from[0]
        ):
            start = anchoring.unique_offset(text, passage.exact)
            if start is None:
                result.staying.append(passage)
            else:
                result.moving.append((passage, start))
    return result


def add_version(article: Article, text: str, **fields: Any) -> ArticleVersion:
    """Stores `text`, already normalized, as the newest version and moves the passages
    that can be moved.
    """
    with checked():
        take_turn()
        Article.objects.select_for_update().get(pk=article.pk)
        last = article.versions.aggregate(last=Max("number"))["last"] or 0
        version = ArticleVersion.objects.create(
            article=article, number=last + 1, text=text, **fields
        )
        write_ranges(version)
        for passage, start in moves(article, text).moving:
            passage.version, passage.start, passage.end = (
                version,
                start,
                start + len(passage.exact),
            )
            passage.removed_in = None
            passage.save(update_fields=["version", "start", "end", "removed_in"])
        _take_back_removals(article, text)
    return version


def _take_back_removals(article: Article, text: str) -> None:
    """Words that the newest text holds again, more than once, are to be located."""
    for model in passage_models():
        removed = model.objects.filter(
            version__article=article, removed_in__isnull=False
        )
        back = [passage.pk for passage in removed if passage.exact in text]
        model.objects.filter(pk__in=back).update(removed_in=None)


def removed_since(passage: Any) -> ArticleVersion | None:
    """Returns the first version since which no version of the article has held the
    passage's words; None if the newest holds them.
    """
    first = None
    later = passage.version.article.versions.filter(number__gt=passage.version.number)
    for version in later.order_by("-number"):
        if passage.exact in version.text:
            break
        first = version
    return first


def left_behind(model: Any) -> QuerySet:
    """Returns the passages of that model that an editor must locate again."""
    rows = model.objects.left_behind()
    return rows.select_related(model.hangs_from[0], "version__article")
