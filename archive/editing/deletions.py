"""Records that somebody has deleted, as their history knows them: what they were
called, who deleted them, and when.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from archive.editing.addresses import is_key
from archive.editing.authorship import usernames, with_actor
from archive.models import Article
from archive.wording.shortening import truncate

TITLES = ("headline", "title", "name", "text", "rationale", "note")
MAX_STATES = 20  # in which a record without a title is looked for with one


@dataclass(frozen=True)
class Deletion:
    """`editor` is empty if a command deleted the record."""

    name: str
    editor: str
    time: dt.datetime

    def __str__(self) -> str:
        words = {"name": self.name, "editor": self.editor}
        if not self.editor:
            return _("%(name)s was deleted.") % words
        return _("%(name)s was deleted by %(editor)s.") % words


def deletion(model: Any, **key: Any) -> Deletion | None:
    """The deletion of the record with this `pk` or `uid`; None if it was not deleted,
    or never was.
    """
    events = getattr(model, "pgh_event_model", None)
    if events is None or model._base_manager.filter(**key).exists():
        return None
    fields = {"pgh_obj_id" if name == "pk" else name: key[name] for name in key}
    rows = with_actor(events.objects.filter(pgh_label="delete", **fields))
    event = rows.order_by("-pgh_id").first()
    if event is None:
        return None
    # a statement's passages, and so its words, were deleted before it
    states = events.objects.filter(pgh_obj_id=event.pgh_obj_id).order_by("-pgh_id")
    texts = (
        getattr(state, name, "") for state in states[:MAX_STATES] for name in TITLES
    )
    title = next(filter(None, texts), "")
    name = capfirst(str(model._meta.verbose_name))
    return Deletion(
        f"{name}: {truncate(title)}" if title else name,
        usernames().get(event.actor, ""),
        event.pgh_created_at,
    )


def deletions(keys: Iterable[str]) -> list[Deletion]:
    """Those of the records that keys such as `archive.article:5` name."""
    named = [key.partition(":") for key in keys]
    found_deletions = [
        deletion(apps.get_model(label), pk=pk)
        for label, _colon, pk in named
        if is_key(pk)
    ]
    return [one for one in found_deletions if one]


def deleted_page(request: HttpRequest) -> HttpResponse | None:
    """The page that says so, if the request is about a record of the admin that was
    deleted, and the account may see records of that kind.
    """
    match = request.resolver_match
    user: Any = getattr(request, "user", None)
    if not match or match.namespace != "admin" or not user or not user.is_staff:
        return None
    model, key = _named(match)
    if model is None or not admin.site.is_registered(model):
        return None
    model_admin = admin.site.get_model_admin(model)
    if not model_admin.has_view_permission(request):
        return None
    one = deletion(model, **key)
    return page(model_admin, request, [one]) if one else None


def page(model_admin: Any, request: HttpRequest, gone: list[Deletion]) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("This record no longer exists"),
        "opts": model_admin.opts,
        "deletions": gone,
        "messages": [],
    }
    template = "admin/deleted.html"
    return TemplateResponse(request, template, context, status=HTTPStatus.NOT_FOUND)


def _named(match: Any) -> tuple[Any, dict[str, Any]]:
    """The model and key of the record that an address of the admin names."""
    if uid := match.kwargs.get("uid"):
        return Article, {"uid": uid}
    pk = unquote(match.kwargs.get("object_id", ""))
    if is_key(pk):
        for model in apps.get_models():
            prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
            if match.url_name.startswith(prefix):
                return model, {"pk": pk}
    return None, {}
