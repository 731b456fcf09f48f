"""What the page gets back for an action: new cards for its module, else a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.desk import accepting, workbench
from archive.desk.desk import saved_at
from archive.desk.values import (
    EVIDENCE,
    FIELDS,
    ITEM,
    OF_POSITION,
    POSITION,
    seen_before,
    sent,
)
from archive.editing.saving import Invalid
from archive.editing.unsent import ACCOUNT
from archive.models import Article, Suggestion, SuggestionState

FETCHED = "X-Desk"  # header of a request by the page's module
# fields at which the card shows no message
NO_PLACE = {"said_precision", "said_is_inferred", "topics_other", "is_complete"}


def is_by_its_account(request: HttpRequest) -> bool:
    """Whether the page was opened by the account that is signed in now."""
    account = request.POST.get(ACCOUNT, "")
    return account in ("", str(request.user.pk))


class Stale(Invalid):
    """Somebody has changed the card since the page showed it."""


def must_be_seen(request: HttpRequest, suggestion: Suggestion | None) -> None:
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


def done(
    request: HttpRequest, article: Article, changed: list[Suggestion], expanded: bool
) -> HttpResponse:
    keys = [each.pk for each in changed]
    opened = keys[:1] if expanded else []
    if FETCHED in request.headers and keys:
        seen = request.POST.getlist("open")
        opened += [key for key in keys[1:] if str(key) in seen]
        return workbench.parts(request, article, keys, opened, focus=keys[0])
    address = reverse("admin:desk_article", args=[article.uid])
    query = f"?open={opened[0]}" if opened else ""
    anchor = f"#card-{keys[0]}" if keys else ""
    return HttpResponseRedirect(f"{address}{query}{anchor}")


def refused(
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


def shown_errors(
    suggestion: Suggestion, errors: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The errors at the fields that the card shows; all others at the whole card."""
    names = {"words", "exact", "speaker", "topics", *FIELDS[suggestion.kind]}
    if suggestion.state == SuggestionState.ACCEPTED:
        names |= {*OF_POSITION, EVIDENCE, POSITION}
    result: dict[str, list[str]] = {}
    for name, messages in errors.items():
        is_shown = name in names - NO_PLACE or ITEM.fullmatch(name)
        result.setdefault(name if is_shown else "", []).extend(messages)
    return result


def stored(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
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
