"""The page where a reader reports a mistake."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.editing import workflow
from archive.editing.unsent import is_expired, unsent_form
from archive.models import Report
from archive.pages.rate_limits import is_rate_limited

MAX_BY_SENDER, MAX_BY_ALL = 5, 60  # reports an hour
MIN_SECONDS, MAX_SECONDS = 2, 24 * 3600  # between rendering and sending the form
UID = re.compile(r"[0-9a-z]{10}")

AUTOMATED = _(
    "This looked automated, so it was not sent. If you are a person, press Send again."
)
EXPIRED = _(
    "The form had expired, so it was not sent. Your text is still here: press Send "
    "again."
)
TOO_MANY = _(
    "There were too many reports in the last hour, so this one was not sent. Keep "
    "your text and try again later."
)


class LinesField(forms.CharField):
    """Counts a line break as one character, as the counter in the browser does."""

    widget = forms.Textarea(attrs={"rows": 7})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReportForm(forms.ModelForm):
    """`website` is a honeypot; `stamp` is the signed time at which the form was
    rendered.
    """

    use_required_attribute = (
        False  # show the server's error messages, not the browser's
    )
    note = LinesField(label=_("What is wrong?"), max_length=5_000)
    website = forms.CharField(label=_("Leave this empty"), required=False)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Report
        fields = ["note", "source", "email"]
        labels = {"source": _("How do you know?"), "email": _("Your e-mail address")}
        help_texts = {
            "source": _(
                "If you can, give the address of a page or say where it is printed."
            ),
            "email": _("Only if you want an answer. Only the editors see it."),
        }

    def __init__(self, typed: Any, *, problem: Any = "", **kwargs: Any) -> None:
        super().__init__(typed, label_suffix="", **kwargs)
        self.problem = problem

    def clean(self) -> dict[str, Any] | None:
        # one kind of error at a time
        mistyped = self.errors.keys() - {
            "website",
            "stamp",
        }
        if problem := self.problem or (not mistyped and self._suspicion()):
            self.add_error(None, problem)
        return super().clean()

    def _suspicion(self) -> Any:
        """An error if the honeypot was filled in or the form was sent too fast or too
        late; else "".
        """
        if self.cleaned_data.get("website") or "website" in self.errors:
            return AUTOMATED
        stamp, signer = self.cleaned_data.get("stamp", ""), _signer()
        try:
            signer.unsign(stamp, max_age=MAX_SECONDS)
        except signing.BadSignature:
            return EXPIRED
        try:
            signer.unsign(stamp, max_age=MIN_SECONDS)
        except signing.SignatureExpired:
            return ""
        return AUTOMATED


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, problem: Any = "") -> HttpResponse:
    record = _record(request.GET.get("record", ""))
    about = (
        {"table": record._meta.label_lower, "record_uid": record.uid} if record else {}
    )
    typed = request.POST if request.method == "POST" else None
    form, status = ReportForm(typed, instance=Report(**about), problem=problem), 200
    if typed is not None and form.is_valid():
        if not _too_many(request):
            form.save()
            return redirect(
                reverse(
                    "report_thanks", query={"record": record.uid} if record else None
                )
            )
        form.add_error(None, TOO_MANY)
        status = 429
    context = {"form": form, "stamp": _signer().sign("report"), "record": record}
    context["label"] = workflow.label(record) if record else ""
    return render(
        request, "archive/report.html", context, status=403 if problem else status
    )


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    uid = request.GET.get("record", "")
    return render(
        request,
        "archive/report_thanks.html",
        {"uid": uid if UID.fullmatch(uid) else ""},
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The report form keeps what was typed if the CSRF cookie is gone, an editor's form
    after a new session; other pages get Django's default page.
    """
    site: Any = admin.site
    if is_expired(request) and request.path != reverse("admin:login"):
        return site.send_again(request, unsent_form(request), status=403)
    is_report = request.resolver_match and request.resolver_match.url_name == "report"
    return (
        report(request, problem=EXPIRED)
        if is_report
        else csrf.csrf_failure(request, reason)
    )


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="archive.report")


def _record(uid: str) -> Any:
    """The public record with that uid; None for a report about the archive
    as a whole.
    """
    if not uid:
        return None
    for model in workflow.identified_models() if UID.fullmatch(uid) else []:
        if record := model.objects.public().filter(uid=uid).first():
            return record
    raise Http404


def _too_many(request: HttpRequest) -> bool:
    return Report.objects.of_the_last_hour().count() >= MAX_BY_ALL or is_rate_limited(
        request, "report", MAX_BY_SENDER
    )
