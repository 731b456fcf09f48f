"""Page, CSV, JSON lines, API and feed of one query hold the same records; all but the
feed in the same order.
"""

from __future__ import annotations

import csv
import io
import json

import feedparser
import pytest
from django.test import Client, override_settings
from django.urls import reverse

from archive.core import caches
from archive.data.resources import RESOURCES
from archive.serving import indexing
from tests.search.random_archive import RandomArchive
from tests.search.test_same_answers import LISTS, draw, draw_text, drawable

pytestmark = [pytest.mark.volume, pytest.mark.django_db]
client = Client()
DRAWS = 12
# every list that the API offers with filters
FILTERSETS = [each.filterset for each in RESOURCES.values() if each.filterset]


def body(address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer).decode()


def once(values):
    """A position has a line for each of its statements."""
    return list(dict.fromkeys(values))


def uids(rows, path):
    """By the column of the list's own records, whatever other uids a row has."""
    own = f"{path.strip('/').removesuffix('s')}_uid"
    return once(row[own if own in row else "uid"] for row in rows)


def of_csv(path, query):
    text = body(f"{path}.csv?{query}").removeprefix("\ufeff")
    return uids(csv.DictReader(io.StringIO(text, newline="")), path)


def of_json_lines(path, query):
    lines = body(f"{path}.jsonl?{query}").splitlines()
    return uids(map(json.loads, lines), path)


def of_api(path, query):
    address, found = f"/api/v1{path}/?{query}&size=100", []
    while address:
        page = json.loads(body(address))
        found += [each["uid"] for each in page["results"]]
        address = (page["next"] or "").removeprefix("http://testserver")
    assert page["total"] == len(found), query
    return found


def of_feed(path, query):
    address, found = f"{path}.atom?{query}", []
    while address:
        feed = feedparser.parse(body(address).encode())
        found += [entry.id.rpartition(":")[2] for entry in feed.entries]
        links = {link.rel: link.href for link in feed.feed.links}
        address = links.get("next", "").removeprefix("http://testserver")
    assert len(found) == len({*found}), path
    return found


@pytest.fixture(scope="module")
def archive(records_of_module, tmp_path_factory):
    """One archive and one index for all lists: no test here changes a record."""
    folder = tmp_path_factory.mktemp("search") / "index"
    with override_settings(SEARCH_DIR=folder):
        made = RandomArchive(seed=4, statements=150)
        indexing.rebuild()
    made.drawable = {filterset: drawable(filterset) for filterset in LISTS}
    made.pks = {
        filterset: list(rows().values_list("pk", flat=True))
        for filterset, rows in LISTS.items()
    }
    return made, folder


@pytest.fixture
def sample(archive, search_folder):
    made, folder = archive
    with override_settings(SEARCH_DIR=folder):
        yield made


@pytest.mark.parametrize("filterset", FILTERSETS)
def test_page_files_api_and_feed_of_one_query_hold_the_same_records(sample, filterset):
    path, with_hits = reverse(filterset.type).rstrip("/"), 0
    for number in range(DRAWS):
        query = draw(sample, filterset) if number % 3 else f"q={draw_text(sample)}"
        caches.clear_revisions()  # a page from the cache has no context
        page = client.get(f"{path}/?{query}").context["listing"].page
        listed = of_csv(path, query)
        assert [row.uid for row in page] == listed[: len(page)], query
        assert page.paginator.count == len(listed), query
        assert of_json_lines(path, query) == listed, query
        assert of_api(path, query) == listed, query
        assert {*of_feed(path, query)} == {*listed}, query
        with_hits += bool(listed)
    assert with_hits >= DRAWS / 2


@pytest.mark.parametrize("filterset", FILTERSETS)
def test_every_filtered_list_leads_out_in_every_way(filterset):
    addresses = {reverse(f"{filterset.type}-{way}") for way in ("csv", "jsonl", "json")}
    assert addresses == {
        f"{reverse(filterset.type)[:-1]}.{way}" for way in ("csv", "jsonl", "json")
    }
    assert reverse(f"{filterset.type}-feed").endswith(".atom")
