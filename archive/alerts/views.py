"""The pages on which somebody begins and stops to follow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.alerts import asking
from archive.alerts.targets import Malformed, Target, label, target
from archive.models import Follow, Follower, Frequency
from archive.pages.rate_limits import is_rate_limited

MAX_BY_SENDER = 10  # requests an hour
METHODS = ["GET", "HEAD", "POST"]


class FollowForm(forms.Form):
    """`website` is a honeypot."""

    use_required_attribute = False
    address = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    frequency = forms.ChoiceField(
        label=_("How often"), choices=Frequency, initial=Frequency.DAILY
    )
    website = forms.CharField(label=_("Leave this empty"), required=False)


class FrequencyForm(forms.Form):
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency)


# Without a token of a form, which would set a cookie for every reader: a forged request
# can only make the archive ask an address once a day.
@csrf_exempt
@require_http_methods(METHODS)
def follow(request: HttpRequest) -> HttpResponse:
    try:
        followed = target(request.GET.get("page", ""))
    except Malformed as problem:
        context = {"errors": problem.errors}
        return render(request, "alerts/follow.html", context, status=400)
    if request.method != "POST" or not is_sent(followed):
        return _follow_page(request, followed, FollowForm(label_suffix=""))
    form = FollowForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _follow_page(request, followed, form)
    if is_rate_limited(request, "follow", MAX_BY_SENDER):
        form.add_error(None, _("That was too often. Try again in an hour."))
        return _follow_page(request, followed, form, 429)
    try:
        if not form.cleaned_data["website"]:
            asking.ask(
                form.cleaned_data["address"], followed, form.cleaned_data["frequency"]
            )
    except OSError:
        form.add_error(
            None, _("The mail could not be sent. Try again in a few minutes.")
        )
        return _follow_page(request, followed, form, 503)
    return redirect("follow_asked")


def is_sent(followed: Target) -> bool:
    return bool(settings.MAIL_IS_ON and followed.conditions)


def _follow_page(
    request: HttpRequest, followed: Target, form: FollowForm, status: int = 200
) -> HttpResponse:
    page, _mark, query = followed.page.partition("?")
    feed = f"{page.rstrip('/')}.atom{f'?{query}' if query else ''}"
    context = {"target": followed, "form": form, "feed": feed}
    context["is_on"] = is_sent(followed)
    return render(request, "alerts/follow.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
def asked(request: HttpRequest) -> HttpResponse:
    """The same for every address, so that nobody learns who follows what."""
    return render(request, "alerts/asked.html")


@csrf_exempt  # the link itself is the proof
@never_cache
@require_http_methods(METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A link alone changes nothing, because mail programs open links."""
    proven = asking.asked(token)
    if not proven:
        return render(request, "alerts/expired.html", status=404)
    followed = target(proven.page)
    if request.method != "POST":
        return render(request, "alerts/confirm.html", {"target": followed})
    try:
        made = asking.confirm(proven)
    except asking.TooMany:
        return render(request, "alerts/too_many.html", status=409)
    return redirect("follow_manage", made.follower.key)


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
def manage(request: HttpRequest, key: str) -> HttpResponse:
    follower = Follower.objects.filter(key=key).first()
    if not follower:
        return render(request, "alerts/stopped.html", status=404)
    if request.method == "POST":
        _change(follower, request.POST)
        return redirect("follow_manage", key)
    form = FrequencyForm(initial={"frequency": follower.frequency}, label_suffix="")
    follows = [(each, label(each.page)) for each in follower.follows.all()]
    context = {"follower": follower, "follows": follows, "form": form}
    return render(request, "alerts/manage.html", context)


def _change(follower: Follower, typed: Any) -> None:
    if stopped := typed.get("stop"):
        asking.stop(get_object_or_404(follower.follows, key=stopped))
        return
    form = FrequencyForm(typed)
    if form.is_valid():
        follower.frequency = form.cleaned_data["frequency"]
        follower.save()


@csrf_exempt  # RFC 8058: a mail program posts without a page
@never_cache
@require_http_methods(METHODS)
def stop_all(request: HttpRequest, key: str) -> HttpResponse:
    """A GET asks, because mail programs open links; a POST erases the address."""
    follower = Follower.objects.filter(key=key).first()
    if request.method == "POST":
        Follower.objects.filter(key=key).delete()
        return render(request, "alerts/stopped.html")
    context = {"follower": follower}
    status = 200 if follower else 404
    template = "alerts/stop.html" if follower else "alerts/stopped.html"
    return render(request, template, context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
def stop_one(request: HttpRequest, key: str) -> HttpResponse:
    followed = Follow.objects.filter(key=key).select_related("follower").first()
    if request.method == "POST":
        if followed:
            asking.stop(followed)
        return render(request, "alerts/stopped.html")
    if not followed:
        return render(request, "alerts/stopped.html", status=404)
    context = {"follow": followed, "label": label(followed.page)}
    return render(request, "alerts/stop.html", context)


urls = [
    path("follow/", follow, name="follow"),
    path("follow/asked/", asked, name="follow_asked"),
    path("follow/confirm/<str:token>/", confirm, name="follow_confirm"),
    path("follow/manage/<str:key>/", manage, name="follow_manage"),
    path("follow/stop/<str:key>/", stop_all, name="follow_stop_all"),
    path("follow/stop/one/<str:key>/", stop_one, name="follow_stop_one"),
]
