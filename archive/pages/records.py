"""Permanent URLs of records."""

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
    """Redirects from the permanent URL to the current one, even if the slug has
    changed.
    """
    for model in IDENTIFIED:
        if match := model.objects.public().filter(uid=uid).first():
            return redirect(match)
    candidates = [
        row
        for model in IDENTIFIED
        if issubclass(model, Publishable)
        for row in model.objects.filter(uid=uid)
    ]
    if match := next(
        (
            withdrawn_record
            for row in candidates
            if (withdrawn_record := withdrawn(row))
        ),
        None,
    ):
        raise Gone(match)
    merged = get_object_or_404(Speaker, uid=uid, merged_into__isnull=False)
    return redirect(
        get_object_or_404(Speaker.objects.public(), pk=merged.merged_into_id)
    )
