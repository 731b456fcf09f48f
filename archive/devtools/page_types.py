"""One URL for every type of page in this archive.

The pages come from the URL resolver, so a new page is included automatically: every URL
without arguments that answers with HTML, and every URL with arguments, filled in from
the first public record that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from itertools import chain
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, QuerySet
from django.db.models.functions import Length
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from archive.core.publishing import Publishable, Status
from archive.models import Article, Rights, Topic
from policies.models import Position, Proposal, ProposalList
from statements.models import Form, Speaker, SpeakerKind, Statement

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
NOTHING = "zzzznowhere"
# Hebrew, Arabic and other scripts written from right to left
RIGHT_TO_LEFT = "[\u0590-\u08ff]"
TOO_MANY = "&" * 1000  # parameters; Django refuses so many


class Page(NamedTuple):
    name: str
    address: str
    status: int = 200


def pages() -> list[Page]:
    """Returns each URL once, under its first name."""
    by_address = {page.address: page for page in reversed(named())}
    return list(reversed(by_address.values()))


def named() -> list[Page]:
    """Returns every type of page that the archive has; a URL may occur under several
    names.
    """
    return [*_views(), *_narrowed(), *_compared(), *_kinds(), *_errors()]


def _views() -> Iterator[Page]:
    records = list(_first_records())
    for route, pattern in routes():
        if not route.endswith("/"):  # a file, which need not be made to be left out
            continue
        name = pattern.name or route.strip("/").replace("/", "-")
        for address in _filled(route, records):
            answer = _answer(address)
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            if is_page and (
                answer.status_code == 200
                or (address == route and answer.status_code in (400, 404))
            ):
                yield Page(name, address, answer.status_code)
                break


def routes(patterns: Any = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Yields (path, pattern) of every view outside the admin."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if path.startswith("/admin/"):
            continue
        if isinstance(entry, URLPattern):
            yield path, entry
        else:
            yield from routes(entry.url_patterns, path)


def _first_records() -> Iterator[Any]:
    for model in apps.get_models():
        if hasattr(model, "get_absolute_url") and hasattr(
            model._default_manager.all(), "public"
        ):
            rows: Any = model._default_manager
            yield from rows.public().order_by("pk")[:1]


def _filled(route: str, records: list[Any]) -> Iterator[str]:
    """Yields the route itself, or the route filled in from each record that has all its
    arguments.
    """
    arguments = ARGUMENT.findall(route)
    if not arguments:
        yield route
        return
    for record in records:
        if all(hasattr(record, name) for name in arguments):
            yield reduce(
                lambda path, name: ARGUMENT.sub(str(getattr(record, name)), path, 1),
                arguments,
                route,
            )


def _answer(address: str) -> Any:
    return Client(headers={"host": "localhost"}).get(address, secure=True)


def _narrowed() -> Iterator[Page]:
    """Yields each list with a filter, with search words, without results, and its
    second page.
    """
    topic = Topic.objects.public().first()
    for route, pattern in routes():
        if not route.endswith("/") or route.startswith("/api/"):  # no page
            continue
        filterset = getattr(
            getattr(pattern.callback, "view_class", None), "filterset_class", None
        )
        if filterset and topic and "topic" in filterset.base_filters:
            yield Page(f"{pattern.name}-filtered", f"{route}?topic={topic.slug}")
        if pattern.name == "search" or (filterset and "q" in filterset.base_filters):
            yield Page(f"{pattern.name}-words", f"{route}?q={_word(filterset)}")
            yield Page(f"{pattern.name}-nothing", f"{route}?q={NOTHING}")
        if filterset and _answer(f"{route}?page=2").status_code == 200:
            yield Page(f"{pattern.name}-second", f"{route}?page=2")


def _word(filterset: Any) -> str:
    """Returns the longest word of the list's first record; for positions and for the
    site search, of the first proposal.
    """
    model: Any = (
        filterset.Meta.model
        if filterset and filterset.Meta.model is not Position
        else Proposal
    )
    record = model.objects.public().order_by("pk").first()
    return max(re.findall(r"\w+", str(record)), key=len)


def _kinds() -> Iterator[Page]:
    """Yields records that look different from the first one of their model."""
    for name, rows in _unlike():
        if record := rows.order_by("pk").first():
            yield Page(name, record.get_absolute_url())


def _compared() -> Iterator[Page]:
    """Yields the comparison of the topic with the most proposals."""
    topics = Topic.objects.filter(proposals__in=Proposal.objects.public())
    if topic := _most(topics.distinct(), Count("proposals")).first():
        yield Page("compare-most", f"{reverse('compare')}?topic={topic.slug}")


def _unlike() -> Iterator[tuple[str, QuerySet[Any]]]:
    proposals, positions = Proposal.objects.public(), Position.objects.public()
    alone, lists = proposals.filter(proposal_list=None), ProposalList.objects.public()
    yield "proposal-listed", proposals.exclude(proposal_list=None)
    yield (
        "proposal-listed-with-positions",
        proposals.exclude(proposal_list=None).filter(positions__in=positions),
    )
    yield "proposal-with-positions", alone.filter(positions__in=positions.stated())
    yield "proposal-with-inferred", alone.filter(positions__in=positions.inferred())
    yield "proposal-without-positions", proposals.exclude(positions__in=positions)
    yield "proposal-most-positions", _most(proposals, Count("positions"))
    yield "proposal-longest-title", _most(proposals, Length("title"))
    yield "statement-longest", _most(Statement.objects.public(), Length("text"))
    yield (
        "statement-right-to-left",
        Statement.objects.public().filter(text__regex=RIGHT_TO_LEFT),
    )
    yield (
        "article-with-list",
        Article.objects.public().filter(
            rights=Rights.EXCERPTS, proposal_lists__in=lists
        ),
    )
    yield (
        "speaker-longest-name",
        _most(Speaker.objects.public().listed(), Length("name")),
    )
    yield (
        "speaker-most-affiliations",
        _most(Speaker.objects.public().listed(), Count("affiliations")),
    )
    yield (
        "speaker-most-positions",
        _most(Speaker.objects.public().listed(), Count("positions")),
    )
    yield (
        "speaker-most-members",
        _most(Speaker.objects.public().listed(), Count("members")),
    )
    yield from (
        (f"statement-{form}", Statement.objects.public().filter(form=form))
        for form in Form.values
    )
    yield from (
        (f"article-{rights}", Article.objects.public().filter(rights=rights))
        for rights in Rights.values
    )
    yield from (
        (f"speaker-{kind}", Speaker.objects.public().listed().filter(kind=kind))
        for kind in SpeakerKind.values
    )


def _most(rows: QuerySet[Any], field: Any) -> QuerySet[Any]:
    """Narrows `rows` to the row with the highest value."""
    most = (
        rows.annotate(most=field)
        .order_by("-most", "pk")
        .values_list("pk", flat=True)[:1]
    )
    return rows.filter(pk__in=list(most))


def _errors() -> Iterator[Page]:
    yield Page("error-404", "/nowhere/", 404)
    yield Page("error-400", f"/statements/?{TOO_MANY}", 400)
    yield Page("statements-malformed", "/statements/?since=yesterday", 400)
    models = [model for model in apps.get_models() if issubclass(model, Publishable)]
    withdrawn = (
        model._default_manager.filter(
            status=Status.WITHDRAWN, first_published_at__isnull=False
        )
        for model in models
        if hasattr(model, "get_absolute_url")
    )
    for record in chain.from_iterable(rows.order_by("pk")[:1] for rows in withdrawn):
        yield Page("error-410", record.get_absolute_url(), 410)
        return
