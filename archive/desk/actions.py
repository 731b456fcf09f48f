"""What the buttons and keys of the workbench do: one address, one action a request."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.core.rules import take_turn
from archive.desk import accepting, answers, positions, spans, turns, workbench
from archive.desk.answers import FETCHED
from archive.desk.values import sent, sent_position, without_nul
from archive.editing.addresses import is_key
from archive.editing.saving import Invalid
from archive.models import Article, Suggestion, SuggestionKind

OF_ARTICLE = ("add", "turn")  # actions without a card
Changed = tuple[list[Suggestion], bool]  # the cards, and whether the first stays open


@require_POST
def act(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes the action that `do` names, for example accept or move:0:start:1."""
    article = workbench.article_at(request, uid, writing=True)
    request.POST = without_nul(request.POST)  # type: ignore[assignment]
    name, _colon, rest = request.POST.get("do", "").partition(":")
    if name not in ACTIONS:
        raise Http404
    if FETCHED in request.headers and not answers.is_by_its_account(request):
        raise PermissionDenied
    suggestion = None if name in OF_ARTICLE else _suggestion(request, article)
    if suggestion is None and name not in OF_ARTICLE:
        return _gone(request, article)
    if name == "keep" and FETCHED in request.headers and suggestion:
        return answers.stored(request, suggestion)
    try:
        changed, is_expanded = _take(request, article, suggestion, name, rest)
    except Invalid as invalid:
        return answers.refused(request, article, suggestion, invalid)
    except PermissionDenied:
        if FETCHED not in request.headers:
            raise
        refusal = Invalid({"": [_("Your account may not do this.")]})
        return answers.refused(request, article, suggestion, refusal)
    return answers.done(request, article, changed, is_expanded)


@transaction.atomic
def _take(
    request: HttpRequest,
    article: Article,
    suggestion: Suggestion | None,
    name: str,
    rest: str,
) -> Changed:
    if name != "keep":
        take_turn()  # before a row is locked
    if name not in ("keep", "reject", "undo"):
        answers.must_be_seen(request, suggestion)
    return ACTIONS[name](request, article, suggestion, rest)


def _suggestion(request: HttpRequest, article: Article) -> Suggestion | None:
    key = request.POST.get("card", "")
    rows = Suggestion.objects.select_related("version", "article")
    return rows.filter(article=article, pk=key).first() if is_key(key) else None


def _gone(request: HttpRequest, article: Article) -> HttpResponse:
    """The page's module says so itself."""
    words = _("This card is gone: it was deleted, or the text was read again.")
    if FETCHED in request.headers:
        raise Http404(words)
    messages.warning(request, words)
    return HttpResponseRedirect(reverse("admin:desk_article", args=[article.uid]))


def _accept(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    """`rest` is the value of a speaker whose button was pressed."""
    values = sent(suggestion.kind, request.POST)
    if rest:
        values |= {"speaker": rest, "speaker_other": ""}
    accepting.accept(request, suggestion, values)
    return [suggestion, *_of_same_speakers(suggestion)], False


def _of_same_speakers(suggestion: Suggestion) -> list[Suggestion]:
    """The cards that name the same people, who may exist as speakers now."""
    names = {each["name"] for each in suggestion.speakers}
    rows = Suggestion.objects.filter(article=suggestion.article_id)
    return [
        row
        for row in rows.exclude(pk=suggestion.pk)
        if names & {each["name"] for each in row.speakers}
    ]


def _keep(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    accepting.keep(request, suggestion, sent(suggestion.kind, request.POST))
    return [suggestion], True


def _spread(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    _store(request, suggestion)
    return [suggestion, *accepting.spread(request, suggestion)], True


def _reject(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    accepting.reject(request, suggestion)
    return [suggestion], False


def _undo(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    accepting.reopen(request, suggestion)
    return [suggestion], False


def _add(
    request: HttpRequest, article: Article, suggestion: None, rest: str
) -> Changed:
    """Makes a card of selected words; `rest` is its kind."""
    version = article.latest_version
    if version is None or rest not in SuggestionKind.values:
        raise Http404
    span = spans.at(version, request.POST)
    return [spans.add(request.user, version, rest, span)], True


def _turn(
    request: HttpRequest, article: Article, suggestion: None, rest: str
) -> Changed:
    version = article.latest_version
    if version is None:
        raise Http404
    turns.add_turn(request, version, request.POST)
    return [], False


def _passage(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    span = spans.at(suggestion.version, request.POST)
    _store(request, suggestion)
    spans.add_passage(request.user, suggestion, span)
    return [suggestion], True


def _move(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    """`rest` is index:start:words or index:end:words, or index alone with the new
    ends in the form.
    """
    index, end, steps = [*rest.split(":"), "", ""][:3]
    if not is_key(index) or int(index) >= len(suggestion.spans):
        raise Http404
    _store(request, suggestion)
    if end:
        span = spans.moved(suggestion, int(index), end, steps)
    elif suggestion.version != article.latest_version:
        message = _("The article has a new text. Load the page again, then go on.")
        raise Invalid({"words": [message]})
    else:
        span = spans.at(suggestion.version, request.POST)
    spans.move(request.user, suggestion, int(index), span)
    return [suggestion], True


def _drop(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    _store(request, suggestion)
    spans.drop(request.user, suggestion, int(rest) if is_key(rest) else -1)
    return [suggestion], True


def _split(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    _store(request, suggestion)
    offset = int(rest) if rest.isdecimal() and len(rest) < 9 else None
    return [suggestion, spans.split(request.user, suggestion, offset)], False


def _merge(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    _store(request, suggestion)
    return [suggestion, spans.merge(request.user, suggestion)], False


def _back(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    _store(request, suggestion)
    return [suggestion, *spans.back(request.user, suggestion)], bool(rest)


def _store(request: HttpRequest, suggestion: Suggestion) -> None:
    """Saves what was typed in the card whose passages change."""
    if values := sent(suggestion.kind, request.POST):
        accepting.keep(request, suggestion, values)
        suggestion.refresh_from_db()


def _position(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    data = sent_position(request.POST)
    positions.add_position(request, suggestion, data)
    return [suggestion], True


def _remove(
    request: HttpRequest, article: Article, suggestion: Suggestion, rest: str
) -> Changed:
    positions.remove_position(request, suggestion, rest)
    return [suggestion], True


ACTIONS: dict[str, Callable[..., Changed]] = {
    "accept": _accept,
    "keep": _keep,
    "spread": _spread,
    "reject": _reject,
    "undo": _undo,
    "add": _add,
    "turn": _turn,
    "passage": _passage,
    "move": _move,
    "drop": _drop,
    "split": _split,
    "merge": _merge,
    "back": _back,
    "position": _position,
    "remove": _remove,
}
