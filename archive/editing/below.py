"""The records of an article: those that hang from it, and those that rest on one that
does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, Min, Q, QuerySet

from archive.editing.workflow import publishable_models
from archive.models import Article


def records_below(article: Article) -> list[Any]:
    """Returns the article's statements, lists, proposals and positions, parents first
    and in reading order; a position also if it only rests on the article's words.
    """
    keys: dict[Any, list[int]] = {Article: [article.pk]}
    records: list[Any] = []
    for model in publishable_models():
        condition = Q(pk__in=[])
        for name, parent in _parents(model):
            if parent in keys:
                condition |= Q(**{f"{name}__in": keys[parent]})
        if model is Article or not condition:
            continue
        rows = _in_reading_order(model.objects.filter(condition).distinct())
        if found := list(rows.select_related(*_named(model))):
            keys[model] = [record.pk for record in found]
            records += found
    return records


def _in_reading_order(rows: QuerySet) -> QuerySet:
    if not hasattr(rows.model, "passages"):
        return rows.order_by("pk")
    return rows.annotate(first=Min("passages__start")).order_by("first", "pk")


def _parents(model: Any) -> Iterator[tuple[str, Any]]:
    for name in model.hangs_from:
        yield name, model._meta.get_field(name).related_model
    for relation in model._meta.many_to_many:
        yield relation.name, relation.related_model


def _named(model: Any) -> list[str]:
    """The records that the name of a record of `model` may mention."""
    return [each.name for each in model._meta.fields if isinstance(each, ForeignKey)]
