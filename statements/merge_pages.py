"""Admin pages for merging speakers and undoing a merge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.core.roles import PUBLISH
from archive.core.rules import refusal
from archive.editing.addresses import OnlyKeys
from archive.wording.differences import DiffRun, differences
from statements import merging
from statements.models import Speaker, SpeakerMerge

COMPARED = (
    "kind",
    "name",
    "sort_name",
    "other_names",
    "summary",
    "wikidata_id",
    "url",
    "article",
)


class MergeForm(forms.Form):
    """`into` is chosen first; the differences are shown before anything changes."""

    def __init__(self, source: Speaker, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.fields["into"] = forms.ModelChoiceField(
            label=_("Merge into"),
            queryset=Speaker.objects.filter(merged_into=None).exclude(pk=source.pk),
            widget=OnlyKeys(Speaker.merged_into.field, admin.site),
            help_text=_(
                "The record to keep. Everything that belongs to this speaker moves "
                "there, and this address redirects there."
            ),
            error_messages={
                "invalid_choice": _("This speaker no longer exists. Choose another.")
            },
        )


class MergePages(admin.ModelAdmin):
    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/merge/",
                view(self.merge_view),
                name="statements_speaker_merge",
            ),
            path(
                "merge/<int:pk>/undo/",
                view(self.undo_view),
                name="statements_speaker_undo",
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        tools = [(reverse("admin:who"), _("Who is who"))]
        allowed = tools if request.user.has_perm(PUBLISH) else []
        return super().changelist_view(
            request, {**(extra_context or {}), "tools": allowed}
        )

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        self._for_editors(request)
        source = super().get_object(request, unquote(object_id))
        if source is None:
            raise Http404
        data = request.POST if request.method == "POST" else request.GET
        form = MergeForm(source, data if "into" in data else None)
        target = (
            form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
        )
        if target and request.method == "POST" and "merge" in request.POST:
            try:
                merging.merge(source, target, request.user)
            except (ValueError, IntegrityError) as error:
                message = (
                    refusal(error) if isinstance(error, IntegrityError) else str(error)
                )
                messages.error(request, message)
            else:
                messages.success(
                    request, gettext("Merged. You can undo the merge here.")
                )
                url = reverse("admin:statements_speaker_merge", args=[source.pk])
                return HttpResponseRedirect(url)
        context = self._context(request, gettext("Merge a speaker"))
        context |= {
            "form": form,
            "source": source,
            "target": target,
            "media": self.media + form.media,
        }
        context["merges"] = SpeakerMerge.objects.of(source)
        if target:
            context["rows"] = list(compared(source, target))
            context["moving"] = [
                (label, count) for label, count in merging.belongings(source) if count
            ]
        return TemplateResponse(request, "admin/merge.html", context)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._for_editors(request)
        merge = get_object_or_404(SpeakerMerge, pk=pk)
        if request.method == "POST":
            try:
                merging.undo(merge, request.user)
                messages.success(request, gettext("The merge was undone."))
            except IntegrityError as error:
                messages.error(request, refusal(error))
        return HttpResponseRedirect(
            reverse("admin:statements_speaker_merge", args=[merge.source_id])
        )

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
        }

    def _for_editors(self, request: HttpRequest) -> None:
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied


def compared(source: Speaker, target: Speaker) -> list[tuple[str, list[DiffRun]]]:
    """Each field that differs: "-" is the source's value, "+" the target's, which
    stays.
    """
    differing = []
    for name in COMPARED:
        field = Speaker._meta.get_field(name)
        old, new = (str(getattr(speaker, name) or "") for speaker in (source, target))
        if old != new:
            label = str(capfirst(field.verbose_name))  # type: ignore[union-attr]
            differing.append((label, differences(old, new)))
    return differing
