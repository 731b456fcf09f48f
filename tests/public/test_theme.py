"""Light, dark, or as the operating system is set."""

import pytest
from django.test import Client

from tests.html import Html

pytestmark = pytest.mark.django_db
client = Client()


def press(theme, **headers):
    """Returns the answer to the button, and the page that a reader sees next."""
    reader = Client()
    return reader.post(
        "/theme/", {"theme": theme, "next": "/about/"}, headers=headers
    ), reader.get("/about/")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_written_into_every_page_and_remembered_for_a_year(theme):
    answer, page = press(theme)
    cookie = answer.cookies["theme"]
    assert (answer.status_code, answer.headers["Location"]) == (302, "/about/")
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == (
        theme,
        "Lax",
        365 * 24 * 3600,
    )
    assert f'data-theme="{theme}"' in page.content.decode()
    assert "Use system theme" in page.content.decode()


def test_without_a_choice_the_system_decides_and_both_ways_are_offered():
    page = Html(Client().get("/about/").content.decode())
    assert "data-theme" not in page
    assert "Dark theme" in page
    assert "Light theme" in page


def test_as_the_system_takes_the_cookie_away():
    reader = Client()
    reader.post("/theme/", {"theme": "dark"})
    assert reader.post("/theme/", {"theme": "system"}).cookies["theme"].value == ""
    assert "data-theme" not in reader.get("/about/").content.decode()


def test_the_cookie_is_secure_where_the_site_is(settings):
    assert not press("dark")[0].cookies["theme"]["secure"]
    settings.HTTPS = True
    assert press("dark")[0].cookies["theme"]["secure"]


@pytest.mark.parametrize("theme", ["", "blue", "dark\x00", '"><script>', "d" * 5000])
def test_an_unknown_theme_changes_nothing(theme):
    answer, page = press(theme)
    assert (answer.status_code, dict(answer.cookies)) == (302, {})
    assert "data-theme" not in page.content.decode()
    reader = Client()
    reader.cookies["theme"] = '"><script>'
    assert "data-theme" not in reader.get("/about/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "http:///evil",
        "\x00",
        "about",
        ":x",
    ],
)
def test_the_way_back_never_leads_elsewhere(address):
    answer = client.post(
        "/theme/",
        {"theme": "dark", "next": address},
        headers={"referer": address or None},
    )
    assert answer.headers["Location"] == "/"


def test_a_line_end_in_the_way_back_is_no_header():
    answer = client.post(
        "/theme/", {"theme": "dark", "next": "/about/\r\nSet-Cookie: a=b"}
    )
    assert answer.status_code == 302
    assert "a" not in answer.cookies


def test_the_way_back_is_the_page_the_browser_comes_from():
    referer = "http://testserver/statements/?speaker=ann-lee"
    assert press("dark", referer=referer)[0].headers["Location"] == referer


def test_another_site_cannot_press_the_button():
    answer, _page = press("dark", sec_fetch_site="cross-site")
    assert (answer.status_code, dict(answer.cookies)) == (302, {})


def test_to_open_the_address_changes_nothing():
    answer = client.get("/theme/?theme=dark")
    assert (answer.status_code, dict(answer.cookies)) == (302, {})


@pytest.mark.parametrize("path", ["/", "/statements/", "/about/", "/nope"])
def test_a_page_is_kept_by_caches_for_each_cookie_and_needs_no_session(path):
    answer = Client().get(path)
    assert "Cookie" in answer.headers["Vary"]
    assert not answer.cookies
