"""While the database is away, every address says so and names a time to try again."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg_pool import PoolTimeout

from archive.pages.headers import CSP
from policies.columns import lines
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_position, make_statement

pytestmark = pytest.mark.django_db
PAGES = ["/", "/about/", "/statements/", "/search/?q=a", "/proposals/x/", "/id/x/"]
FILES = ["/positions.csv", "/compare.csv", "/corrections.atom", "/sitemap-topics.xml"]
WORDS = "cannot reach its database"


def refuse(error=OperationalError):
    def query(execute, sql, params, many, context):
        raise error("the connection is closed")

    return connection.execute_wrapper(query)


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


@pytest.fixture
def editor():
    client = signed_in(make_account("Edda", "Editor"))
    client.raise_request_exception = False
    return client


def check_503(response):
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"] == CSP
    assert WORDS in response.content.decode()
    return response.headers["Content-Type"]


@pytest.mark.parametrize("error", [OperationalError, PoolTimeout])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_a_503_in_words(reader, path, error):
    with refuse(error):
        response = reader.get(path)
    assert check_503(response).startswith("text/html")
    assert "<h1>Back in a moment</h1>" in response.content.decode()


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_a_503_in_plain_text(reader, path):
    with refuse():
        response = reader.get(path)
    assert check_503(response).startswith("text/plain")
    assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/statements/statement/", "/admin/archive/article/add/"]
)
def test_the_admin_is_a_503_and_the_editor_stays_signed_in(editor, path):
    with refuse():
        check_503(editor.get(path))
        check_503(editor.post(path, {"headline": "typed"}))
    assert editor.get("/admin/").status_code == 200


def test_signing_in_and_reporting_are_a_503(reader):
    with refuse():
        check_503(reader.post("/admin/login/", {"username": "a", "password": "b"}))
        check_503(reader.post("/report/?record=zzzzzzzzzz", {"note": "wrong"}))


def test_what_needs_no_database_is_served(reader):
    with refuse():
        style = reader.get("/static/site.css")
        assert style.status_code == 200
        style.close()
        assert reader.get("/robots.txt").status_code == 200


def test_health_is_a_503_in_json(reader):
    with refuse():
        response = reader.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": "unreachable"}


def test_a_database_lost_in_the_middle_of_a_file_is_a_503_and_not_half_a_file(
    reader, monkeypatch
):
    statement = make_statement()
    make_position(statement, speaker=statement.speaker, basis="own_words")

    def lost(positions):
        yield from lines(positions)
        raise OperationalError("terminating connection")

    monkeypatch.setattr("policies.views.lines", lost)
    assert check_503(reader.get("/positions.csv")).startswith("text/plain")


def test_a_file_says_how_long_it_is(reader):
    response = reader.get("/positions.csv")
    content = b"".join(response.streaming_content)
    assert int(response.headers["Content-Length"]) == len(content) > 0
