"""The history of a record and its parts: who changed which words, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from archive.core.publishing import NOT_TRACKED
from archive.editing.authorship import usernames, with_actor
from archive.wording.differences import DiffRun, differences, shortened
from archive.wording.shortening import truncate

HIDDEN_FIELDS = {"id", "uid", "prefix", "suffix", "sort_name", "sha256"}
OFFSETS = {"start", "end"}  # of passages and turns; those of affiliations are days
DERIVED = {*NOT_TRACKED, "sort_key", "title_slug", "place_slug"}
HIDDEN_FIELDS |= {"updated_at", "created_at", "first_published_at", "cited_at"}
LABELS = {"insert": _("added"), "update": _("changed"), "delete": _("removed")}


@dataclass(frozen=True)
class Difference:
    """One field's text before and after a change."""

    name: str
    runs: list[DiffRun]

    @property
    def now(self) -> str:
        return "".join(run.text for run in self.runs if run.sign != "-")


@dataclass
class HistoryEntry:
    """One event in a record's history. `part` names the part that changed; it is empty
    for the record itself.
    """

    id: int
    time: dt.datetime
    editor: str
    action: Any
    part: str
    differences: list[Difference] = field(default_factory=list)
    restorable: bool = False


def parts_of(model: Any) -> list[tuple[Any, str]]:
    """Returns (model, foreign key) of the parts that are edited together with a record:
    passages, affiliations, versions, topics, evidence.
    """
    parts = []
    through = {
        relation.remote_field.through: relation.m2m_column_name()
        for relation in model._meta.many_to_many
    }
    for part in apps.get_models():
        if not hasattr(part, "pgh_event_model"):
            continue
        if part._meta.proxy and part._meta.concrete_model in through:
            parts.append((part, through[part._meta.concrete_model]))
        parents: tuple[str, ...] = getattr(part, "hangs_from", ())
        if len(parents) == 1 and not hasattr(part, "status"):
            parent: Any = part._meta.get_field(parents[0])
            parts += [(part, parent.attname)] if parent.related_model is model else []
    return parts


def state_token(record: Any) -> str:
    """Returns a string that changes whenever the record or one of its parts does."""
    newest = models.Max("pgh_id")
    newest_event = (
        _events(type(record))
        .filter(pgh_obj_id=record.pk)
        .aggregate(newest=newest)["newest"]
    )
    parts = [
        _events(part).filter(**{key: record.pk}).aggregate(newest=newest)
        for part, key in parts_of(type(record))
    ]
    return ".".join(
        str(event_id or 0)
        for event_id in [newest_event, *(part["newest"] for part in parts)]
    )


def state_tokens(records: Iterable[Any]) -> dict[Any, str]:
    """The same for many records, in a few queries a model."""
    by_model: dict[Any, list[Any]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record)
    tokens: dict[Any, str] = {}
    for model, rows in by_model.items():
        keys = [record.pk for record in rows]
        newest = [
            dict(
                _events(part)
                .filter(**{f"{key}__in": keys})
                .values_list(key)
                .annotate(newest=models.Max("pgh_id"))
            )
            for part, key in [(model, "pgh_obj_id"), *parts_of(model)]
        ]
        for record in rows:
            tokens[record] = ".".join(str(each.get(record.pk, 0)) for each in newest)
    return tokens


@dataclass(frozen=True)
class PastState:
    """The fields of a record, and the rows of its parts by model and primary key, as
    they were.
    """

    values: dict[str, Any]
    rows: dict[Any, dict[int, dict[str, Any]]]


def state_at(record: Any, token: str) -> PastState:
    """Returns the state that `token` identifies; an unknown one is empty."""
    model, event_ids = type(record), _event_ids(token)
    event = _events(model).filter(pgh_id=event_ids[0], pgh_obj_id=record.pk).first()
    values = {
        each.name: getattr(event, each.attname, None)
        for each in model._meta.concrete_fields
        if each.name not in NOT_TRACKED
    }
    rows: dict[Any, dict[int, dict[str, Any]]] = {}
    for (part, key), event_id in zip(parts_of(model), event_ids[1:], strict=False):
        events = _last_events(_events(part).filter(pgh_id__lte=event_id), key, record)
        rows[part._meta.concrete_model] = {
            row.id: {
                each.name: getattr(row, each.attname)
                for each in part._meta.concrete_fields
                if hasattr(row, each.attname)  # derived columns have no history
            }
            for row in events
        }
    for relation in model._meta.many_to_many:
        linked = rows.get(relation.remote_field.through, {}).values()
        name = relation.m2m_reverse_field_name()
        values[relation.name] = [row[name] for row in linked]
    return PastState(values, rows)


def _event_ids(token: str) -> list[int]:
    return [
        int(event_id) if event_id.isdecimal() and len(event_id) < 19 else 0
        for event_id in token.split(".")
    ]


