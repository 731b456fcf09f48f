"""A session that ends while an editor types loses nothing."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import escape

from archive.models import Topic
from tests.editing.conftest import make_account
from tests.html import Html

pytestmark = pytest.mark.django_db
ADD, PASSWORD = "/admin/archive/topic/add/", "right-and-long-1"


@pytest.fixture
def browser():
    make_account("edda", "Editor", password=PASSWORD)
    return Client(enforce_csrf_checks=True)


def hidden(response):
    """The hidden fields of the page, as a browser sends them."""
    html = Html(response.content.decode())
    fields = re.findall(r'type="hidden" name="([^"]+)"[^>]*?value="([^"]*)"', html)
    return {name: unescape(value) for name, value in fields}


def send_without_a_session(browser, **typed):
    token = hidden(browser.get("/admin/login/"))["csrfmiddlewaretoken"]
    return browser.post(ADD, {**typed, "csrfmiddlewaretoken": token})


def sign_in(browser, response, password=PASSWORD):
    account = {"username": "edda", "password": password}
    return browser.post("/admin/login/", {**hidden(response), **account})


def test_what_was_sent_is_offered_after_signing_in_and_then_saved(browser):
    response = send_without_a_session(browser, name="Harbors & ports", _save="Save")
    assert "your changes are not saved yet" in response.content.decode()
    assert not Topic.objects.exists()
    wrong = sign_in(browser, response, "wrong")
    assert "your changes are not saved yet" in wrong.content.decode()
    offered = sign_in(browser, wrong)
    assert f'action="{ADD}"' in offered.content.decode()
    browser.post(ADD, hidden(offered))
    assert Topic.objects.get().name == "Harbors & ports"


def test_only_what_was_signed_here_is_offered(browser):
    login = browser.get("/admin/login/")
    forged = {"unsent": "forged", **hidden(login), "next": "/admin/"}
    answer = browser.post(
        "/admin/login/", {**forged, "username": "edda", "password": PASSWORD}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


def test_a_form_from_elsewhere_is_not_kept(browser):
    assert browser.post(ADD, {"name": "Harbors"}).status_code == 403


def test_what_was_sent_is_escaped(browser):
    response = send_without_a_session(browser, name='"><script>', _save="Save")
    offered = sign_in(browser, response)
    assert escape('"><script>') in offered.content.decode()


def test_signing_out_after_the_session_has_ended_asks_for_nothing(browser):
    token = hidden(browser.get("/admin/login/"))["csrfmiddlewaretoken"]
    response = browser.post("/admin/logout/", {"csrfmiddlewaretoken": token})
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_a_password_is_not_written_into_the_page(browser):
    response = send_without_a_session(browser, name="Harbors", password1="secret-7")
    offered = sign_in(browser, response).content.decode()
    assert "Harbors" in offered
    assert "secret-7" not in offered


@pytest.mark.parametrize(("site", "is_kept"), [("same-origin", True), ("none", False)])
def test_a_form_older_than_the_new_session_is_offered_again(browser, site, is_kept):
    sign_in(browser, browser.get("/admin/login/"))
    typed = {**hidden(browser.get(ADD)), "name": "Harbors", "_save": "Save"}
    browser.cookies.pop("sessionid")
    sign_in(browser, browser.get("/admin/login/"))
    refused = browser.post(ADD, typed, headers={"sec-fetch-site": site})
    assert refused.status_code == 403
    assert ('value="Harbors"' in Html(refused.content.decode())) == is_kept
    if is_kept:
        browser.post(ADD, hidden(refused))
        assert Topic.objects.get().name == "Harbors"
