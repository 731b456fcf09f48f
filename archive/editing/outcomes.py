"""What the editor is told after saving and after a step, with links to where the work
goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.editing import workflow
from archive.editing.step_kinds import STEPS
from archive.models import Article


class TellsOutcome(admin.ModelAdmin):
    """`kept_fields` are filled in again by *Save and add another*."""

    kept_fields: ClassVar[tuple[str, ...]] = ()

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        return self._with_own_message(request, obj, response)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._with_own_message(
            request, obj, super().response_change(request, obj)
        )

    def _with_own_message(
        self, request: HttpRequest, record: Any, response: HttpResponse
    ) -> HttpResponse:
        """Replaces Django's message, which puts marks around the words' own marks."""
        waiting = getattr(request, "waiting_messages", None)
        if waiting and IS_POPUP_VAR not in request.POST:
            waiting[-1] = ((saved(record), messages.SUCCESS), {})
        if "_addanother" in request.POST and self.kept_fields:
            response.headers["Location"] += f"?{urlencode(self._kept(record))}"
        return response

    def _kept(self, record: Any) -> dict[str, Any]:
        fields = [record._meta.get_field(name) for name in self.kept_fields]
        values = {field.name: field.value_from_object(record) for field in fields}
        return {name: value for name, value in values.items() if value}


def saved(record: Any) -> SafeString:
    """Names the record as it is stored: triggers may have derived its text."""
    record = type(record)._base_manager.get(pk=record.pk)
    link = workflow.change_url(record), workflow.label(record)
    message = format_html('{} <a href="{}">{}</a>.', _("Saved:"), *link)
    article = getattr(record, "article", None)
    if not isinstance(article, Article):
        return message
    url = workflow.change_url(article)
    return format_html(
        '{} <a href="{}">{}</a>', message, url, _("Go on with the article")
    )


def taken(step: str, records: Sequence[Any], public_url: str | None) -> SafeString:
    """One sentence, however many records took the step; a link to the page if there
    is one.
    """
    name, further = workflow.label(records[0]), len(records) - 1
    if further:
        phrase = ngettext(
            "%(name)s and %(count)d more", "%(name)s and %(count)d more", further
        )
        name = phrase % {"name": name, "count": further}
    message = format_html("{}", STEPS[step].done % name)
    if not public_url:
        return message
    return format_html(
        '{} <a href="{}">{}</a>', message, public_url, _("See it on the site")
    )
