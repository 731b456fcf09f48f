"""The permanent address of every record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from archive.core.publishing import Publishable
from archive.models import Article
from archive.models.withdrawn import Gone, withdrawn
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement

IDENTIFIED: list[Any] = [Article, Statement, ProposalList, Proposal, Position, Speaker]


@require_safe
def record(request: HttpRequest, uid: str) -> HttpResponse:
    """The permanent address of a record, whatever becomes of its slug."""
    for model in IDENTIFIED:
        if found := model.objects.public().filter(uid=uid).first():
            return redirect(found)
    hidden = [
        row
        for model in IDENTIFIED
        if issubclass(model, Publishable)
        for row in model.objects.filter(uid=uid)
    ]
    if found := next((lost for row in hidden if (lost := withdrawn(row))), None):
        raise Gone(found)
    gone = get_object_or_404(Speaker, uid=uid, merged_into__isnull=False)
    return redirect(get_object_or_404(Speaker.objects.public(), pk=gone.merged_into_id))
