"""What the buttons and keys of the workbench do: one address, one action a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.core.rules import take_turn
from archive.desk import accepting, positions, spans, turns, workbench
from archive.desk.cards import shown_errors
from archive.desk.desk import saved_at
from archive.desk.values import seen_before, sent, sent_position, without_nul
from archive.editing.addresses import is_key
from archive.editing.saving import Invalid
from archive.models import Article, Suggestion, SuggestionKind

FETCHED = "X-Desk"  # header of a request by the page's module
OF_ARTICLE = ("add", "turn")  # actions without a card
Changed = tuple[list[Suggestion], bool]  # the cards, and whether the first stays open


@require_POST
def act(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes the action that `do` names, for example accept or move:0:start:1."""
    article = workbench.article_at(request, uid, writing=True)
    request.POST = without_nul(request.POST)  # type: ignore[assignment]
    name, _colon, rest = request.POST.get("do", "").partition(":")
    action = ACTIONS.get(name)
    if action is None:
        raise Http404
    suggestion = None if name in OF_ARTICLE else _suggestion(request, article)
    if name == "keep" and FETCHED in request.headers and suggestion:
        return _kept(request, suggestion)
    try:
        with transaction.atomic():
            if name != "keep":
                take_turn()  # before a row is locked
            if name not in ("keep", "reject", "undo"):
                _must_be_seen(request, suggestion)
            changed, is_expanded = action(request, article, suggestion, rest)
    except Invalid as invalid:
        return _failed(request, article, suggestion, invalid)
    except PermissionDenied:
        if FETCHED not in request.headers:
            raise
        refusal = Invalid({"": [_("Your account may not do this.")]})
        return _failed(request, article, suggestion, refusal)
    return _done(request, article, changed, is_expanded)


class Stale(Invalid):
    """Somebody has changed the card since the page showed it."""


def _must_be_seen(request: HttpRequest, suggestion: Suggestion | None) -> None:
    """Nothing that somebody else changed is decided on unseen."""
    seen = request.POST.get("revision", "")
    if suggestion is None or not seen:
        return
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    saved, record = request.POST.get("saved"), accepting.record_of(locked)
    is_saved = saved in (None, saved_at(record and record.updated_at))
    if str(locked.revision) == seen and is_saved:
        return
    if str(locked.revision) == seen:
        message = _("Its record was changed elsewhere. Look at it, then go on.")
    elif locked.changed_by in (None, request.user):
        message = _("This was changed in another window. Look at it, then go on.")
    else:
        message = _("%s has changed this meanwhile. Look at it, then go on.")
        message = message % locked.changed_by
    raise Stale({"": [message]})


def _suggestion(request: HttpRequest, article: Article) -> Suggestion:
    key = request.POST.get("card", "")
    rows = Suggestion.objects.select_related("version", "article")
    suggestion = rows.filter(article=article, pk=key).first() if is_key(key) else None
    if suggestion is None:
        raise Http404(_("This suggestion is gone: the text was read again."))
    return suggestion


def _done(
    request: HttpRequest, article: Article, changed: list[Suggestion], expanded: bool
) -> HttpResponse:
    keys = [each.pk for each in changed]
    opened = keys[:1] if expanded else []
    if FETCHED in request.headers and keys:
        return workbench.parts(request, article, keys, opened, focus=keys[0])
    address = reverse("admin:desk_article", args=[article.uid])
    query = f"?open={opened[0]}" if opened else ""
    anchor = f"#card-{keys[0]}" if keys else ""
    return HttpResponseRedirect(f"{address}{query}{anchor}")


def _failed(
    request: HttpRequest,
    article: Article,
    suggestion: Suggestion | None,
    invalid: Invalid,
) -> HttpResponse:
    """Shows the card again with what was typed, and what is wrong."""
    failed = {}
    is_stale, is_fetched = isinstance(invalid, Stale), FETCHED in request.headers
    if suggestion is not None:
        values = sent(suggestion.kind, request.POST)
        if values and not is_stale:
            accepting.keep(request, suggestion, values)
        failed[suggestion.pk] = {
            "errors": shown_errors(suggestion, invalid.errors),
            "has_doubts": bool(invalid.doubts),
            # the page's module has what was typed
            "unsaved": {} if is_stale and is_fetched else values,
        }
    message = "" if failed else str(invalid)
    if is_fetched:
        more: dict[str, Any] = {"message": message, "stale": is_stale}
        if suggestion:
            more["focus"] = suggestion.pk
        return workbench.parts(request, article, (), (), failed, refused=True, **more)
    return workbench.page(request, article, (), failed, message, status=422)


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


def _kept(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Saves what was typed so far, and says who else has changed the card meanwhile."""
    before = request.POST.get("revision", "")
    by, is_stale = suggestion.changed_by, before != str(suggestion.revision)
    values = sent(suggestion.kind, request.POST)
    theirs = accepting.keep(request, suggestion, values, seen_before(request.POST))
    suggestion.refresh_from_db()
    is_others = by is not None and by != request.user
    return JsonResponse(
        {
            "revision": suggestion.revision,
            "is_stale": is_stale,
            "theirs": theirs,
            "by": str(by) if is_others else "",
        }
    )


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
