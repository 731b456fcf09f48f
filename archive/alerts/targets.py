"""The pages that can be followed: a filtered list, a speaker, a topic, a proposal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from archive.alerts.conditions import Plain, compiled
from archive.listing.page import Listing
from archive.listing.views import FilteredListView
from archive.models import Topic
from archive.pages.citing import LISTS
from policies.filters import PositionFilterSet, ProposalFilterSet
from policies.models import Proposal
from statements.filters import StatementFilterSet
from statements.models import Speaker

FOLLOWED_LISTS = ("statements", "proposals", "positions", "articles")
# Their records are not published one by one, so they are followed in a feed reader.
FEED_ONLY = {
    "speakers": _("Speakers"),
    "lists": _("Lists of proposals"),
    "corrections": _("Corrections"),
}
MAX_ADDRESS = 2_500
MAX_LABEL = 300


class Malformed(Exception):
    """The parameters of the list are not valid; `errors` are by parameter."""

    def __init__(self, errors: dict[str, Any]) -> None:
        super().__init__("The parameters are not valid.")
        self.errors = errors


@dataclass(frozen=True)
class Target:
    """`page` is its path with its parameters, `label` its name in a mail; without
    conditions it has a feed only.
    """

    page: str
    label: str
    conditions: list[Plain]


def target(address: str) -> Target:
    """Raises Http404 for what cannot be followed, and Malformed."""
    parts = urlsplit(address)
    if len(address) > MAX_ADDRESS or parts.scheme or parts.netloc:
        raise Http404
    try:
        match = resolve(parts.path)
    except Resolver404 as error:
        raise Http404 from error
    name = match.url_name or ""
    if name in FOLLOWED_LISTS:
        return _list(name, parts.query)
    if name in RECORDS:
        model, conditions = RECORDS[name]
        record = get_object_or_404(model.objects.public(), slug=match.kwargs["slug"])
        return Target(
            record.get_absolute_url(), str(record)[:MAX_LABEL], conditions(record.slug)
        )
    if name in FEED_ONLY:
        return Target(address, str(FEED_ONLY[name]), [])
    raise Http404(_("This page cannot be followed."))


def label(page: str) -> str:
    """The label of what is followed, as it is today; "" if it is public no more."""
    try:
        return target(page).label
    except (Http404, Malformed):
        return ""


def _list(name: str, query: str) -> Target:
    view, title = LISTS[name]
    listing = _listing(view, query)
    if not listing.is_valid:
        raise Malformed(listing.form.errors)
    filters = "; ".join(f"{chip.name}: {chip.label}" for chip in listing.chips)
    label = f"{title} ({filters})" if filters else str(title)
    page = f"/{name}/{listing.url(without=('sort', ''))}".rstrip("?")
    return Target(page, label[:MAX_LABEL], [compiled(listing.question)])


def _listing(view: type[FilteredListView], query: str) -> Listing:
    given = QueryDict(query, mutable=True)
    for name in ("page", "sort", "all"):
        given.pop(name, None)
    return Listing(view.filterset_class(given, queryset=view.all_rows()))


def _of_speaker(slug: str) -> list[Plain]:
    return [
        _one(StatementFilterSet, "any", speaker=slug),
        _one(PositionFilterSet, "any", speaker=slug),
        _one(ProposalFilterSet, "any", issuer=slug),
    ]


def _of_topic(slug: str) -> list[Plain]:
    return [
        _one(each, "any", topic=slug)
        for each in (StatementFilterSet, ProposalFilterSet, PositionFilterSet)
    ]


def _of_proposal(slug: str) -> list[Plain]:
    return [
        _one(StatementFilterSet, "joint", proposal=slug),
        _one(PositionFilterSet, "any", proposal=slug),
    ]


def _one(filterset: Any, kind: str, **values: str) -> Plain:
    return {
        "type": filterset.type,
        kind: {name: [value] for name, value in values.items()},
    }


RECORDS: dict[str, tuple[Any, Callable[[str], list[Plain]]]] = {
    "speaker": (Speaker, _of_speaker),
    "topic": (Topic, _of_topic),
    "proposal": (Proposal, _of_proposal),
}
