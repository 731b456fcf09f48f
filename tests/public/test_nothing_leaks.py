"""Whatever URL is requested, the answer contains no word of a record that is not
public.

The URLs come from the resolver, so a new page is covered automatically.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

import pytest
from django.apps import apps
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver

from archive.core.publishing import Publishable
from archive.core.querysets import PublicQuerySet
from archive.listing.filters import ValuesFilter
from archive.listing.forms import MAX_VALUES
from archive.models import Article
from policies.models import Position, Proposal, ProposalList
from statements.models import Statement
from tests.pictures import words_of
from tests.public.hidden import HIDDEN, make_hidden
from tests.public.marks import LEAK, QUERY, SLUG
from tests.public.visible import make_public

pytestmark = pytest.mark.django_db
client = Client(raise_request_exception=False)


def routes(patterns=None, prefix="/") -> Iterator[tuple[str, URLPattern]]:
    """Yields (path, pattern) of every view except the admin's, which has its own
    permissions.
    """
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry
        elif not path.startswith("/admin/"):
            yield from routes(entry.url_patterns, path)


def all_values_of(argument: str) -> set[str]:
    """Returns every value that any record, public or not, has under the name of that
    argument.
    """
    models = [
        model
        for model in apps.get_models()
        if argument in {field.name for field in model._meta.fields}
    ]
    ours = [
        model
        for model in models
        if model._meta.app_label in ("archive", "statements", "policies")
    ]
    return {
        str(value)
        for model in ours
        for value in model._default_manager.values_list(argument, flat=True)
    }


def addresses() -> Iterator[str]:
    """Yields every route, filled in with every value."""
    values_of = functools.cache(all_values_of)
    for path, pattern in routes():
        arguments = re.findall(r"<(?:\w+:)?(\w+)>", path)
        assert set(arguments) == set(pattern.pattern.converters), (
            f"{path}: the crawl cannot fill this in"
        )
        for values in itertools.product(*map(values_of, arguments)):
            filled = iter(values)
            yield re.sub(r"<[^>]+>", lambda _match, filled=filled: next(filled), path)


def lists() -> Iterator[tuple[str, dict]]:
    """Yields (path, filters) of every list."""
    for path, pattern in routes():
        if filterset := getattr(
            getattr(pattern.callback, "view_class", None), "filterset_class", None
        ):
            yield path, filterset.base_filters


def hidden_values() -> list[str]:
    """Returns the slugs and uids of everything that is not public."""
    values = []
    for model in apps.get_models():
        if hasattr(model._default_manager.all(), "public"):
            hidden = model._default_manager.exclude(
                pk__in=model._default_manager.public().values("pk")
            )
            values += [
                getattr(row, name)
                for row in hidden
                for name in ("slug", "uid")
                if hasattr(row, name)
            ]
    return values


def body(address: str) -> tuple[int, str]:
    response = client.get(address)
    assert response.status_code < 500, address
    drawn_anew = r'(name="(?:csrfmiddlewaretoken|stamp)" value=)"[^"]*"'
    return response.status_code, re.sub(
        drawn_anew, r"\1", text_of(response)
    ) + response.headers.get("Location", "")


def text_of(response) -> str:
    """The text of an answer, of a picture the words in it."""
    content = b"".join(response) if response.streaming else response.content
    is_picture = response.headers.get("Content-Type") == "image/png"
    return words_of(content) if is_picture else content.decode()


def reader() -> Callable[[str], tuple[int, str]]:
    """Returns `body` for one state of the archive: each address is requested once."""
    return functools.cache(body)


def reachable(read: Callable[[str], tuple[int, str]]) -> dict[str, str]:
    """Returns the body of every page that links lead to from the home page."""
    seen, waiting = {}, ["/"]
    while waiting:
        address = waiting.pop()
        if address not in seen and not address.startswith(("/admin/", "/static/")):
            status, seen[address] = read(address)
            assert status in (200, 301, 302), address
            waiting += [
                unescape(link)
                for link in re.findall(r'(?:href|action)="(/[^"#]*)', seen[address])
            ]
    return seen


def batched(values: list[str], size: int) -> Iterator[list[str]]:
    yield from (values[start : start + size] for start in range(0, len(values), size))


class Archive(NamedTuple):
    """Public records and everything the public must never see, with the answers of the
    pages before the latter existed.
    """

    reachable: dict[str, str]
    listed: dict[str, tuple[int, str]]
    withdrawn: set[str]


def make_archive(reindex: Callable[[], object] = lambda: None) -> Archive:
    """With `reindex`, the index answers lists; without, PostgreSQL does."""
    public = make_public()
    reindex()
    read = reader()
    before = reachable(read)
    listed = {path: read(path) for path, _filters in lists()}
    withdrawn = make_hidden(public)
    reindex()
    return Archive(before, listed, withdrawn)


@pytest.fixture(scope="module")
def archive(records_of_module, tmp_path_factory) -> Archive:
    """One archive for all tests of this module: they change none of its records."""
    with override_settings(SEARCH_DIR=tmp_path_factory.mktemp("search") / "none"):
        return make_archive()


def check_nothing_leaks(archive: Archive) -> None:
    read, hidden = reader(), set(hidden_values())
    check_addresses(archive, read, hidden)
    for path, filters in lists():
        assert read(path) == archive.listed[path], (
            f"counts, facets or rows of {path} differ"
        )
        assert LEAK not in read(f"{path}?q={QUERY}")[1], path
        for query in _hidden_filters(filters, hidden):
            text = read(f"{path}?{query}")[1]
            assert LEAK not in text, f"{path}?{query}"
            assert finds_nothing(text), f"{path}?{query}"
    after = reachable(read)
    assert not any(LEAK in text or SLUG in text for text in after.values())
    assert _comparable(after) == _comparable(archive.reachable)


def _comparable(pages: dict[str, str]) -> dict[str, list[str]]:
    """The lines of each page. Results that a search ranks alike stand in the order in
    which the index holds them, which changes when a record is indexed again.
    """
    lines = {path: text.splitlines() for path, text in pages.items()}
    return {
        path: sorted(page) if "q=" in path else page for path, page in lines.items()
    }


def check_addresses(
    archive: Archive, read: Callable[[str], tuple[int, str]], hidden: set[str]
) -> None:
    gone = 0
    for address in addresses():
        status, text = read(address)
        assert LEAK not in text, address
        if hidden_parts := hidden.intersection(re.split(r"[/?]", address)):
            assert status == 404 or (
                status == 410 and hidden_parts <= archive.withdrawn
            ), address
            gone += status == 410
    assert gone > 5


def finds_nothing(text: str) -> bool:
    """Returns whether the page says that nothing was found; a file then has only its
    column names, or nothing.
    """
    return (
        "Nothing in the archive matches" in text
        or (text.startswith("\ufeff") and text.count("\n") == 1)
        or not text
        or ("<feed" in text and "<entry>" not in text)
    )


def _hidden_filters(filters: dict, hidden: set[str]) -> Iterator[str]:
    """Yields each filter set to every hidden value; values of one name are combined
    with OR, so many fit in one request.
    """
    for name, filter in filters.items():
        if isinstance(filter, ValuesFilter):
            for values in batched(sorted(hidden), MAX_VALUES):
                yield "&".join(f"{name}={value}" for value in values)


def test_no_public_address_shows_a_word_of_a_hidden_record(archive):
    check_nothing_leaks(archive)


def test_an_index_that_still_holds_what_is_hidden_now_shows_no_word_of_it(
    archive, reindex, changed_code, monkeypatch
):
    with monkeypatch.context() as everything:
        everything.setattr(PublicQuerySet, "public", lambda rows: rows.all())
        reindex()
    hidden = set(hidden_values())
    mistyped = ["zzqueri", "zzleax", "zzlaek"]
    for path in ["/search/", *(path for path, _filters in lists())]:
        for query in [
            "",
            f"q={QUERY}",
            *(f"q={word}" for word in mistyped),
            "all=speaker&all=topic&all=outlet",
        ]:
            text = body(f"{path}?{query}")[1]
            assert LEAK not in text, f"{path}?{query}"
            assert SLUG not in text, f"{path}?{query}"
    for path, filters in lists():
        for query in _hidden_filters(filters, hidden):
            assert LEAK not in body(f"{path}?{query}")[1], f"{path}?{query}"


def test_the_crawl_saw_pages_and_hid_everything_there_is(archive):
    assert len(archive.reachable) >= 15
    assert len(list(lists())) == 23
    assert {"/compare/", "/compare.csv", "/positions.jsonl"} <= {
        path for path, _filters in lists()
    }
    for model in apps.get_models():
        if issubclass(model, Publishable):
            assert set(HIDDEN) <= set(
                model._default_manager.values_list("status", flat=True)
            ), model


@pytest.mark.parametrize(
    "model", [Article, Statement, ProposalList, Proposal, Position]
)
def test_the_crawl_notices_a_query_without_public(
    model, archive, changed_code, monkeypatch
):
    queryset = type(model._default_manager.all())
    real = queryset.public
    monkeypatch.setattr(
        queryset,
        "public",
        lambda rows: rows.all() if rows.model is model else real(rows),
    )
    with pytest.raises(AssertionError):
        check_nothing_leaks(archive)
