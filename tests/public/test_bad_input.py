"""Whatever is typed or sent gets a clear answer, never a 500."""

import pytest
from django.test import Client

from archive.models import Article
from archive.pages.headers import CSP
from tests.factories import make_position, make_statement

pytestmark = pytest.mark.django_db
client = Client(raise_request_exception=False)
LISTS = ["/statements/", "/proposals/", "/positions/", "/speakers/", "/articles/"]
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


@pytest.fixture(scope="module", autouse=True)
def _an_archive(records_of_module):
    statement = make_statement()
    make_position(statement, speaker=statement.speaker, basis="own_words")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00", 400),
        ("q=a%00b", 400),
        ("q=%ff%fe", 200),
        ("q=%ed%a0%80", 200),
        ("q=" + "a" * 2001, 400),
        ("q=" + "a" * 60_000, 400),
        ("q=%22unbalanced", 200),
        ("q=-", 200),
        ("q=%27%29%3B--", 200),
        ("q=a:*%20%26%20!(b|c)<->", 200),
        ("page=-1", 400),
        ("page=0", 400),
        ("page=1e9", 400),
        ("page=999999999", 404),
        ("page=99999999999999999999", 400),
        ("page=x", 400),
        ("topic=nobody-knows", 200),
        ("topic=%00", 400),
        ("topic=a%20b", 400),
        ("topic=%ff", 400),
        ("topic=" + "a" * 300, 400),
        ("utm_source=x&unknown=%00", 200),
        ("&".join(f"topic=t{index}" for index in range(41)), 400),
        ("&".join(f"x{index}=1" for index in range(10_000)), 400),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_list_answers_without_a_fault(path, query, status):
    response = client.get(f"{path}?{query}")
    assert response.status_code == status
    assert b"Traceback" not in response.content


@pytest.mark.parametrize(
    "path", ["/statements/", "/proposals/", "/positions/", "/articles/"]
)
@pytest.mark.parametrize(
    "query",
    [
        *("since=yesterday", "until=2024-13-01", "since=99999-01-01"),
        *("since=2024-02-30", "until=0000", "until=2024-00", "sort=loudest"),
    ],
)
def test_a_malformed_value_is_named(path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert f"<b>{query.split('=')[0]}</b>" in response.content.decode()


@pytest.mark.parametrize("path", ["/statements/", "/proposals/", "/positions/"])
def test_unknown_choices_find_nothing_and_say_so(path):
    response = client.get(f"{path}?stance=adores")
    assert response.status_code == 200
    assert "Nothing in the archive matches" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/speakers/%00/",
        "/speakers/%ff/",
        "/statements/%ed%a0%80/",
        "/id/x/",
        "/proposals/" + "a" * 5000 + "/",
        "/nope",
    ],
)
def test_an_unknown_address_is_a_page_that_says_so(path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_what_is_typed_is_shown_as_text():
    page = client.get(
        "/statements/?q=%3Cscript%3Ealert(1)%3C/script%3E"
    ).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "path",
    ["/", "/statements/", "/nope", "/statements/?page=-1", "/admin/", "/favicon.ico"],
)
def test_every_answer_carries_the_security_headers(path):
    response = client.get(path)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_a_fault_of_ours_is_a_page_in_style_with_the_headers(monkeypatch):
    monkeypatch.setattr("archive.pages.topics.Topic.objects.public", lambda: 1 / 0)
    response = client.get("/topics/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert response.headers["Content-Security-Policy"] == CSP


def test_a_host_we_do_not_serve_is_refused_with_the_headers():
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response.headers["Content-Security-Policy"] == CSP


def test_no_cookie_is_set_for_a_reader():
    assert not client.get("/statements/").cookies


@pytest.mark.volume
@pytest.mark.parametrize("bad", ["%00", "9" * 30, "-1", "%ed%a0%80", "%ff"])
@pytest.mark.parametrize(
    "path",
    [
        *LISTS,
        *("/search/", "/compare/", "/lists/", "/topics/", "/corrections/", "/report/"),
        *("/positions.csv", "/compare.csv", "/report/thanks/", "/articles/{slug}/"),
    ],
)
def test_no_page_fails_for_a_bad_parameter(path, bad):
    path = path.format(slug=Article.objects.first().slug)
    names = "q speaker topic form outlet article proposal list stance basis kind type"
    more = "addressee issuer since until sort page record"
    for name in f"{names} {more}".split():
        response = client.get(f"{path}?{name}={bad}")
        assert response.status_code in (200, 302, 400, 404), name


@pytest.mark.parametrize("bad", ["%00", "9" * 30, "%ed%a0%80", "%ff", "a%00b"])
@pytest.mark.parametrize(
    "path",
    [
        *("/statements/{}/", "/speakers/{}/", "/articles/{}/", "/topics/{}/"),
        *("/proposals/{}/", "/lists/{}/", "/id/{}/", "/sitemap-{}.xml", "/static/{}"),
    ],
)
def test_a_bad_part_of_a_path_is_a_404(path, bad):
    assert client.get(path.format(bad)).status_code == 404
