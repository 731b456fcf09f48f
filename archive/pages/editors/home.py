"""The editors' home page: queues of waiting work, and recent changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from archive.core.publishing import Status
from archive.editing import history, reviews, versions, workflow
from archive.editing.authorship import added_by, usernames, with_actor
from archive.editing.workflow import change_url
from archive.listing.answer import left_out
from archive.models import Article, Report, ReviewNote
from archive.models.reports import records_of
from archive.pages import documents as articles
from policies import documents as policies
from policies.models import Position
from statements import documents as statements
from statements.models import Speaker

MAX_LINES = 12
KINDS = [*statements.KINDS, *policies.KINDS, *articles.KINDS]


@dataclass(frozen=True)
class Line:
    url: str
    text: str
    note: Any = ""


@dataclass(frozen=True)
class Queue:
    """`count` is the number of all entries, `lines` holds the first of them."""

    title: Any
    empty: Any
    count: int
    lines: list[Line]


def context(user: Any) -> dict[str, Any]:
    return {
        "queues": [
            *_missing_from_index(),
            *_sent_back(user),
            _drafts(user),
            _in_review(),
            _second_person(user),
            _to_reanchor(),
            _unsourced(),
            _reports(),
        ],
        "recent": _recent(),
    }


def _missing_from_index() -> Iterator[Queue]:
    """Yields a queue only if the index left records out, which is an error."""
    models = {kind.type: kind.model for kind in KINDS}
    lines = [
        _line(record, capfirst(record._meta.verbose_name))
        for type, pk in left_out()
        if (record := models[type].objects.filter(pk=pk).first())
    ]
    if lines:
        title = _("Not found by any search, because they could not be indexed")
        yield Queue(title, "", len(lines), lines[:MAX_LINES])


def _line(record: Any, note: Any = "") -> Line:
    return Line(change_url(record), workflow.label(record), note)


def _queue(title: Any, empty: Any, *querysets: QuerySet) -> Queue:
    lines = [
        _line(record)
        for queryset in querysets
        for record in queryset.order_by("-updated_at")[:MAX_LINES]
    ]
    return Queue(
        title, empty, sum(queryset.count() for queryset in querysets), lines[:MAX_LINES]
    )


def _drafts(user: Any) -> Queue:
    querysets = [
        added_by(model.objects.filter(status=Status.DRAFT), user)
        for model in workflow.publishable_models()
    ]
    return _queue(_("Your drafts"), _("You have no drafts."), *querysets)


def _sent_back(user: Any) -> Iterator[Queue]:
    """Yields a queue only if there is something in it."""
    lines = [_line(record, _why(note)) for record, note in reviews.sent_back_to(user)]
    if lines:
        yield Queue(_("Sent back to you"), "", len(lines), lines[:MAX_LINES])


def _why(note: ReviewNote) -> str:
    return f"{note.author}: {note.note}"


def _in_review() -> Queue:
    querysets = [
        model.objects.filter(status=Status.IN_REVIEW)
        for model in workflow.publishable_models()
    ]
    return _queue(
        _("Waiting for review"), _("Nothing is waiting for review."), *querysets
    )


def _second_person(user: Any) -> Queue:
    rows = Position.objects.unconfirmed().select_related("speaker", "recorded_by")
    lines = [
        _line(
            record,
            _("recorded by you")
            if record.recorded_by_id == user.pk
            else record.recorded_by,
        )
        for record in rows.order_by("-updated_at")[:MAX_LINES]
    ]
    return Queue(
        _("Waiting for a second person"),
        _("No inference is waiting."),
        rows.count(),
        lines,
    )


def _to_reanchor() -> Queue:
    """One line for each record, whose form re-anchors all its passages."""
    owners = {
        versions.owner_of(passage): None
        for model in versions.passage_models()
        for passage in versions.left_behind(model)[:200]
    }
    lines = [
        Line(f"{change_url(owner)}#passages-group", workflow.label(owner))
        for owner in owners
    ]
    return Queue(
        _("To locate again"),
        _("No passage waits to be located again."),
        len(owners),
        lines[:MAX_LINES],
    )


def _unsourced() -> Queue:
    articles = Article.objects.filter(url="", archived_url="").exclude(
        status=Status.WITHDRAWN
    )
    positions = Position.objects.filter(evidence=None, source_url="").exclude(
        status=Status.WITHDRAWN
    )
    return _queue(
        _("Without a link to the source"),
        _("Every record links to its source."),
        articles,
        positions,
    )


def _reports() -> Queue:
    rows = Report.objects.waiting()
    lines = [
        _line(report, date_format(localtime(report.created_at), "DATE_FORMAT"))
        for report in rows[:MAX_LINES]
    ]
    return Queue(
        _("New reports from readers"),
        _("There are no new reports."),
        rows.count(),
        lines,
    )


@dataclass(frozen=True)
class Happening:
    time: dt.datetime
    model: Any
    pk: int
    actor: int
    action: Any


def _recent() -> list[Line]:
    """The newest changes by people, one line for each record and person."""
    people = usernames()
    lines: dict[tuple[Any, int, int], Line] = {}
    newest = sorted([*_events(), *_reviews()], key=lambda each: each.time, reverse=True)
    for each in newest:
        key = (each.model, each.pk, each.actor)
        if key in lines or each.actor not in people:
            continue
        if record := each.model.objects.filter(pk=each.pk).first():
            time = date_format(localtime(each.time), "DATETIME_FORMAT")
            note = f"{people[each.actor]}, {each.action}, {time}"
            lines[key] = Line(_history(record), workflow.label(record), note)
        if len(lines) == MAX_LINES:
            break
    return list(lines.values())


def _events() -> Iterator[Happening]:
    """The newest changes of records of each model."""
    for model in [*workflow.publishable_models(), Speaker]:
        events = with_actor(
            model.pgh_event_model.objects.filter(
                ~Q(pgh_label="delete"), pgh_context__isnull=False
            )
        )
        for event in events.order_by("-pgh_id")[: 3 * MAX_LINES]:
            action = history.LABELS[event.pgh_label]
            yield Happening(event.pgh_created_at, model, event.id, event.actor, action)


def _reviews() -> Iterator[Happening]:
    """The newest records that were sent back or taken back."""
    notes = list(ReviewNote.objects.order_by("-pk")[: 3 * MAX_LINES])
    records = records_of(notes)
    for note in notes:
        if record := records.get((note.table, note.record_uid)):
            action, model = note.get_step_display(), type(record)
            yield Happening(note.created_at, model, record.pk, note.author_id, action)


def _history(record: Any) -> str:
    return reverse(
        f"admin:{record._meta.app_label}_{record._meta.model_name}_history",
        args=[record.pk],
    )