def changed_since(record: Any, token: str) -> list[HistoryEntry]:
    """Returns what happened after the state that `token`, a state token, identifies;
    newest first.
    """
    event_ids = _event_ids(token)
    sources = [(type(record), "pgh_obj_id"), *parts_of(type(record))]
    entries: list[HistoryEntry] = []
    for (model, key), event_id in zip(sources, event_ids, strict=False):
        entries += [
            entry for entry in _entries(model, key, record) if entry.id > event_id
        ]
    return sorted(entries, key=lambda entry: entry.time, reverse=True)


def entries(record: Any) -> list[HistoryEntry]:
    """Returns the record's history, newest first, without events that changed nothing
    visible.
    """
    rows = [
        entry
        for model, key in [(type(record), "pgh_obj_id"), *parts_of(type(record))]
        for entry in _entries(model, key, record)
    ]
    return sorted(rows, key=lambda entry: (entry.time, entry.id), reverse=True)


def reason_entry(
    time: dt.datetime, editor: str, action: Any, reason: str
) -> HistoryEntry:
    """An entry that tells a step of the workflow and its reason, if there is one."""
    label = str(_("Reason"))
    reasons = [Difference(label, [DiffRun("", reason)])] if reason else []
    return HistoryEntry(0, time, editor, action, "", reasons)


def values_at(record: Any, event: Any) -> dict[str, Any]:
    """Returns the record's fields as they were after the event, as initial values of a
    form; related records by id.
    """
    model = type(record)
    tracked = [each for each in model._meta.concrete_fields if each.name not in DERIVED]
    values = {each.name: getattr(event, each.attname) for each in tracked}
    parts = {part._meta.concrete_model: (part, key) for part, key in parts_of(model)}
    for relation in model._meta.many_to_many:
        part, key = parts[relation.remote_field.through]
        rows = rows_at(part, key, record, event.pgh_created_at)
        values[relation.name] = [
            getattr(row, relation.m2m_reverse_name()) for row in rows
        ]
    return values


def rows_at(part: Any, key: str, record: Any, moment: dt.datetime) -> list[Any]:
    """Returns a part's rows as they were at that moment, each as its last event."""
    return _last_events(_events(part).filter(pgh_created_at__lte=moment), key, record)


def _last_events(events: Any, key: str, record: Any) -> list[Any]:
    """Returns the last of these events of each row that they do not remove."""
    rows = {
        event.id: event
        for event in events.filter(**{key: record.pk}).order_by("pgh_id")
    }
    return [event for event in rows.values() if event.pgh_label != "delete"]


def _events(model: Any) -> Any:
    return model.pgh_event_model.objects.all()


def _entries(model: Any, key: str, record: Any) -> Iterator[HistoryEntry]:
    is_part = not isinstance(record, model)
    people = usernames()
    last: dict[int, Any] = {}
    for event in with_actor(_events(model).filter(**{key: record.pk})).order_by(
        "pgh_id"
    ):
        before = last.get(event.id)
        last[event.id] = event
        changes = list(_differences(model, key if is_part else "", before, event))
        if not changes and event.pgh_label == "update":
            continue
        editor = people.get(event.actor, str(_("The archive itself")))
        part = capfirst(model._meta.verbose_name) if is_part else ""
        yield HistoryEntry(
            event.pgh_id,
            event.pgh_created_at,
            editor,
            LABELS[event.pgh_label],
            part,
            changes,
            not is_part,
        )


def _differences(
    model: Any, owner: str, before: Any, event: Any
) -> Iterator[Difference]:
    for each in model._meta.concrete_fields:
        if (
            each.name in HIDDEN_FIELDS | DERIVED
            or (each.name in OFFSETS and not isinstance(each, models.DateField))
            or each.attname == owner
            or each.name == "version"
        ):
            continue
        old, new = (
            _words(each, before),
            _words(each, event if event.pgh_label != "delete" else None),
        )
        old = _words(each, event) if event.pgh_label == "delete" else old
        if old != new:
            yield Difference(
                str(capfirst(each.verbose_name)), shortened(differences(old, new))
            )


def _words(each: models.Field, event: Any) -> str:
    """Returns a field's value as an editor reads it."""
    value = getattr(event, each.attname, None) if event is not None else None
    if value in (None, ""):
        return ""
    if isinstance(each, models.ForeignKey):
        related = each.related_model._base_manager.filter(pk=value).first()
        return str(related or value)
    if isinstance(each, models.BooleanField):
        return str(_("Yes") if value else _("No"))
    return str(dict(each.flatchoices).get(value, value))


def summaries(changes: Iterable[HistoryEntry]) -> list[str]:
    """Returns one line per entry, for a message, with the new value of each changed
    field.
    """
    lines = []
    for entry in changes:
        fields = ", ".join(
            f"{one.name}: {truncate(one.now) or '—'}" for one in entry.differences
        )
        lines.append(
            f"{entry.editor}: {entry.part or _('this record')} "
            f"{entry.action}{f' ({fields})' if fields else ''}"
        )
    return lines
