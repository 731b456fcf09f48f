"""The page on which an article goes to the public with its records, or to review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from archive.core.roles import PUBLISH
from archive.core.rules import take_turn
from archive.desk.checklist import Checklist, missing
from archive.desk.meter import counted_spans, meter_with
from archive.desk.workbench import article_at
from archive.editing import workflow
from archive.editing.addresses import is_key
from archive.editing.outcomes import taken
from archive.editing.step_kinds import STEPS
from archive.editing.steps import key_of
from archive.editing.workflow import Refused
from archive.models import Article, Suggestion
from archive.wording.shortening import truncate
from policies.confirmation import confirm
from policies.models import Position

MAX_SUGGESTIONS = 12  # named on the page


@dataclass
class Problem:
    """Why nothing was changed: `sentence`, and the reasons for single records."""

    sentence: str = ""
    reasons: list[tuple[Any, str]] = field(default_factory=list)


def publish(request: HttpRequest, uid: str) -> HttpResponse:
    article = article_at(request, uid)
    if request.method != "POST":
        return page(request, checklist(request, article))
    if request.POST.get("do") == "recall":
        return _recall(request, checklist(request, article))
    try:
        with transaction.atomic():
            take_turn()  # before a row is locked
            confirmed = _confirm(request)
            chosen = {*request.POST.getlist("record"), *confirmed}
            seen = [
                each
                for each in request.POST.getlist("seen")
                if each.partition("|")[0] not in confirmed  # unchanged, but for that
            ]
            return _take(request, checklist(request, article, chosen), seen)
    except _Outdated:
        changed = _(
            "An inference was changed or confirmed meanwhile, or you recorded it "
            "yourself: read the page again."
        )
        return page(request, checklist(request, article), Problem(changed))
    except _NotTaken as problem:
        chosen = set(request.POST.getlist("record"))
        return page(request, checklist(request, article, chosen), problem.args[0])


class _Outdated(Exception):
    """Nothing is confirmed."""


class _NotTaken(Exception):
    """Rolls the confirmations back; holds the problem."""


def _confirm(request: HttpRequest) -> list[str]:
    """Confirms the inferences that the second person has ticked; returns their keys."""
    keys = []
    for ticked in request.POST.getlist("confirm"):
        key, _colon, seen = ticked.partition("|")
        rows = Position.objects.all()
        position = rows.filter(pk=key).first() if is_key(key) else None
        if position is None or not confirm(position, seen, request.user):
            raise _Outdated
        keys.append(key_of(position))
    return keys


def checklist(
    request: HttpRequest, article: Article, chosen: set[str] | None = None
) -> Checklist:
    step = "publish" if request.user.has_perm(PUBLISH) else "submit"
    return Checklist(article, request.user, step, chosen)


def page(
    request: HttpRequest, records: Checklist, problem: Problem | None = None
) -> HttpResponse:
    article = records.article
    open_suggestions = Suggestion.objects.filter(article=article).open()
    named = open_suggestions.in_reading_order().select_related("version")
    meter = meter_with(article, counted_spans(records.ticked))
    context = {
        **admin.site.each_context(request),
        "title": _("Publish") if records.step == "publish" else _("Submit"),
        "article": article,
        "opts": Article._meta,
        "original": article,
        "records": records,
        "recallable": [(key_of(each), each) for each in records.recallable],
        "step": STEPS[records.step],
        "is_publishing": records.step == "publish",
        "meter": meter,
        "stop": meter.stop,
        "problem": problem,
        "asks_anyway": _asks_anyway(records),
        "suggestion_count": open_suggestions.count(),
        "suggestions": [_named(each) for each in named[:MAX_SUGGESTIONS]],
    }
    return TemplateResponse(request, "admin/desk/publish.html", context)


def _take(
    request: HttpRequest, records: Checklist, seen: Sequence[str]
) -> HttpResponse:
    if changed := records.changed(seen):
        sentence = _("It was changed while you were reading: read it again.")
        raise _NotTaken(Problem(reasons=[(record, sentence) for record in changed]))
    if problem := _problem(request, records):
        raise _NotTaken(problem)
    try:
        workflow.take(records.step, records.ticked, request.user)
    except Refused as refused:
        raise _NotTaken(Problem(reasons=refused.reasons)) from refused
    return _done(request, records.article, records.step, records.ticked)


def _recall(request: HttpRequest, records: Checklist) -> HttpResponse:
    chosen = request.POST.getlist("record")
    recalled = [each for each in records.recallable if key_of(each) in chosen]
    if not recalled:
        return page(request, records, Problem(_("Tick at least one record.")))
    try:
        workflow.take("recall", recalled, request.user)
    except Refused as refused:
        return page(request, records, Problem(reasons=refused.reasons))
    return _done(request, records.article, "recall", recalled)


def _done(
    request: HttpRequest, article: Article, step: str, records: Sequence[Any]
) -> HttpResponse:
    messages.success(request, taken(step, records, None))
    return redirect("admin:desk_publish", article.uid)


def _problem(request: HttpRequest, records: Checklist) -> Problem | None:
    """What a person should be told before the database is asked."""
    if not records.ticked:
        return Problem(_("Tick at least one record."))
    if records.step != "publish":
        return None
    article = records.article
    if stop := meter_with(article, counted_spans(records.ticked)).stop:
        return Problem(stop)
    if orphans := records.orphans():
        return Problem(reasons=orphans)
    if _asks_anyway(records) and "confirmed" not in request.POST:
        return Problem(_("The article lacks something. Publish it anyway?"))
    return None


def _asks_anyway(records: Checklist) -> bool:
    """Whether the article is to be published without a date, an outlet or the like."""
    article = records.article
    is_ticked = records.step == "publish" and article in records.ticked
    return is_ticked and any(missing(article))


def _named(suggestion: Suggestion) -> tuple[Any, str]:
    text = suggestion.version.text
    words = " … ".join(text[start:end] for start, end in suggestion.spans)
    return suggestion.get_kind_display(), truncate(words, 90)
