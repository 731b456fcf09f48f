"""The headers of every answer, scored by the rules that the HTTP Observatory publishes.

A site counts as preloaded here if its header is what the preload list asks for: being
on the list is up to the operator, and worth 5 points.
"""

import re

import pytest
from django.test import Client, override_settings

from archive.devtools.page_types import pages
from archive.ingest import load_seed
from archive.pages.headers import COMMON
from tests.editing.conftest import make_account, signed_in

pytestmark = pytest.mark.django_db
BASE = 100
SIX_MONTHS, YEAR = 15_768_000, 31_536_000
PRIVATE = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def directives(csp):
    parts = [part.split() for part in csp.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def csp_score(csp):
    rules = directives(csp)
    if not rules or "'unsafe-inline'" in csp or "'unsafe-eval'" in csp:
        return -25
    forms = rules.get("form-action") in (["'none'"], ["'self'"])
    return 10 if rules.get("default-src") == ["'none'"] and forms else 5


def frame_score(headers):
    if "frame-ancestors" in directives(headers.get("Content-Security-Policy", "")):
        return 5
    return 0 if headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def corp_score(headers):
    policy = headers.get("Cross-Origin-Resource-Policy")
    points = {"same-origin": 10, "same-site": 10, "cross-origin": 0, None: 0}
    return points.get(policy, -5)


def cookie_score(response):
    cookies = response.cookies.values()
    if not all(cookie["secure"] and cookie["samesite"] for cookie in cookies):
        return -20
    return 5 if cookies else 0


def script_score(response):
    if response.streaming or "html" not in response.headers["Content-Type"]:
        return 0
    tags = re.findall(r"<script[^>]*\bsrc=[^>]*>", response.content.decode())
    if any(re.search(r'src="(https?:)?//', tag) for tag in tags):
        return -50
    return 5 if tags and all("integrity=" in tag for tag in tags) else 0


def hsts_score(headers):
    value = headers.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", value)
    seconds = int(age[1]) if age else 0
    is_for_list = "includeSubDomains" in value and "preload" in value
    if seconds >= YEAR and is_for_list:
        return 5
    return 0 if seconds >= SIX_MONTHS else -20 if not seconds else -10


def score(response):
    headers = response.headers
    return (
        BASE
        + csp_score(headers.get("Content-Security-Policy", ""))
        + frame_score(headers)
        + corp_score(headers)
        + cookie_score(response)
        + script_score(response)
        + hsts_score(headers)
        + (5 if headers.get("Referrer-Policy") in PRIVATE else 0)
        + (0 if headers.get("X-Content-Type-Options") == "nosniff" else -5)
    )


@pytest.fixture
def https():
    secure = {"SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True}
    hsts = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SECURE_HSTS_PRELOAD": True}
    with override_settings(SECURE_HSTS_SECONDS=YEAR, **hsts, **secure):
        yield


def read(client, path):
    """The response, read to its end."""
    response = client.get(path, secure=True)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response


def test_every_page_error_and_file_scores_135(https):
    load_seed()
    editor = signed_in(make_account("Edda", "Editor"))
    paths = [page.address for page in pages()]
    paths += ["/positions.csv", "/corrections.atom", "/sitemap.xml", "/robots.txt"]
    paths += ["/nowhere/", "/healthz", "/static/site.css", "/admin/login/"]
    for reader, path in [*((Client(), path) for path in paths), (editor, "/admin/")]:
        if path.startswith("/api/"):  # open to other sites
            continue
        response = read(reader, path)
        assert score(response) >= 135, path
        assert COMMON.keys() <= response.headers.keys(), path


@pytest.mark.parametrize("path", ["/static/pictures/share.png", "/api/v1/statements/"])
def test_what_other_sites_show_is_open_to_them(path):
    response = read(Client(), path)
    assert response.status_code == 200
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_share_card_may_be_shown_by_other_sites():
    load_seed()
    card = next(page.address for page in pages() if page.name == "statement")
    response = read(Client(), f"{card}card.png")
    assert response.status_code == 200
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
