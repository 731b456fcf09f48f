"""Drafts as their public pages will look, for signed-in accounts.

The article and its records are published in a transaction, the public page is asked for
by an anonymous copy of the request, and everything is rolled back (`tryout`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from archive.desk import tryout
from archive.desk.workbench import article_at
from archive.editing.below import records_below
from archive.editing.workflow import change_url, label
from archive.models import Article
from statements.models import Speaker

PAGES = {"article", "statement", "proposal", "list", "speaker"}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
# of the request's environment, what a page needs to build its own addresses
KEPT = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO")
LINK = re.compile(r'(?<=\s)(href|value)="(/[^"#?]*)')


@dataclass(frozen=True)
class Preview:
    """What the banner says; `left_out` are (address, name, reason) of records that
    could not be published.
    """

    uid: str
    left_out: list[tuple[str, str, str]]


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return respond


@require_safe
@_private
def preview(request: HttpRequest, uid: str, path: str = "") -> HttpResponse:
    article = article_at(request, uid)
    records = [article, *records_below(article)]
    with tryout.published(records) as refused:
        left_out = [(change_url(one), label(one), why) for one, why in refused]
        addresses = previewed(records, article)
        target = f"/{path}" if path else _path(_fresh(article))
        if target in addresses:
            shown = Preview(article.uid, left_out)
            response = _public_page(request, target, shown)
            response.content = rewritten(response.content.decode(), addresses)
            return response
    if path:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": article,
        "article": article,
        "left_out": left_out,
    }
    return TemplateResponse(
        request, "admin/desk/no_preview.html", context, status=HTTPStatus.NOT_FOUND
    )


def previewed(records: Sequence[Any], article: Article) -> dict[str, str]:
    """The public pages of the records and of the speakers in them that are public now,
    each with the address of its preview.
    """
    by_model: dict[Any, list[int]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record.pk)
    paths = {
        _path(record)
        for model, keys in by_model.items()
        for record in model.objects.public().filter(pk__in=keys)
    }
    speakers = Speaker.objects.public().listed().filter(pk__in=_speakers(records))
    paths |= {_path(speaker) for speaker in speakers}
    base = reverse("admin:desk_preview", args=[article.uid])
    return {path: f"{base}{path[1:]}" for path in paths}


def rewritten(page: str, addresses: dict[str, str]) -> str:
    """The page with links to previewed records leading to their previews."""
    return LINK.sub(lambda link: f'{link[1]}="{addresses.get(link[2], link[2])}', page)


def _public_page(request: HttpRequest, path: str, shown: Preview) -> HttpResponse:
    match = resolve(path)
    if match.url_name not in PAGES:
        raise Http404
    visit = anonymous(request, path)
    visit.resolver_match = match
    visit.preview = shown  # type: ignore[attr-defined]
    return match.func(visit, *match.args, **match.kwargs)


def anonymous(request: HttpRequest, path: str) -> WSGIRequest:
    """The request of a reader for `path`: no account, no session, the same theme."""
    kept = {name: request.META[name] for name in KEPT if name in request.META}
    visit = WSGIRequest(
        {
            **kept,
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": request.META.get("QUERY_STRING", ""),
            "wsgi.url_scheme": request.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    secret = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    visit.COOKIES = {
        name: value for name, value in request.COOKIES.items() if name not in secret
    }
    visit.user = AnonymousUser()
    return visit


def _speakers(records: Sequence[Any]) -> set[int]:
    """The keys of everybody whom a record names."""
    names = ("speaker", "reported_by", "issued_by", "addressed_to", "proposed_by")
    keys = {getattr(one, f"{name}_id", None) for one in records for name in names}
    return {key for key in keys if key is not None}


def _path(record: Any) -> str:
    return urlsplit(record.get_absolute_url()).path


def _fresh(article: Article) -> Article:
    """The article with the slug that it was published under."""
    return Article.objects.get(pk=article.pk)
