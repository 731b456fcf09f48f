"""The workbench of an article: its text, and every suggestion and record in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from archive.core.roles import PUBLISH
from archive.desk.cards import Card, cards
from archive.desk.desk import Desk, desk_of
from archive.desk.meter import counted_spans, meter_with
from archive.desk.reading import read
from archive.desk.text import paragraphs
from archive.editing.addresses import is_key
from archive.models import Article, ArticleVersion, Suggestion, SuggestionState
from archive.templatetags.rows import macro
from policies.models.positions import Basis, Stance
from statements.models import Statement, Turn
from statements.models.speakers import SpeakerKind
from statements.models.statements import Form

# a transaction may commit this much after the time that it writes
LATE = dt.timedelta(seconds=5)


def article_at(request: HttpRequest, uid: str, writing: bool = False) -> Article:
    """The article, if the account may see it; if `writing`, only one that may add
    records to it.
    """
    article = get_object_or_404(Article, uid=uid)
    site = admin.site
    if not site.get_model_admin(Article).has_view_permission(request, article):
        raise PermissionDenied
    if writing and not site.get_model_admin(Statement).has_add_permission(request):
        raise PermissionDenied
    return article


def workbench(request: HttpRequest, uid: str) -> HttpResponse:
    article = article_at(request, uid)
    read(article)
    expanded = _keys(request, "open")
    return page(request, article, expanded)


def page(
    request: HttpRequest,
    article: Article,
    expanded: Iterable[int] = (),
    failed: Mapping[int, Mapping[str, Any]] | None = None,
    message: str = "",
    status: int = 200,
) -> HttpResponse:
    """`failed` maps a card to what is wrong with it (see `cards_of`)."""
    version = article.latest_version
    context = {
        **admin.site.each_context(request),
        "title": str(article),
        "article": article,
        "version": version,
        "message": message,
        "sent": request.POST if message else {},
        "may_publish": request.user.has_perm(PUBLISH),
    }
    if version is not None:
        desk = desk_of(article, version)
        shown = cards_of(desk, expanded, failed or {})
        context |= {
            "desk": desk,
            "cards_html": cards_html(request, shown).values(),
            "text_html": text_html(desk.version, shown),
            **head(desk),
            "stamp": stamp(desk),
            "names": sorted(desk.names),
            "kinds": SpeakerKind.choices,
            "turns": Turn.objects.filter(version=version).select_related("speaker"),
            "may_add_turn": request.user.has_perm("statements.add_turn"),
        }
    return TemplateResponse(
        request, "admin/desk/workbench.html", context, status=status
    )


def cards_of(
    desk: Desk, expanded: Iterable[int], failed: Mapping[int, Mapping[str, Any]]
) -> list[Card]:
    shown = cards(desk, [*expanded, *failed])
    for card in shown:
        for name, each in failed.get(card.pk, {}).items():
            setattr(card, name, each)
    return shown


def cards_html(request: HttpRequest, shown: Iterable[Card]) -> dict[int, str]:
    """The HTML of the cards by key."""
    shown = list(shown)
    if not shown:
        return {}
    article = shown[0].desk.article
    common = {
        "token": get_token(request),
        "action": reverse("admin:desk_act", args=[article.uid]),
        "page": reverse("admin:desk_article", args=[article.uid]),
        "forms": Form.choices,
        "kinds": SpeakerKind.choices,
        "stances": Stance.choices,
        "bases": Basis.choices,
    }
    draw = macro("admin/desk/_card.jinja")
    return {card.pk: str(draw(card, common)) for card in shown}


def text_html(version: ArticleVersion, shown: Iterable[Card]) -> str:
    """The text with the passages of all cards marked."""
    marks = [
        (start, end, card.pk, card.state)
        for card in shown
        if card.suggestion.version_id == version.pk
        and card.state != SuggestionState.REJECTED
        for start, end in card.suggestion.spans
    ]
    return str(macro("admin/desk/_text.jinja")(paragraphs(version.text, marks)))


def head(desk: Desk) -> dict[str, Any]:
    """The numbers above the cards: how many are open, and how much readers will see."""
    states = [each.state for each in desk.suggestions]
    drafts = [each for each in desk.records.values() if not each.is_public]
    drafts += [each for each in desk.proposals if not each.is_public]
    return {
        "counts": {str(state): states.count(state) for state in SuggestionState},
        "meter": meter_with(desk.article, counted_spans(drafts)),
    }


def stamp(desk: Desk) -> str:
    """The time of the newest change of a card."""
    times = [each.changed_at for each in desk.suggestions]
    times += [record.updated_at for record in desk.records.values()]
    return max(times).isoformat() if times else ""


def parts(
    request: HttpRequest,
    article: Article,
    changed: Iterable[int],
    expanded: Iterable[int] = (),
    failed: Mapping[int, Mapping[str, Any]] | None = None,
    **more: Any,
) -> JsonResponse:
    """What the module on the page puts in place: the cards that changed, the text, and
    the ids of all cards in order.
    """
    version = article.latest_version
    desk = desk_of(article, version)  # type: ignore[arg-type]
    shown = cards_of(desk, expanded, failed or {})
    fresh = {*changed, *expanded, *(failed or ())}
    return JsonResponse(
        {
            "cards": cards_html(request, [card for card in shown if card.pk in fresh]),
            "order": [card.pk for card in shown],
            "text": text_html(desk.version, shown),
            "head": render_to_string("admin/desk/_counts.html", head(desk)),
            "stamp": stamp(desk),
            **more,
        }
    )


@require_GET
def changes(request: HttpRequest, uid: str) -> JsonResponse:
    """The cards that somebody has changed since a time, and those asked for."""
    article = article_at(request, uid)
    since = _time(request.GET.get("since", ""))
    expanded = _keys(request, "open")
    shown = _keys(request, "show")
    rows = Suggestion.objects.filter(article=article)
    version = article.latest_version
    if version is None or not rows.exists():
        return JsonResponse({})
    desk = desk_of(article, version)
    changed = [
        each.pk
        for each in desk.suggestions
        if since is not None and _changed(desk, each) > since
    ]
    if not changed and not expanded and not shown:
        return JsonResponse({"order": [each.pk for each in desk.suggestions]})
    return parts(request, article, [*changed, *shown], expanded)


def _keys(request: HttpRequest, name: str) -> list[int]:
    return [int(key) for key in request.GET.getlist(name)[:300] if is_key(key)]


def _time(value: str) -> Any:
    try:
        time = parse_datetime(value.replace(" ", "+"))
    except ValueError:
        return None
    return time and time - LATE


def _changed(desk: Desk, suggestion: Suggestion) -> Any:
    record = desk.records.get((suggestion.kind, suggestion.record_uid))
    times = [suggestion.changed_at, *([record.updated_at] if record else [])]
    return max(times)
