"""What became public, changed or ceased to be public since a mark, for mirrors.

A mark is a position of the change log, so no commit is missed, however late; a record
may be named twice. What is not public any more is an identifier and a time; what never
was is not named at all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import struct
from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from archive.data import cursors, past
from archive.data.answers import site_of
from archive.data.problems import Malformed
from archive.data.resources import RESOURCES
from archive.data.schemas import ArticleRecord
from archive.listing.answer import database
from archive.listing.forms import DayField
from archive.listing.parameters import DAY, text_of
from archive.listing.resources import Resource
from archive.listing.schemas import Schema
from archive.models import Change
from policies.schemas import ListRecord, PositionRecord, ProposalRecord
from statements.schemas import SpeakerRecord, StatementRecord

PLACE = struct.Struct(">QHQ")  # mark after this reading, kind, primary key
CURSOR = r"^([-_A-Za-z0-9]{36})?$"
MARK = r"[0-9]{1,18}-[0-9a-f]{8}"
Times = dict[int, dt.datetime]
Changed = dict[str, Times]  # "app.model" -> primary key -> time
PARAMETERS = {
    "since": text_of(
        "A mark from an earlier answer; to look around, a day as 2024-12-31. Without "
        "it, the answer has only the mark of this moment.",
        pattern=f"^(?:{MARK})?$|{DAY}",
    ),
    "cursor": text_of("The value of cursor in the page before it.", pattern=CURSOR),
}
Changeable = Annotated[
    StatementRecord
    | ProposalRecord
    | ListRecord
    | PositionRecord
    | SpeakerRecord
    | ArticleRecord,
    Field(discriminator="type"),
]


class ChangeRecord(Schema):
    operation: str = Field(
        description="added: published for the first time since the mark. changed: this "
        "is what it is now. removed: forget it."
    )
    kind: str = Field(description="The name of its list, such as statements.")
    uid: str
    at: dt.datetime = Field(description="When it, or what it shows, last changed.")
    record: Changeable | None = Field(description="As in the list; null if removed.")


class Changes(Schema):
    results: list[ChangeRecord]
    cursor: str | None = Field(description="For the next page; null on the last.")
    next: str | None = Field(description="The URL of the next page.")
    mark: str | None = Field(
        description="On the last page: the value of since for the next reading."
    )
    licence: str


def changes(request: HttpRequest, since: str, cursor: str, size: int) -> Changes:
    start = _position(since)
    end, behind = _place(since, cursor)
    if start is None:
        return _page(request, [], None, written_mark(Change.times_since(1 << 62)[1]))
    changed, newest = Change.times_since(start)
    entries = [each for each in _affected(by_model(changed)) if each[:2] > behind]
    rows, end = entries[:size], end or newest
    records = list(_records(rows, min(changed.values(), default=None), request))
    if len(entries) <= size:
        return _page(request, records, None, written_mark(end))
    packed = PLACE.pack(end, *rows[-1][:2])
    return _page(request, records, cursors.sign(packed, since), None)


def written_mark(position: int) -> str:
    """Names the database too: in another one the position means nothing."""
    name = hashlib.sha256(database().encode()).hexdigest()[:8]
    return f"{position}-{name}"


def by_model(changed: dict[tuple[str, int], dt.datetime]) -> Changed:
    times: Changed = {}
    for (model, pk), at in changed.items():
        times.setdefault(model, {})[pk] = at
    return times


def affected(resource: Resource, changed: Changed) -> Times:
    """The records that read differently after these changes."""
    times = dict(changed.get(resource.model._meta.label_lower, {}))
    for path, label in _steps(resource):
        for pk, other in _pairs(resource.model, path, changed.get(label, {})):
            _note(times, pk, changed[label][other])
    for label, names in resource.named_by:
        events: Any = apps.get_model(label)
        events = events.pgh_event_model.objects
        if moved := changed.get(label):
            for name in names:
                rows = events.filter(pgh_obj_id__in=moved, **{f"{name}__isnull": False})
                pairs = rows.values_list(name, "pgh_obj_id").distinct()
                for pk, other in pairs:
                    _note(times, pk, moved[other])
    return times


def _affected(changed: Changed) -> list[tuple[int, int, dt.datetime]]:
    return sorted(
        (kind, pk, at)
        for kind, resource in enumerate(RESOURCES.values())
        for pk, at in affected(resource, changed).items()
    )


def _records(
    rows: list[tuple[int, int, dt.datetime]], first: Any, request: HttpRequest
) -> Iterator[ChangeRecord]:
    site, kinds = site_of(request), list(RESOURCES.values())
    for kind, resource in enumerate(kinds):
        times = {pk: at for number, pk, at in rows if number == kind}
        records = resource.records(list(times), site) if times else {}
        published = _published(resource, records)
        for pk, at in times.items():
            if record := records.get(pk):
                is_new = first and published.get(pk) and published[pk] >= first
                operation = "added" if is_new else "changed"
                yield _change(operation, resource, record.uid, at, record)
            elif uid := _removed(resource, pk):
                yield _change("removed", resource, uid, at, None)


def _change(
    operation: str, resource: Resource, uid: str, at: dt.datetime, record: Any
) -> ChangeRecord:
    return ChangeRecord(
        operation=operation, kind=resource.name, uid=uid, at=at, record=record
    )


def _published(resource: Resource, pks: Any) -> dict[int, Any]:
    if not pks or not hasattr(resource.model, "first_published_at"):
        return {}
    rows = resource.model.objects.filter(pk__in=pks)
    return dict(rows.values_list("pk", "first_published_at"))


def _removed(resource: Resource, pk: int) -> str:
    """The uid of a record that was in its list once; "" if it never was."""
    if not past.was_public(resource.model, pk):
        return ""
    return past.last_uid(resource.model, pk)


def _steps(resource: Resource) -> Iterator[tuple[str, str]]:
    """Every path of `rests_on` and every step of it, with the label of its model."""
    seen = set()
    for path in resource.rests_on:
        model, steps = resource.model, path.split("__")
        for depth, step in enumerate(steps, 1):
            model = model._meta.get_field(step).related_model
            walked = "__".join(steps[:depth])
            if walked not in seen:
                seen.add(walked)
                yield walked, model._meta.label_lower


def _pairs(model: Any, path: str, times: Times) -> Any:
    if not times:
        return ()
    rows = model._default_manager.order_by().filter(**{f"{path}__in": list(times)})
    return rows.values_list("pk", path).distinct()


def _note(times: Times, pk: int, at: dt.datetime) -> None:
    times[pk] = max(at, times.get(pk, at))


def _position(since: str) -> int | None:
    """Where the reading starts; a day starts a day early, because a commit may be
    later than its changes.
    """
    if not since:
        return None
    if re.fullmatch(MARK, since):
        position = int(since.partition("-")[0])
        if written_mark(position) != since or position > Change.times_since(1 << 62)[1]:
            raise _unknown("since")
        return position
    try:
        day = DayField().clean(since)
    except ValidationError as error:
        raise Malformed({"since": error.messages}) from None
    noon = dt.datetime.combine(day.day, dt.time(12), dt.UTC)  # type: ignore[union-attr]
    return Change.position_before(noon - dt.timedelta(days=1, hours=12))


def _place(since: str, cursor: str) -> tuple[int, tuple[int, int]]:
    """The position that the next reading starts at (0: not known yet), and the last
    record of the page before.
    """
    if not cursor:
        return 0, (-1, 0)
    if not re.fullmatch(CURSOR, cursor):
        raise Malformed({"cursor": [_("This value is not valid.")]})
    try:
        end, kind, pk = PLACE.unpack(cursors.unsign(cursor, since))
    except cursors.Forged:
        raise _unknown("cursor") from None
    return end, (kind, pk)


def _unknown(name: str) -> Malformed:
    words = _("This archive did not give this value. Start again without it.")
    return Malformed({name: [words]}, HTTPStatus.NOT_FOUND)


def _page(
    request: HttpRequest, records: list[ChangeRecord], cursor: Any, mark: Any
) -> Changes:
    query = request.GET.copy()
    query["cursor"] = cursor or ""
    address = request.build_absolute_uri(request.path)
    return Changes(
        results=records,
        cursor=cursor,
        next=f"{address}?{query.urlencode()}" if cursor else None,
        mark=mark,
        licence=settings.LICENCE,
    )
