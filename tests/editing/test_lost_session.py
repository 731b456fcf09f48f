"""A session that ends while an editor types loses nothing."""

import re
from html import unescape

import pytest
from axes.utils import reset
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from archive.models import Topic
from tests.editing.conftest import make_account
from tests.factories import make_article
from tests.html import Html

pytestmark = pytest.mark.django_db
ADD, PASSWORD = "/admin/archive/topic/add/", "right-and-long-1"


@pytest.fixture
def edda():
    return make_account("edda", "Editor", password=PASSWORD)


@pytest.fixture
def browser(edda):
    return Client(enforce_csrf_checks=True)


def hidden(response):
    """The hidden fields of the page, as a browser sends them."""
    html = Html(response.content.decode())
    fields = re.findall(r'type="hidden" name="([^"]+)"[^>]*?value="([^"]*)"', html)
    return {name: unescape(value) for name, value in fields}


def send_without_a_session(browser, **typed):
    """Sends the form that edda opened before her session ended."""
    token = hidden(browser.get("/admin/login/"))["csrfmiddlewaretoken"]
    opened_by = User.objects.get(username="edda").pk
    known = {"opened_by": opened_by, "csrfmiddlewaretoken": token}
    return browser.post(ADD, {**known, **typed})


def sign_in(browser, response, password=PASSWORD, name="edda"):
    account = {"username": name, "password": password}
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


def test_a_form_comes_back_to_no_other_account(browser):
    make_account("sean", "Editor", password=PASSWORD)
    response = send_without_a_session(browser, name="Harbors", _save="Save")
    other = sign_in(browser, response, name="sean")
    assert (other.status_code, other.headers["Location"]) == (302, ADD)
    page = browser.get(ADD).content.decode()
    assert "Another account opened this form" in page
    assert "Harbors" not in page


def test_a_form_that_another_account_left_open_is_not_offered(browser):
    make_account("sean", "Editor", password=PASSWORD)
    sign_in(browser, browser.get("/admin/login/"))
    typed = {**hidden(browser.get(ADD)), "name": "Harbors", "_save": "Save"}
    browser.cookies.pop("sessionid")
    sign_in(browser, browser.get("/admin/login/"), name="sean")
    refused = browser.post(ADD, typed, headers={"sec-fetch-site": "same-origin"})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "Another account opened this form" in page
    assert "Harbors" not in page


def test_a_lock_keeps_what_was_sent(browser):
    response = send_without_a_session(browser, name="Harbors", _save="Save")
    for _ in range(10):
        response = sign_in(browser, response, "wrong")
    assert response.status_code == 429
    assert "keeps your unsaved changes" in Html(response.content.decode())
    reset(username="edda")
    form = browser.post("/admin/login/", hidden(response))
    assert "Your session has ended" in form.content.decode()
    offered = sign_in(browser, form)
    browser.post(ADD, hidden(offered))
    assert Topic.objects.get().name == "Harbors"


def test_a_form_that_names_no_account_is_not_kept_and_the_page_says_so(browser):
    token = hidden(browser.get("/admin/login/"))["csrfmiddlewaretoken"]
    sent = {"post": "yes", "csrfmiddlewaretoken": token}
    refused = browser.post("/admin/archive/topic/1/delete/", sent)
    assert "nothing was changed. Sign in and try again" in refused.content.decode()
    assert "unsent" not in hidden(refused)


@pytest.mark.parametrize("page", ["change/", "new-version/"])
def test_every_form_with_words_names_its_account(editor, page):
    article = make_article()
    form = editor.get(f"/admin/archive/article/{article.pk}/{page}")
    assert hidden(form)["opened_by"] == str(editor.account.pk)


@pytest.mark.parametrize(
    "url",
    [
        "/admin/archive/article/",
        "/admin/archive/article/step/withdraw/?record=archive.article:{pk}",
    ],
)
def test_lists_and_steps_name_their_account(editor, url):
    form = editor.get(url.format(pk=make_article().pk))
    assert hidden(form)["opened_by"] == str(editor.account.pk)


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
