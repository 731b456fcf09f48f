"""Whatever is asked of the API, no word of a record that is not public is in the
answer: every endpoint by itself.
"""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from archive.core.querysets import PublicQuerySet
from archive.data.reference import document
from archive.data.resources import RESOURCES
from archive.listing.filters import ValuesFilter
from archive.listing.forms import MAX_VALUES
from tests.public.hidden import make_hidden
from tests.public.marks import LEAK, QUERY, SLUG
from tests.public.test_nothing_leaks import batched, hidden_values
from tests.public.visible import make_public

pytestmark = pytest.mark.django_db
client = Client(raise_request_exception=False)
LISTS = [*RESOURCES, "topics", "search"]


def read(path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code < 500, path
    return response


def every_page(path):
    """The results of all pages."""
    response = read(f"{path}{'&' if '?' in path else '?'}size=100&facets=true")
    answer = response.json()
    text = response.content.decode()
    while answer["next"]:
        response = client.get(answer["next"])
        answer, text = response.json(), text + response.content.decode()
    return text


@pytest.fixture(scope="module")
def archive(records_of_module, tmp_path_factory):
    """What the lists said before there was anything to hide, and the uids and slugs of
    what was withdrawn.
    """
    with override_settings(SEARCH_DIR=tmp_path_factory.mktemp("search") / "none"):
        public = make_public()
        before = {name: every_page(f"{name}/") for name in LISTS}
        return before, make_hidden(public)


def check_lists(archive):
    for name in LISTS:
        assert every_page(f"{name}/") == archive[0][name], name
        for query in (f"q={QUERY}", f"q={LEAK}"):
            text = every_page(f"{name}/?{query}").replace(f"q={LEAK}", "")
            assert LEAK not in text, name
            assert SLUG not in text, name


def hidden_records():
    for name, resource in RESOURCES.items():
        public = resource.model.objects.public().values("pk")
        for row in resource.model.objects.exclude(pk__in=public):
            yield from ((name, row.uid), (name, getattr(row, "slug", row.uid)))


def check_single_records(archive):
    """Hidden records answer 404, or 410 if they were public, without a word. (The crawl
    of `test_nothing_leaks` asks for every value at every address.)
    """
    gone = 0
    for name, value in hidden_records():
        response = read(f"{name}/{value}/")
        text = response.content.decode()
        assert LEAK not in text, (name, value)
        assert response.status_code == 404 or (
            response.status_code == 410 and value in archive[1]
        ), (name, value)
        gone += response.status_code == 410
    assert gone > 5


def check_everything(archive):
    check_lists(archive)
    check_single_records(archive)


def test_no_list_shows_counts_or_is_moved_by_a_hidden_record(archive):
    check_lists(archive)


def test_no_address_of_a_record_shows_a_word_of_a_hidden_one(archive):
    check_single_records(archive)


def test_public_records_show_no_word_of_the_hidden_ones_that_hang_on_them(archive):
    shown = 0
    for name, resource in RESOURCES.items():
        for uid in resource.model.objects.values_list("uid", flat=True):
            response = read(f"{name}/{uid}/")
            text = response.content.decode()
            assert LEAK not in text, (name, uid)
            assert SLUG not in text, (name, uid)
            shown += response.status_code == 200
    assert shown > 5


@pytest.mark.parametrize("name", [name for name in RESOURCES if name != "lists"])
def test_a_hidden_value_filters_to_nothing(name, archive):
    filterset = RESOURCES[name].filterset
    for parameter, filter_ in filterset.base_filters.items():
        if isinstance(filter_, ValuesFilter):
            for values in batched(sorted(hidden_values()), MAX_VALUES):
                query = "&".join(f"{parameter}={value}" for value in values)
                response = read(f"{name}/?{query}")
                assert LEAK not in response.content.decode()
                assert response.json()["total"] == 0, (name, parameter)


def test_changes_name_no_word_and_no_identifier_of_what_never_was_public(archive):
    start = "/api/v1/changes/?since=1000-01-01"
    answer, text = {"next": start}, ""
    while address := answer["next"]:
        response = client.get(address)
        answer, text = response.json(), text + response.content.decode()
    assert answer["mark"]
    assert LEAK not in text
    assert SLUG not in text
    named = {value for value in hidden_values() if f'"{value}"' in text}
    assert named <= archive[1]


def test_an_index_that_still_holds_what_is_hidden_now_shows_no_word_of_it(
    archive, reindex, changed_code, monkeypatch
):
    with monkeypatch.context() as everything:
        everything.setattr(PublicQuerySet, "public", lambda rows: rows.all())
        reindex()
    for name in LISTS:
        for query in ("", f"q={QUERY}"):
            text = every_page(f"{name}/?{query}")
            assert LEAK not in text, name
            assert SLUG not in text, name


def test_the_document_has_no_endpoint_that_this_crawl_leaves_out():
    crawled = {f"/api/v1/{name}/" for name in LISTS}
    crawled |= {f"/api/v1/{name}/{{uid}}/" for name in RESOURCES}
    crawled |= {"/api/v1/topics/{slug}/", "/api/v1/changes/"}
    assert set(document()["paths"]) == crawled


@pytest.mark.parametrize("name", [*RESOURCES])
def test_the_crawl_notices_a_query_without_public(
    name, archive, changed_code, monkeypatch
):
    model = RESOURCES[name].model
    queryset = type(model._default_manager.all())
    real = queryset.public
    monkeypatch.setattr(
        queryset,
        "public",
        lambda rows: rows.all() if rows.model is model else real(rows),
    )
    with pytest.raises(AssertionError):
        check_everything(archive)
