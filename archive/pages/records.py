"""Permanent URLs of records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.core.publishing import Publishable
from archive.models import Article
from archive.models.withdrawn import Gone, withdrawn
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement

IDENTIFIED: list[Any] = [Article, Statement, ProposalList, Proposal, Position, Speaker]


@require_safe
def record(request: HttpRequest, uid: str) -> HttpResponse:
    """Redirects from the permanent URL to the current one, even if the slug has
    changed.
    """
    return redirect(published(uid, IDENTIFIED))


def published(uid: str, models: Collection[Any]) -> Any:
    """The public record of one of `models`; of a merged speaker the one it became.
    Raises Gone for a withdrawn record and Http404.
    """
    for model in models:
        if match := model.objects.public().filter(uid=uid).first():
            return match
    candidates = [
        row
        for model in models
        if issubclass(model, Publishable)
        for row in model.objects.filter(uid=uid)
    ]
    for row in candidates:
        if match := withdrawn(row):
            raise Gone(match)
    if Speaker not in models:
        raise Http404(_("No record has this permanent address."))
    merged = get_object_or_404(Speaker, uid=uid, merged_into__isnull=False)
    return get_object_or_404(Speaker.objects.public(), pk=merged.merged_into_id)
