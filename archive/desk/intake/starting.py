"""Creates the draft of an article, with its outlet if that is new, in one
transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.core.rules import checked, take_turn
from archive.desk.intake.known import known_at_once, known_outlet, refuse_unseen
from archive.desk.intake.sources import MAX_CHARACTERS
from archive.editing.saving import Invalid, save
from archive.extraction import normalize
from archive.models import Article, Outlet

NO_TEXT = _("There is no text. Paste the text of the article.")
TOO_LONG = _("The text is longer than 1,000,000 characters. Shorten it.")
NO_OUTLETS = _("Your account may not add an outlet. Choose one that is listed.")


def start(
    request: HttpRequest,
    values: Mapping[str, Any],
    outlet_is_new: bool = False,
    accepted: Collection[str] = (),
) -> Article:
    """`values` are fields of the article's form as a browser sends them, but of the
    outlet the name. `accepted` are identifiers of articles in spite of which the
    editor goes on; `outlet_is_new`: a similar name is another outlet. Raises Invalid,
    AlreadyKnown and PermissionDenied.
    """
    text = normalize(values["text"])
    if not admin.site.get_model_admin(Article).has_add_permission(request):
        raise PermissionDenied
    if problem := _problem(text):
        raise Invalid({"text": [str(problem)]})
    with checked():
        take_turn()
        entries = known_at_once(text, values["url"], values["headline"])
        refuse_unseen(entries, accepted)
        outlet_pk = _outlet(request, values["outlet"].strip(), outlet_is_new)
        confirmed = {"text": text, "outlet": outlet_pk, "confirmed": "on"}
        article: Article = save(request, Article, {**values, **confirmed}).record
    return article


def _problem(text: str) -> Any:
    if not text.strip():
        return NO_TEXT
    return TOO_LONG if len(text) > MAX_CHARACTERS else ""


def _outlet(request: HttpRequest, name: str, is_confirmed: bool) -> str:
    """The key of the outlet with this name, which is added if there is none."""
    if not name:
        return ""
    if outlet := known_outlet(Outlet.objects, name):
        return str(outlet.pk)
    values = {"name": name} | ({"confirmed": "on"} if is_confirmed else {})
    try:
        return str(save(request, Outlet, values).record.pk)
    except Invalid as error:
        messages = [one for each in error.errors.values() for one in each]
        raise Invalid({"outlet": messages}, error.doubts) from error
    except PermissionDenied as error:
        raise Invalid({"outlet": [str(NO_OUTLETS)]}) from error
