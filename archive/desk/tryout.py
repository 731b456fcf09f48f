"""Publishes records as far as the database allows, and undoes it again: what the
checklist and the preview are made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive.core.caches import apart
from archive.core.publishing import Status
from archive.core.rules import checked, refusal, take_turn
from archive.editing.step_kinds import STEPS
from archive.editing.workflow import parents_first

Refusals = list[tuple[Any, str]]


class _Undo(Exception):
    """Rolls the try-out back."""


@contextmanager
def published(records: Sequence[Any]) -> Iterator[Refusals]:
    """Within the block the records are public as far as the database allows, for this
    connection alone; yields why the others are not. Afterwards nothing has happened,
    and no cache holds anything of it. Editors wait for each other meanwhile.
    """
    try:
        with transaction.atomic(), apart():
            take_turn()
            yield _publish(records)
            raise _Undo
    except _Undo:
        pass


def refusals(records: Sequence[Any]) -> Refusals:
    """Returns the sentence for each record that could not be published with the others
    of `records`.
    """
    with published(records) as refused:
        return refused


def _publish(records: Sequence[Any]) -> Refusals:
    refused: Refusals = []
    waiting = [each for each in records if each.status in STEPS["publish"].comes_from]
    for each in waiting:
        if each.first_published_at is not None:
            sentence = _("It was public before: reinstate it, with a public note.")
            refused.append((each, sentence))
    new = [each for each in waiting if each.first_published_at is None]
    for model, group in groupby(parents_first(new), key=type):
        refused += _of_model(model, list(group))
    return refused


def _of_model(model: Any, records: Sequence[Any]) -> Refusals:
    """All at once; if they are refused, the first half, then the second: few records of
    many are refused, and each attempt takes a savepoint and checks all rules.
    """
    if not (reason := _refusal(model, records)):
        return []
    if len(records) == 1:
        return [(records[0], reason)]
    half = len(records) // 2
    return [*_of_model(model, records[:half]), *_of_model(model, records[half:])]


def _refusal(model: Any, records: Sequence[Any]) -> str:
    try:
        with checked():
            rows = model.objects.filter(pk__in=[record.pk for record in records])
            rows.update(status=Status.PUBLISHED)
    except IntegrityError as error:
        return refusal(error)
    return ""
