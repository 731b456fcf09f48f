"""The workbench of an article: its text, and every suggestion and record in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from archive.core.roles import PUBLISH
from archive.desk.cards import Card, cards
from archive.desk.desk import Desk, desk_of, tokens_of
from archive.desk.meter import counted_spans, meter_with
from archive.desk.read_as import read_as
from archive.desk.reading import read
from archive.desk.text import paragraphs
from archive.editing.addresses import is_key
from archive.models import Article, ArticleVersion, SuggestionState
from archive.models.articles import ArticleKind
from archive.templatetags.rows import macro
from policies.models import Basis, Position, Proposal, ProposalList, Stance
from statements.models import Statement, Turn
from statements.models.speakers import SpeakerKind
from statements.models.statements import Form

MAX_CARDS = 300  # that one request asks for
# kinds of articles whose words are often all one speaker's own
OWN_WORDS = (ArticleKind.SPEECH, ArticleKind.PRESS_RELEASE, ArticleKind.POST)

# what the pages of the desk show: who may not see one of these sees none of them
SEEN = (Article, Statement, ProposalList, Proposal, Position)


def article_at(request: HttpRequest, uid: str, writing: bool = False) -> Article:
    """The article, if the account may see it and its records; if `writing`, only one
    that may add records to it.
    """
    article = get_object_or_404(Article, uid=uid)
    site = admin.site
    for model in SEEN:
        if not site.get_model_admin(model).has_view_permission(request):
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
        "is_speech": article.kind in OWN_WORDS,
        "may_publish": request.user.has_perm(PUBLISH),
    }
    if version is not None:
        desk = desk_of(article, version)
        drawn = cards_of(desk, expanded, failed or {})
        context |= {
            "desk": desk,
            "read_as": read_as(version.text),
            "cards_html": cards_html(request, drawn).values(),
            "text_html": text_html(desk.version, drawn),
            **head(desk),
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
    drawn = cards(desk, [*expanded, *failed])
    for card in drawn:
        for name, each in failed.get(card.pk, {}).items():
            setattr(card, name, each)
    return drawn


def cards_html(request: HttpRequest, drawn: Iterable[Card]) -> dict[int, str]:
    """The HTML of the cards by key."""
    drawn = list(drawn)
    if not drawn:
        return {}
    article = drawn[0].desk.article
    common = {
        "token": get_token(request),
        "opened_by": request.user.pk,
        "action": reverse("admin:desk_act", args=[article.uid]),
        "page": reverse("admin:desk_article", args=[article.uid]),
        "forms": Form.choices,
        "kinds": SpeakerKind.choices,
        "stances": Stance.choices,
        "bases": Basis.choices,
    }
    draw = macro("admin/desk/_card.jinja")
    return {card.pk: str(draw(card, common)) for card in drawn}


def text_html(version: ArticleVersion, drawn: Iterable[Card]) -> str:
    """The text with the passages of all cards marked."""
    marks = [
        (start, end, card.pk, card.state)
        for card in drawn
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
    drawn = cards_of(desk, expanded, failed or {})
    fresh = {*changed, *expanded, *(failed or ())}
    return JsonResponse(
        {
            "cards": cards_html(request, [card for card in drawn if card.pk in fresh]),
            "order": [card.pk for card in drawn],
            "text": text_html(desk.version, drawn),
            "head": render_to_string("admin/desk/_counts.html", head(desk)),
            **more,
        }
    )


@require_GET
def changes(request: HttpRequest, uid: str) -> JsonResponse:
    """The cards asked for, those in `open` expanded. If none is asked for, what differs
    whenever a card does: a stamp of all, and, unless `since` is that stamp, the token
    of each.
    """
    article = article_at(request, uid)
    version = article.latest_version
    if version is None:
        return JsonResponse({})
    keys = _keys(request, "card")
    if keys:
        opened = [key for key in _keys(request, "open") if key in keys]
        return parts(request, article, keys, opened)
    tokens = tokens_of(article)
    stamp = sha256(repr(sorted(tokens.items())).encode()).hexdigest()[:16]
    if stamp == request.GET.get("since"):
        return JsonResponse({"stamp": stamp})
    return JsonResponse({"stamp": stamp, "tokens": tokens})


def _keys(request: HttpRequest, name: str) -> list[int]:
    return [int(key) for key in request.GET.getlist(name)[:MAX_CARDS] if is_key(key)]
