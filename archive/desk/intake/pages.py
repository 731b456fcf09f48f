"""“Start an article”: the page on which an article is pasted, and the page on which it
is described before its draft is created.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from archive.desk.intake import known, mending
from archive.desk.intake.forms import PasteForm, StartForm, initial, outlet_names
from archive.desk.intake.known import AlreadyKnown
from archive.desk.intake.sentences import NOTICES
from archive.desk.intake.starting import start
from archive.desk.intake.unfinished import unfinished
from archive.editing.authorship import made_by
from archive.editing.saving import Invalid
from archive.models import Article

STARTED_ALREADY = _("This article was started already; here it is.")
MENDED = ("text", "headline", "byline", "outlet")


def intake(request: HttpRequest) -> HttpResponse:
    article_admin = admin.site.get_model_admin(Article)
    if not article_admin.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _paste_page(request, PasteForm())
    if not article_admin.has_add_permission(request):
        raise PermissionDenied
    if "mend" in request.POST or "restore" in request.POST:
        return _start_page(request, StartForm(_mended(request.POST)))
    if "hints" in request.POST:
        return _start(request)
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _paste_page(request, form)
    values = initial(form.reading, form.cleaned_data["address"])
    values["opened"] = timezone.now().isoformat()
    notices = [NOTICES[notice] for notice in form.reading.notices]
    return _start_page(request, StartForm(initial=values), notices=notices)


def _start(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        return _start_page(request, form)
    accepted = request.POST.getlist("accepted") if "confirmed" in request.POST else []
    is_new = "outlet_is_new" in request.POST
    entries = known.known(*_looked_up(form))
    try:
        known.refuse_unseen(entries, accepted)
        article = start(request, form.values(), is_new, accepted)
    except Invalid as error:
        form.take(error)
        return _start_page(request, form, entries)
    except AlreadyKnown as error:
        if not (before := _started_before(request, error.entries)):
            entries = known.once([*error.entries, *entries])
            return _start_page(request, form, entries, is_stopped=True)
        article = before
        messages.info(request, STARTED_ALREADY)
    return HttpResponseRedirect(reverse("admin:desk_article", args=[article.uid]))


def _looked_up(form: StartForm) -> list[str]:
    """By what an article of the archive is looked for."""
    return [str(form[name].value() or "") for name in ("text", "url", "headline")]


def _started_before(request: HttpRequest, entries: list[known.Known]) -> Article | None:
    """The article that the same form created when it was sent before."""
    try:
        opened = parse_datetime(request.POST.get("opened", ""))
    except ValueError:
        opened = None
    headline = request.POST.get("headline", "").strip()
    for entry in entries:
        article = entry.article
        if (
            opened
            and timezone.is_aware(opened)
            and entry.likeness is known.Likeness.TEXT
            and article.created_at >= opened
            and article.headline == headline
            and made_by(article) == request.user.pk
        ):
            return article
    return None


def _mended(sent: Any) -> Any:
    """What was sent, with its text mended, or as it was before."""
    data = sent.copy()
    if "restore" in sent:
        data["text"], data["original"] = sent.get("original", ""), ""
        return data
    data["original"] = sent.get("text", "")
    for name in MENDED:
        data[name] = mending.mend(sent.get(name, ""))
    return data


def _paste_page(request: HttpRequest, form: PasteForm) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Start an article"),
        "form": form,
        "may_start": admin.site.get_model_admin(Article).has_add_permission(request),
        **unfinished(),
    }
    return TemplateResponse(request, "admin/desk/intake/paste.html", context)


def _start_page(
    request: HttpRequest,
    form: StartForm,
    entries: list[known.Known] | None = None,
    notices: Sequence[Any] = (),
    is_stopped: bool = False,
) -> HttpResponse:
    if entries is None:
        entries = known.known(*_looked_up(form))
    text = str(form["text"].value() or "")
    mended = "" if form["original"].value() else mending.mend(text)
    article_admin = admin.site.get_model_admin(Article)
    context = {
        **admin.site.each_context(request),
        "title": _("Describe the article"),
        "form": form,
        "notices": notices,
        "known": [
            (entry, article_admin.has_change_permission(request, entry.article))
            for entry in entries
        ],
        "is_stopped": is_stopped,
        "is_confirmed": "confirmed" in request.POST,
        "examples": mending.examples(text, mended) if mended != text else [],
        "outlets": outlet_names(),
    }
    return TemplateResponse(request, "admin/desk/intake/start.html", context)
