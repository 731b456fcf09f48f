"""A new password by mail, with a real SMTP server."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from archive.editing.password_links import INVITATION, RESET
from archive.models import AskedAddress
from tests.alerts.mailbox import body, mailbox
from tests.editing.conftest import make_account, signed_in
from tests.editing.letters import (
    PASSWORD,
    choose,
    link_of,
    open_link,
    wait_for_mail,
)

pytestmark = pytest.mark.django_db
ASK, LOGIN = "/admin/password/forgotten/", "/admin/login/"
ADDRESS = "edda@archive.example"


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def box():
    with mailbox() as box:
        yield box
        wait_for_mail()


@pytest.fixture
def edda():
    return make_account("edda", "Editor", password="right-and-long-1", email=ADDRESS)


def ask(address: str = ADDRESS, client: Client | None = None, **headers: str):
    response = (client or Client()).post(
        ASK, {"email": address}, follow=True, **headers
    )
    wait_for_mail()
    return response


def log_in(password: str):
    return Client().post(LOGIN, {"username": "edda", "password": password})


def test_who_forgot_the_password_chooses_a_new_one(box, edda):
    assert ASK in Client().get(LOGIN).content.decode()
    other = signed_in(edda)
    ask("EDDA@archive.example")
    message = box.newest()
    assert (message["To"], message["Auto-Submitted"]) == (ADDRESS, "auto-generated")
    assert message.get_content_type() == "text/plain"
    page = choose(Client(), link_of(message))
    assert page.headers["Location"] == LOGIN
    assert log_in("right-and-long-1").status_code == 200
    assert log_in(PASSWORD).status_code == 302
    assert other.get("/admin/").status_code == 302  # its session has ended


def test_without_mail_nothing_is_offered():
    assert "forgotten" not in Client().get(LOGIN).content.decode()
    assert Client().get(ASK).status_code == 404
    assert Client().post(ASK, {"email": ADDRESS}).status_code == 404


def test_the_answer_is_the_same_for_every_address(box, edda):
    make_account("gone", password="x", email="gone@archive.example", is_active=False)
    make_account("seed-coder", email="seed@archive.example")
    addresses = [ADDRESS, ADDRESS, "gone@archive.example", "seed@archive.example"]
    pages = {ask(each).content for each in [*addresses, "nobody@archive.example"]}
    assert len(pages) == 1
    assert [message["To"] for message in box.messages] == [ADDRESS]


def test_the_work_is_the_same_for_every_address(
    box, edda, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as known:
        ask()
    with django_assert_num_queries(len(known)):
        ask("nobody@archive.example")


def test_an_account_gets_one_mail_an_hour(box, edda):
    for address in (ADDRESS, ADDRESS.upper(), ADDRESS):
        ask(address)
    assert len(box.messages) == 1
    AskedAddress.objects.update(at=timezone.now() - dt.timedelta(minutes=61))
    ask()
    assert len(box.messages) == 2


def test_a_sender_is_stopped_after_ten_requests(box, edda):
    answers = [ask(f"a{number}@archive.example") for number in range(11)]
    assert [each.status_code for each in answers] == [200] * 10 + [429]
    assert "Try again in an hour" in answers[-1].content.decode()


def test_the_link_works_once_and_for_two_hours(box, edda, monkeypatch):
    ask()
    link = link_of(box.newest())
    later = dt.datetime.now() + dt.timedelta(hours=2, minutes=1)
    with monkeypatch.context() as clock:
        clock.setattr(RESET, "_now", lambda: later)
        assert Client().get(link).status_code == 404
    assert choose(Client(), link).status_code == 302
    again, _address = open_link(Client(), link)
    assert again.status_code == 404
    assert "Ask for another link" in again.content.decode()


def test_opening_the_link_changes_nothing(box, edda):
    ask()
    for _time in range(3):
        page, address = open_link(Client(), link_of(box.newest()))
        assert page.status_code == 200
    assert address.endswith("/set-password/")  # no page names the token in its links
    assert log_in("right-and-long-1").status_code == 302


def test_a_host_header_does_not_change_the_link(box, edda, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask(headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    assert link_of(box.newest())
    assert "evil" not in box.newest().as_string()


@pytest.mark.parametrize("kept", ["is_active", "password"])
def test_a_link_dies_with_its_account(box, edda, kept):
    ask()
    if kept == "is_active":
        edda.is_active = False
    else:
        edda.set_unusable_password()
    edda.save()
    assert Client().get(link_of(box.newest())).status_code == 404


@pytest.mark.parametrize(
    "link",
    ["new/MQ/a-b/", "new/%00/a-b/", "new/OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x-y/"],
)
def test_a_forged_link_is_refused(link):
    assert Client().get(f"/admin/password/{link}").status_code == 404


def test_a_token_of_one_kind_opens_no_other(box, edda):
    assert not INVITATION.check_token(edda, RESET.make_token(edda))
    ask()
    other = link_of(box.newest()).replace("/new/", "/first/")
    assert Client().get(other).status_code == 404


def test_a_weak_password_is_refused(box, edda):
    ask()
    page = choose(Client(), link_of(box.newest()), "password")
    assert "too common" in page.content.decode()
    assert log_in("password").status_code == 200


def test_a_new_password_by_mail_lifts_the_lock(box, edda):
    for _time in range(10):
        log_in("wrong")
    assert log_in("right-and-long-1").status_code == 429
    ask()
    choose(Client(), link_of(box.newest()))
    assert log_in(PASSWORD).status_code == 302


@pytest.mark.parametrize("break_", ["\n", "\r\n", "%0a"])
def test_an_address_cannot_bring_a_header(box, edda, break_):
    ask(f"{ADDRESS}{break_}Bcc: all@archive.example")
    assert box.messages == []


def test_no_page_of_it_is_kept_in_a_cache(box, edda):
    ask()
    _page, address = open_link(client := Client(), link_of(box.newest()))
    for path in (ASK, address, link_of(box.newest())):
        response = client.get(path)
        assert "no-store" in response.headers["Cache-Control"]
        assert "ETag" not in response.headers


def test_a_mail_that_is_refused_gives_the_same_answer(box, edda, caplog):
    box.refuses = True
    assert "Look into your mail" in ask().content.decode()
    assert "was not sent" in caplog.text
    assert User.objects.get().check_password("right-and-long-1")


def test_the_mail_says_for_which_account_and_how_long(box, edda):
    ask()
    text = body(box.newest())
    assert "edda" in text
    assert "two hours" in text
