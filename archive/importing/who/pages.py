"""The page Who is who of the admin: pairs of speakers that may be one, side by side, to
decide on; the decisions, which can be undone.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from archive.core.roles import PUBLISH
from archive.core.rules import refusal
from archive.importing.who import open_pairs, showing
from archive.importing.who.decisions import Contradiction
from archive.importing.who.persons import Side
from archive.models import IdentityDecision
from statements import merging
from statements.models import Speaker, SpeakerMerge

PER_PAGE = 20
for_editors = permission_required(PUBLISH, raise_exception=True)
JOINED = _(
    "They are still one speaker, because an import joined them (run %(run)s). To part "
    "them, undo that run and the later ones of its source, the last one first: "
    "manage.py import --undo RUN."
)
GONE = _("One of the two was merged or deleted meanwhile. Nothing was changed.")


@for_editors
def pairs(request: HttpRequest) -> HttpResponse:
    page = Paginator(open_pairs.undecided(), PER_PAGE).get_page(request.GET.get("page"))
    context = _context(request, gettext("Who is who")) | {
        "page": page,
        "pairs": showing.cards(page.object_list),
    }
    return TemplateResponse(request, "admin/who.html", context)


@for_editors
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    back = reverse("admin:who")
    if (page := request.POST.get("page", "")).isdigit():
        back += f"?page={page}"
    if any("\0" in value for value in request.POST.values()):
        raise BadRequest("a field holds a NUL")
    uids = [request.POST.get(name, "") for name in ("one", "other")]
    both = Speaker.objects.filter(uid__in=uids, merged_into=None)
    found_uids = {each.uid: each for each in both}
    if len(found_uids) < 2:
        messages.error(request, GONE)
        return HttpResponseRedirect(back)
    one, other = (found_uids[uid] for uid in uids)
    try:
        messages.success(request, _decided(request, one, other))
    except (ValueError, Contradiction) as error:
        messages.error(request, str(error))
    except IntegrityError as error:
        messages.error(request, refusal(error))
    return HttpResponseRedirect(back)


def _decided(request: HttpRequest, one: Speaker, other: Speaker) -> str:
    note = request.POST.get("note", "").strip()[:1000]
    if request.POST.get("decision") == "same":
        keep = one if request.POST.get("keep") == one.uid else other
        source = other if keep is one else one
        merging.merge(source, keep, request.user, note)
        return gettext("Merged into {}. You can undo it in the history.").format(keep)
    open_pairs.decide(Side("", one.uid), Side("", other.uid), request.user, note)
    return gettext("{} and {} are not the same. Nobody is asked again.").format(
        one, other
    )


@for_editors
def history(request: HttpRequest) -> HttpResponse:
    decisions = IdentityDecision.objects.select_related("made_by", "undone_by")
    page = Paginator(decisions.order_by("-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = _context(request, gettext("Decisions on who is who")) | {
        "page": page,
        "decisions": showing.lines(page.object_list),
    }
    return TemplateResponse(request, "admin/who_history.html", context)


@for_editors
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision that merged two speakers is undone with the merge; one that an import
    followed is only forgotten.
    """
    decision = get_object_or_404(IdentityDecision, pk=pk)
    (line,) = showing.lines([decision])
    try:
        for merge in _merges(decision):
            merging.undo(merge, request.user)
        IdentityDecision.objects.filter(pk=pk).undo(request.user)
        messages.success(request, gettext("The decision was undone."))
        if line.joined_by:
            messages.warning(request, JOINED % {"run": line.joined_by})
    except IntegrityError as error:
        messages.error(request, refusal(error))
    return HttpResponseRedirect(reverse("admin:who_history"))


def _merges(decision: IdentityDecision) -> list[SpeakerMerge]:
    if not decision.is_same or decision.one_source or decision.other_source:
        return []
    uids = (decision.one_id, decision.other_id)
    rows = SpeakerMerge.objects.filter(
        undone_at=None, source__uid__in=uids, target__uid__in=uids
    )
    return list(rows.order_by("-pk"))


def _context(request: HttpRequest, title: str) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "title": title,
        "opts": Speaker._meta,
    }
