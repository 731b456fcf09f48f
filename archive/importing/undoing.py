"""Undoes a run: removes what it created, and puts back what it changed. Refuses if
anything of it was changed or used since. What was published is not removed: it is
withdrawn with a public reason, if one is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pghistory
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from archive.core.publishing import Status
from archive.core.rules import checked
from archive.importing import comparing, withdrawing
from archive.importing.base import Kind
from archive.importing.copying import delete
from archive.importing.kinds import KINDS
from archive.importing.problems import Problems, Refused
from archive.importing.running import take_turn
from archive.importing.withdrawing import Withdrawal
from archive.importing.writing import sentence_of, write_values
from archive.models import (
    ExternalId,
    ImportChange,
    ImportRun,
    ImportState,
    Topic,
)

BLOCK = 1_000
NAMED = 5  # records that a sentence names


def undo(number: int, withdrawal: Withdrawal | None = None) -> dict[str, int]:
    """Returns how many records were removed and restored. Raises Refused."""
    problems = Problems()
    with _attributed(withdrawal), transaction.atomic():
        take_turn(problems)
        run = ImportRun.objects.select_for_update().filter(pk=number).first()
        if not run:
            problems.add(f"There is no run {number}.")
        elif run.state == ImportState.UNDONE:
            problems.add(f"Run {number} was undone already.")
        if problems.total or not run:
            raise Refused(problems)
        try:
            with checked():
                counts = _undo(run, withdrawal, problems)
        except IntegrityError as error:
            problems.add(sentence_of(error))
            raise Refused(problems) from error
        run.state, run.undone_at = ImportState.UNDONE, timezone.now()
        run.save()
    return counts


def _attributed(withdrawal: Withdrawal | None) -> Any:
    values = {"user": withdrawal.account.pk} if withdrawal else {}
    return pghistory.context(origin="undo of an import", **values)


def _undo(
    run: ImportRun, withdrawal: Withdrawal | None, problems: Problems
) -> dict[str, int]:
    kind = KINDS[run.kind]
    created = run.entries.filter(kind=kind.name, is_linked=False)
    public = withdrawing.once_public(kind, created)
    others = created.exclude(pk__in=public.values("pk"))
    changes = ImportChange.objects.filter(run=run).select_related("entry")
    _refuse_later_runs(run, problems)
    if not withdrawal:
        withdrawing.refuse(kind, public, problems)
    for entries in _blocks(others):
        _refuse_edited(kind, entries, problems)
        _refuse_used(kind, entries, problems)
    for block in _blocks(changes):
        _refuse_changed_since(kind, block, problems)
    if problems.total:
        raise Refused(problems)
    counts = {"withdrawn": _withdraw(kind, public, withdrawal)} if withdrawal else {}
    restored = sum(_restore(kind, block) for block in _blocks(changes))
    removed = sum(_remove(kind, entries) for entries in _blocks(others))
    _remove_topics(run)
    delete(ImportChange, "run_id", [run.pk])
    gone = run.entries.exclude(pk__in=public.values("pk")).values_list("pk", flat=True)
    unlinked = delete(ExternalId, "id", list(gone))
    return counts | {"removed": removed, "restored": restored, "unlinked": unlinked}


def _withdraw(kind: Kind, public: Any, withdrawal: Withdrawal) -> int:
    """Their entries stay, so that a later import does not publish them once more."""
    return sum(
        withdrawing.withdraw(kind, [each.record for each in entries], withdrawal)
        for entries in _blocks(public)
    )


def _blocks(rows: Any) -> Iterator[list[Any]]:
    last = 0
    while block := list(rows.filter(pk__gt=last).order_by("pk")[:BLOCK]):
        last = block[-1].pk
        yield block


def _refuse_later_runs(run: ImportRun, problems: Problems) -> None:
    later = ImportChange.objects.filter(entry__run=run).exclude(run=run)
    ours = ImportChange.objects.filter(run=run).values("entry")
    later |= ImportChange.objects.filter(entry__in=ours, run__gt=run)
    for number in sorted(set(later.values_list("run", flat=True)), reverse=True):
        problems.add(f"Run {number} changed records of this run later: undo it first.")


def _refuse_edited(
    kind: Kind, entries: Sequence[ExternalId], problems: Problems
) -> None:
    names = {name for entry in entries for name in entry.fields}
    values = comparing.values_of(kind, [each.record for each in entries], names)
    for entry in entries:
        now = values.get(entry.record)
        if now is None:
            continue  # an editor has deleted it
        changed = sorted(
            name for name, value in entry.fields.items() if now.get(name) != value
        )
        if now.get("status", Status.DRAFT) not in (Status.DRAFT, Status.PUBLISHED):
            changed.append("status")
        if changed:
            problems.add(
                f"The {kind.one} {entry.external_id} was changed by hand since: "
                f"{', '.join(changed)}."
            )


def _refuse_used(kind: Kind, entries: Sequence[ExternalId], problems: Problems) -> None:
    ids = {each.record: each.external_id for each in entries}
    for model, name in _users_of(kind):
        rows = model._base_manager.filter(**{f"{name}__in": ids})
        keys = sorted(set(rows.values_list(name, flat=True)[: 10 * BLOCK]))
        if keys:
            named = ", ".join(ids[key] for key in keys[:NAMED])
            more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
            what = model._meta.verbose_name_plural
            problems.add(f"There are {what} of {named}{more}: remove those first.")


def _users_of(kind: Kind) -> Iterator[tuple[Any, str]]:
    """(table, foreign key) of what may refer to a record, except its own parts."""
    parts = {getattr(part, "model", None) for part in kind.parts}
    own = {each for each in parts if each is not None}
    for relation in kind.model._meta.related_objects:
        model: Any = relation.related_model
        if hasattr(model, "pgh_tracked_model") or model in own:
            continue
        if isinstance(relation, models.ManyToManyRel):
            yield relation.through, f"{relation.field.m2m_reverse_field_name()}_id"
        elif model._meta.label not in ("archive.ArticleVersion",):
            yield model, relation.field.attname


def _refuse_changed_since(
    kind: Kind, changes: Sequence[ImportChange], problems: Problems
) -> None:
    names = {name for change in changes for name in change.after}
    values = comparing.values_of(kind, [each.entry.record for each in changes], names)
    for change in changes:
        now = values.get(change.entry.record, {})
        for name, value in change.after.items():
            if now.get(name) != value:
                problems.add(
                    f"The {kind.one} {change.entry.external_id} was changed by hand "
                    f"since: {name}."
                )


def _restore(kind: Kind, changes: Sequence[ImportChange]) -> int:
    for change in changes:
        record, entry = change.entry.record, change.entry
        write_values(kind, [(record, change.before)])
        for name in change.before.keys() & kind.part_names.keys():
            part = kind.part_names[name]
            part.restore(record, change.before[name], change.after[name])
        entry.fields |= change.before
        entry.row_hash = change.hash_before
        entry.save()
    return len(changes)


def _remove(kind: Kind, entries: Sequence[ExternalId]) -> int:
    keys = [each.record for each in entries]
    for part in reversed(kind.parts):
        part.remove(keys)
    return delete(kind.model, "id", keys)


def _remove_topics(run: ImportRun) -> None:
    """Topics that the run created, unless something else has them by now."""
    entries = run.entries.filter(kind="topics")
    for pk in entries.values_list("record", flat=True):
        try:
            with transaction.atomic():
                topic = Topic.objects.filter(
                    pk=pk, statements=None, proposals=None
                ).first()
                if topic:
                    topic.delete()
        except IntegrityError:
            continue
