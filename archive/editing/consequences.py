"""What readers lose when records are withdrawn, and what comes back with them.

The step is taken and undone again, so the database's own rules answer: a list takes its
proposals along, a statement the positions that rest on it alone, and the last statement
of a speaker the speaker's page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.text import capfirst

from archive.core.querysets import PublicQuerySet
from archive.core.rules import take_turn
from archive.editing.step_kinds import STEPS
from archive.editing.workflow import publishable_models
from archive.models import Change

MAX_LISTED = 20  # records of one kind


@dataclass(frozen=True)
class Consequence:
    """The records of one kind whose pages or rows appear or disappear; `records` are
    the first of them.
    """

    name: str
    count: int
    records: list[Any]

    @property
    def further_count(self) -> int:
        return self.count - len(self.records)


def consequences(step: str, records: Sequence[Any]) -> list[Consequence]:
    """Returns what else appears or disappears if `records` take the step, by kind."""
    with transaction.atomic():
        take_turn()
        touched, after = _taken(step, records)
        before = {model: _public(model, ids) for model, ids in touched.items()}
    by_kind = []
    for model in touched:
        chosen = {record.pk for record in records if type(record) is model}
        by_kind.append(_of_kind(model, (before[model] ^ after[model]) - chosen))
    return [each for each in by_kind if each]


def total(by_kind: Iterable[Consequence]) -> int:
    return sum(each.count for each in by_kind)


def _taken(
    step: str, records: Sequence[Any]
) -> tuple[dict[Any, set[int]], dict[Any, set[int]]]:
    """Takes the step and undoes it; returns the ids of the rows that it may concern,
    by model, and those that are public afterwards.
    """
    savepoint = transaction.savepoint()
    newest = Change.objects.aggregate(newest=Max("id"))["newest"] or 0
    for record in records:
        rows = type(record)._base_manager.filter(pk=record.pk)
        rows.filter(status__in=STEPS[step].comes_from).update(
            status=STEPS[step].goes_to
        )
    touched: dict[Any, set[int]] = {
        model: _changed(model, newest) for model in publishable_models()
    }
    touched |= {model: _named(model, touched) for model in _without_status()}
    after = {model: _public(model, ids) for model, ids in touched.items()}
    transaction.savepoint_rollback(savepoint)
    return touched, after


def _changed(model: Any, newest: int) -> set[int]:
    changes = Change.objects.filter(id__gt=newest, model=model._meta.label_lower)
    return set(changes.values_list("record", flat=True))


def _without_status() -> list[Any]:
    """The models that are public as long as something public refers to them, and have a
    page.
    """
    return [
        model
        for model in apps.get_models()
        if isinstance(model._default_manager.all(), PublicQuerySet)
        and hasattr(model, "get_absolute_url")
        and not hasattr(model, "is_public")
        and not getattr(model, "hangs_from", ())
        and not model._meta.proxy
    ]


def _named(model: Any, touched: dict[Any, set[int]]) -> set[int]:
    """The rows of `model` to which the touched records refer."""
    condition = Q(pk__in=[])
    for name, other in _references(model):
        if ids := touched.get(other):
            condition |= Q(**{f"{name}__in": ids})
    return set(model._default_manager.filter(condition).values_list("pk", flat=True))


def _references(model: Any) -> Iterator[tuple[str, type[models.Model]]]:
    for relation in model._meta.related_objects:
        yield relation.name, relation.related_model


def _public(model: Any, ids: set[int]) -> set[int]:
    rows = model._default_manager.public().filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _of_kind(model: Any, ids: set[int]) -> Consequence | None:
    if not ids:
        return None
    rows = model._default_manager.filter(pk__in=ids).order_by("pk")[:MAX_LISTED]
    name = model._meta.verbose_name_plural if len(ids) > 1 else model._meta.verbose_name
    return Consequence(capfirst(str(name)), len(ids), list(rows))
