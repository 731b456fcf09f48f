"""What a row changes: its values against those of the last import and those that the
archive has now. What an editor has changed since is never overwritten.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.core.publishing import Status
from archive.editing.workflow import identified_models
from archive.importing.base import Block, Kind, Row

MAX_SHOWN = 60  # characters of a value in a report


@dataclass
class Change:
    """`before` and `after` are values of the fields that are written; `conflicts` says
    for others why they are not.
    """

    row: Row
    record: int
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)


def stored(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are compared: of a text only its hash."""
    return {
        name: kind.part_names[name].stored(value) if name in kind.part_names else value
        for name, value in fields.items()
    }


def current(kind: Kind, rows: Sequence[Row]) -> dict[int, dict[str, Any]]:
    """What the archive has now, by primary key: all fields that a row gives, the status
    and the last hash.
    """
    names = {name for row in rows for name in row.fields} | {
        name for row in rows for name in row.base
    }
    return values_of(kind, [row.record for row in rows], names)


def values_of(
    kind: Kind, keys: Sequence[int], names: set[str]
) -> dict[int, dict[str, Any]]:
    plain = sorted(names - kind.part_names.keys())
    status = ["status"] if kind.has_status else []
    status += ["is_published"] if kind.is_ticked else []
    records = kind.model._base_manager.filter(pk__in=keys)
    values: dict[int, dict[str, Any]] = {
        each.pop("pk"): {name: _json(value) for name, value in each.items()}
        for each in records.values("pk", *plain, *status)
    }
    if kind.is_ticked:
        for record in values.values():
            is_public = record["is_published"]
            record["status"] = (Status.PUBLISHED if is_public else Status.DRAFT).value
    for name in names & kind.part_names.keys():
        part = kind.part_names[name]
        parts = part.read(keys)
        for pk, record in values.items():
            record[name] = parts.get(pk, part.empty)
    return values


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def change(
    kind: Kind,
    row: Row,
    now: Mapping[str, Any],
    may_change: Callable[[str], bool],
) -> Change:
    made = Change(row, row.record)
    status = str(now.get("status", ""))
    for name, value in stored(kind, row.fields).items():
        base = row.base.get(name, default_of(kind, name))
        if value in (base, now.get(name)) or name == "slug":
            continue
        if now.get(name) != base:
            made.conflicts[name] = (
                f"was changed in the archive to {for_report(now.get(name))}; the file "
                f"has {for_report(value)}"
            )
        elif not may_change(status):
            made.conflicts[name] = _not_now(status, value)
        else:
            made.before[name], made.after[name] = now.get(name), value
    _leave_unmarked(made, now)
    return made


def _leave_unmarked(made: Change, now: Mapping[str, Any]) -> None:
    """Topics that an editor chose are not marked as given by rule."""
    topics = made.after.get("topics", now.get("topics"))
    if made.after.get("topics_by_rule") and topics != made.row.fields.get("topics"):
        del made.before["topics_by_rule"], made.after["topics_by_rule"]


def _not_now(status: str, value: Any) -> str:
    sentence = (
        f"would become {for_report(value)}, but the record is {Status(status).label}"
    )
    return (
        f"{sentence}: import with --publish"
        if status == Status.PUBLISHED
        else sentence.replace("In review", "in review").replace(
            "Withdrawn", "withdrawn"
        )
    )


def default_of(kind: Kind, name: str) -> Any:
    if name in kind.part_names:
        return kind.part_names[name].empty
    for each in kind.model._meta.concrete_fields:
        if each.attname == name:
            default = each.get_default()
            return getattr(default, "value", default)
    return None


def difference(name: str, before: Any, after: Any) -> str:
    return f"{name}: {for_report(before)} → {for_report(after)}"


def for_report(value: Any) -> str:
    if value in (None, "", []):
        return "empty"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return f"“{text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + '…'}”"


def match_uids(kind: Kind, block: Block) -> None:
    """A row with the uid of a record of the archive belongs to that record; another uid
    must be free, because it will be the new record's.
    """
    rows = {row.values["uid"]: row for row in block.new_rows if row.values.get("uid")}
    if not rows:
        return
    own = kind.model._base_manager.filter(uid__in=rows).values_list("uid", "pk")
    for uid, pk in own:
        rows.pop(uid).target = pk
    for model in identified_models():
        taken = model._base_manager.filter(uid__in=rows).values_list("uid", flat=True)
        for uid in taken:
            what = model._meta.verbose_name
            block.wrong(rows[uid], f"This is the uid of a {what}.", "uid")
