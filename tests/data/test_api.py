"""The lists of the API: the same parameters and results as the pages, in pages of up to
a hundred, without a gap.
"""

import base64
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.core import caches
from archive.data.reference import document
from archive.data.resources import RESOURCES
from archive.listing.forms import DayField
from tests.factories import (
    make_affiliation,
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.search.random_archive import RandomArchive

pytestmark = pytest.mark.django_db
client = Client()
FILTERED = [name for name, resource in RESOURCES.items() if resource.filterset]


def get(path, status=200):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def every_uid(path, size):
    """Follows `next` to the end."""
    answer = get(f"{path}{'&' if '?' in path else '?'}size={size}")
    total, uids = answer["total"], [each["uid"] for each in answer["results"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        assert answer["results"]
        assert answer["total"] == total
        uids += [each["uid"] for each in answer["results"]]
    assert len(uids) == total
    return uids


@pytest.mark.parametrize("name", FILTERED)
def test_the_document_has_every_filter_of_the_filterset_with_description_and_type(name):
    (operation,) = document()["paths"][f"/api/v1/{name}/"].values()
    described = {each["name"]: each for each in operation["parameters"]}
    filters = RESOURCES[name].filterset.base_filters
    assert set(filters) < set(described)
    for parameter in described.values():
        assert parameter["description"]
        assert parameter["schema"]["type"] in ("array", "string", "integer", "boolean")


@pytest.mark.parametrize("name", FILTERED)
def test_every_choice_of_a_filter_is_named_in_its_description(name):
    (operation,) = document()["paths"][f"/api/v1/{name}/"].values()
    described = {each["name"]: each["description"] for each in operation["parameters"]}
    for parameter, filter_ in RESOURCES[name].filterset().filters.items():
        if getattr(filter_, "is_choice", False):
            for value, _label in filter_.choices:
                assert value in described[parameter]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("has_index", [True, False])
def test_every_result_is_reached_once_in_the_order_of_the_page(
    sort, has_index, request
):
    RandomArchive(3, statements=60)
    if has_index:
        request.getfixturevalue("reindex")
    for path in ("statements", "positions", "proposals"):
        query = f"{path}/?sort={sort}"
        uids = every_uid(query, 7)
        assert uids == every_uid(query, 100)
        assert len(set(uids)) == len(uids) > 7
        shown = client.get(f"/{query}").content.decode()
        places = [shown.find(uid) for uid in uids[:5]]
        if path == "statements":
            assert places == sorted(places)
            assert -1 not in places


def test_every_result_of_a_search_is_reached_even_if_all_rank_alike(reindex):
    speaker, article = make_speaker(), make_article()
    for _ in range(23):
        make_statement(
            form="indirect",
            text="The bridge is old.",
            speaker=speaker,
            article=article,
        )
    reindex()
    uids = every_uid("statements/?q=bridge", 4)
    assert len(set(uids)) == 23
    scores = [each["score"] for each in get("statements/?q=bridge")["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_undated_results_are_reached_too(reindex):
    article = make_article(published_on=None)
    for number in range(9):
        day = f"2024-01-0{number + 1}" if number % 2 else None
        make_statement(article=article, said_on=day)
    reindex()
    for sort in ("newest", "oldest"):
        assert len(set(every_uid(f"statements/?sort={sort}", 2))) == 9


def test_a_statement_published_meanwhile_repeats_and_hides_nothing(reindex):
    article = make_article()
    for number in range(6):
        make_statement(article=article, said_on=f"2024-01-0{number + 1}")
    reindex()
    first = get("statements/?size=3")
    make_statement(article=article, said_on="2024-02-01")
    reindex()
    second = client.get(first["next"]).json()
    days = [each["said"]["date"] for each in first["results"] + second["results"]]
    assert days == [f"2024-01-0{number}" for number in range(6, 0, -1)]


def test_a_page_number_is_that_of_the_site():
    article = make_article()
    for number in range(5):
        make_statement(article=article, said_on=f"2024-01-0{number + 1}")
    answer = get("statements/?size=2&page=2")
    assert [each["said"]["date"][-2:] for each in answer["results"]] == ["03", "02"]
    assert get("statements/?page=2", 404)["detail"]


def test_facets_are_those_of_the_page():
    statement = make_statement(speaker=make_speaker(name="Ann Lee"))
    make_statement(article=statement.article, speaker=statement.speaker)
    answer = get("statements/?facets=true")
    facets = {facet["name"]: facet["values"] for facet in answer["facets"]}
    assert facets["speaker"] == [{"value": "ann-lee", "label": "Ann Lee", "count": 2}]
    assert get("statements/")["facets"] == []


@pytest.mark.parametrize(
    "query",
    [
        "size=0",
        "size=-1",
        f"size={10**30}",
        "size=",
        "since=yesterday",
        "since=2023-02-30",
        "speaker=%00",
        "q=%00",
        f"page={10**30}",
        "page=0",
        "sort=up",
        "facets=perhaps",
        "cursor=%00",
        "cursor=abc",
        "form=a%20b",
        "q=" + "x" * 2001,
    ],
)
def test_a_malformed_parameter_is_a_400_that_names_it(query):
    name = query.partition("=")[0]
    response = client.get(f"/api/v1/statements/?{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert [*problem["parameters"]] == [name]
    assert problem["detail"].startswith(f"{name}: ")
    assert problem["status"] == 400


def test_a_forged_cursor_or_one_of_other_parameters_is_a_404_that_names_it():
    article = make_article()
    for _ in range(3):
        make_statement(article=article)
    cursor = get("statements/?size=1")["cursor"]
    changed = bytearray(base64.urlsafe_b64decode(cursor))
    changed[3] += 1
    forged = base64.urlsafe_b64encode(changed).decode()
    for query in (f"cursor={forged}", f"form=direct&cursor={cursor}"):
        assert "cursor" in get(f"statements/?{query}", 404)["parameters"]
    assert "cursor" in get(f"lists/?cursor={cursor}", 404)["parameters"]


def test_an_unknown_value_finds_nothing_and_an_unknown_name_is_ignored():
    make_statement()
    assert get("statements/?speaker=nobody")["total"] == 0
    assert get("statements/?utm_source=x")["total"] == 1


@pytest.mark.parametrize("path", ["statements/", "statements/x/", "topics/", "search/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(path, method):
    response = getattr(client, method)(f"/api/v1/{path}")
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/api/v1/nowhere/", "/api/v2/", "/api/v1/statements/nobody/"]
)
def test_what_does_not_exist_is_a_404_in_json(path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["title"] == "Not Found"


def test_any_site_may_read_and_none_may_send_cookies():
    for response in (
        client.get("/api/v1/statements/"),
        client.get("/api/v1/statements/?size=0"),
        client.options("/api/v1/statements/"),
    ):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert response.status_code == 204
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


def test_head_has_the_headers_of_get_without_the_body(reindex):
    make_statement()
    reindex()
    response = client.head("/api/v1/statements/")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"]


def test_an_unchanged_answer_is_a_304(reindex):
    statement = make_statement()
    reindex()
    path = f"/api/v1/statements/{statement.uid}/"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    statement.occasion = "On the bridge"
    statement.save()
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.json()["occasion"] == "On the bridge"


def everything(count):
    article = make_article(published_on="2024-12-12")
    proposal_list, topic = make_list(article=article), make_topic()
    for _ in range(count):
        speaker = make_speaker()
        make_affiliation(speaker=speaker)
        statement = make_statement(article=article, speaker=speaker)
        statement.topics.add(topic)
        listed = make_listed(proposal_list=proposal_list)
        make_position(statement, speaker=speaker, proposal=listed, basis="own_words")
        make_list(article=make_article())
        make_topic()


@pytest.mark.parametrize("name", [*RESOURCES, "topics"])
def test_a_page_sends_as_many_queries_for_many_rows_as_for_few(name):
    def queries():
        caches.clear_revisions()
        with CaptureQueriesContext(connection) as captured:
            get(f"{name}/")
        return len(captured)

    everything(2)
    get(f"{name}/")
    few = queries()
    everything(6)
    assert queries() == few <= 12


def test_the_pattern_of_a_day_is_what_the_filter_accepts():
    (operation,) = document()["paths"]["/api/v1/statements/"].values()
    pattern = next(
        each["schema"]["pattern"]
        for each in operation["parameters"]
        if each["name"] == "since"
    )

    def is_valid(typed):
        try:
            DayField(required=False).clean(typed)
        except Exception:
            return False
        return True

    for year in ("2023", "2024", "1900", "2000", "0000", "0004", "24"):
        for month in ("", "-0", "-1", "-02", "-2", "-4", "-12", "-13"):
            for day in ("", "-0", "-1", "-28", "-29", "-30", "-31", "-32"):
                typed = year + month + (day if month else "")
                assert bool(re.search(pattern, typed)) == is_valid(typed), typed


def test_the_reference_explains_every_operation():
    page = client.get("/api/v1/").content.decode()
    for path in document()["paths"]:
        assert f"<code>{path}</code>" in page
    assert "<script" not in page.replace('<script type="module" src=', "")


def test_search_has_results_of_one_kind_and_counts_of_all(reindex):
    statement = make_statement(form="indirect", text="The bridge is old.")
    make_proposal(title="Mend the bridge")
    reindex()
    answer = get("search/?q=bridge")
    assert answer["kind"] == "statements"
    assert answer["results"][0]["uid"] == statement.uid
    assert answer["kinds"]["proposals"] == 1
    assert get("search/?q=bridge&type=proposals")["results"][0]["type"] == "proposal"
    best = [(each["type"], each["uid"]) for each in answer["best"]]
    assert ("statement", statement.uid) in best
    assert best[0][0] == "proposal"
    assert get("search/?q=bridge&type=all") == answer
    assert [*get("search/?type=planets", 400)["parameters"]] == ["type"]


def test_search_reads_names_and_stances_as_the_page_does(reindex):
    ann, bob = make_speaker(name="Ann Able"), make_speaker(name="Bob Best")
    make_position(speaker=ann, stance="opposes")
    for speaker in (ann, bob):
        make_statement(form="indirect", text="The bridge is old.", speaker=speaker)
    reindex()
    answer = get("search/?q=Ann+Able+bridge")
    assert answer["understood"] == [
        {
            "name": "speaker",
            "typed": "Ann Able",
            "value": "Ann Able",
            "parameters": {"speaker": [ann.slug]},
        }
    ]
    assert answer["kinds"]["statements"] == answer["total"] == 1
    assert "statement" in {each["type"] for each in answer["best"]}
    assert get("search/?q=who+opposes&type=proposals")["total"] == 1
    assert get("search/?q=who+opposes&type=articles")["results"] == []
    plain = get("search/?q=Ann+Able+bridge&plain=words")
    assert (plain["understood"], plain["total"]) == ([], 2)
    assert [*get("search/?q=a&plain=weather", 400)["parameters"]] == ["plain"]
