"""The page that adds a new version of an article's text: it first shows the differences
and what happens to the passages, then saves.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.core.dates import near
from archive.editing import versions
from archive.editing.authorship import may_change
from archive.editing.dates import TimeField
from archive.editing.deleted import gone
from archive.editing.passages import ExactTextField
from archive.editing.texts import LineField
from archive.editing.workflow import change_url, label
from archive.models import Article, ArticleVersion
from archive.wording import differences


class NewVersionForm(forms.Form):
    text = ExactTextField(
        label=_("New text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField words"}),
    )
    note = LineField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("Why the text changed, as far as you know."),
    )
    retrieved_at = TimeField(label=_("Retrieved at"), required=False, validators=[near])
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, article: Article, newest: ArticleVersion | None, *args: Any
    ) -> None:
        super().__init__(*args)
        self.newest = newest
        self.initial = {
            "text": newest.text if newest else "",
            "base": newest.number if newest else 0,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.newest and cleaned.get("text") == self.newest.text:
            self.add_error("text", _("This text is identical to the newest version."))
        if self.newest and cleaned.get("base") not in (None, self.newest.number):
            self.add_error(
                "text",
                _(
                    "Somebody else has added a version in the meantime. Compare your "
                    "text with the newest version."
                ),
            )
            data: Any = self.data
            self.data = {**data.dict(), "base": str(self.newest.number)}
        return cleaned


class NewVersionPage(admin.ModelAdmin):
    def get_urls(self) -> list:
        page = self.admin_site.admin_view(self.new_version)
        return [
            path(
                "<path:object_id>/new-version/",
                page,
                name="archive_article_new_version",
            ),
            *super().get_urls(),
        ]

    def new_version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article = self.get_object(request, unquote(object_id))
        if article is None and request.method == "POST":
            return gone(self, request, NewVersionForm.base_fields.items())
        if article is None:
            raise Http404
        if not (
            self.has_change_permission(request, article)
            and may_change(request.user, article)
        ):
            raise PermissionDenied
        newest = article.latest_version
        form = NewVersionForm(
            article, newest, *([request.POST] if request.method == "POST" else [])
        )
        compared = form.is_bound and form.is_valid()
        if compared and "save" in request.POST:
            return self._save(request, article, form)
        return TemplateResponse(
            request,
            "admin/new_version.html",
            self._context(request, article, form, compared),
        )

    def _save(
        self, request: HttpRequest, article: Article, form: NewVersionForm
    ) -> HttpResponse:
        fields = {name: form.cleaned_data[name] for name in ("note", "retrieved_at")}
        version = versions.add_version(article, form.cleaned_data["text"], **fields)
        messages.success(request, gettext("Version %d was saved.") % version.number)
        remaining_count = sum(
            versions.left_behind(model).filter(version__article=article).count()
            for model in versions.passage_models()
        )
        if remaining_count:
            note = (
                ngettext(
                    "%d passage could not be found in the new text: locate it again.",
                    "%d passages could not be found in the new text: locate them "
                    "again.",
                    remaining_count,
                )
                % remaining_count
            )
            messages.warning(request, note)
        return HttpResponseRedirect(change_url(article))

    def _context(
        self, request: HttpRequest, article: Any, form: NewVersionForm, compared: bool
    ) -> dict[str, Any]:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("New version of the text"),
            "opts": self.opts,
            "original": article,
            "form": form,
            "media": self.media + form.media,
            "compared": compared,
        }
        if compared:
            text = form.cleaned_data["text"]
            moves = versions.moves(article, text)
            context["runs"] = differences.shortened(
                differences.differences(form.newest.text if form.newest else "", text),
                200,
            )
            context["moving"] = len(moves.moving)
            context["staying"] = [self._stays(passage) for passage in moves.staying]
        return context

    def _stays(self, passage: Any) -> tuple[str, str, str]:
        owner = versions.owner_of(passage)
        return change_url(owner), label(owner), passage.exact
