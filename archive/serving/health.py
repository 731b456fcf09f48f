"""Health of database and index as JSON; contains no secrets."""

from __future__ import annotations

from typing import Any

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive import search
from archive.listing.answer import database
from archive.models import Change
from archive.search import Unavailable


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """503 if pages cannot be served. A missing index is no failure."""
    status = report()
    return JsonResponse(status, status=200 if status["database"] == "ok" else 503)


def report() -> dict[str, Any]:
    """`behind`: committed changes not yet in the index; `lag`: seconds since the first
    of them; `left_out`: records that cannot be indexed.
    """
    try:
        Change.objects.order_by("-pk").first()
        return {"database": "ok", "index": _index()}
    except Error:
        return {"database": "unreachable"}


def _index() -> dict[str, Any]:
    index = search.index()
    try:
        with index.reading() as searcher:
            applied, count = index.applied_position(searcher), searcher.num_docs
            left_out = index.left_out(searcher)
    except Unavailable:
        return {"state": "missing"}
    if applied.database != database():
        return {"state": "of another database"}
    waiting = Change.objects.filter(xid__gte=applied.position).order_by("at")
    first = waiting.first()
    lag = (timezone.now() - first.at).total_seconds() if first else 0.0
    return {
        "state": "ready",
        "records": count - 1 - len(left_out),
        "left_out": left_out,
        "position": applied.position,
        "behind": waiting.count(),
        "lag": round(lag, 1),
    }
