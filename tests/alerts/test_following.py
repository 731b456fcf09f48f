"""Somebody follows, is sent mail and stops, with a real SMTP server."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from archive.models import AskedAddress, Correction, Follow, Follower, SentRecord
from tests.alerts.mailbox import body, links, mailbox
from tests.factories import (
    make_article,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
client = Client()


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def sent():
    with mailbox() as box:
        yield box


def make_heard(**fields: str):
    """A speaker whom the public sees, by a statement."""
    return make_statement(speaker=make_speaker(**fields)).speaker


def ask(page: str, address: str = "ann@example.org", frequency: str = "at_once"):
    return client.post(
        f"/follow/?page={page}", {"address": address, "frequency": frequency}
    )


def follow(box, page: str, address: str = "ann@example.org", **given: str) -> Follower:
    """Asks, opens the link of the mail and presses the button."""
    assert ask(page, address, **given).status_code == 302
    [link] = [each for each in links(box.newest()) if "confirm" in each]
    assert client.post(link).status_code == 302
    return Follower.objects.get(address=address)


def send() -> None:
    Follower.objects.update(read_to=timezone.now() - dt.timedelta(hours=2))
    call_command("alerts", "--send", verbosity=0)


def test_who_follows_a_speaker_is_sent_her_new_statement(sent):
    speaker = make_heard(name="Ann Lee")
    follow(sent, speaker.get_absolute_url())
    Follower.objects.update(read_to=timezone.now())
    statement = make_statement("And we win.", speaker=speaker)
    make_statement("We will fight,", speaker=make_speaker(name="Bo Ray"))
    call_command("alerts", "--send", verbosity=0)
    text = body(sent.newest())
    assert "Ann Lee: “And we win.”" in text
    assert f"http://testserver/id/{statement.uid}/" in text
    assert "You follow: Ann Lee" in text
    assert "Bo Ray" not in text
    assert sent.newest()["Subject"] == "On Record: 1 new record"


def test_nothing_is_sent_twice(sent):
    speaker = make_heard()
    follow(sent, speaker.get_absolute_url())
    make_statement(speaker=speaker)
    send()
    count = len(sent.messages)
    send()
    assert len(sent.messages) == count


def test_one_mail_has_all_that_a_person_follows(sent):
    speaker, topic = make_heard(name="Ann Lee"), make_topic(name="Taxes")
    speaker.statements.get().topics.add(topic)
    follow(sent, speaker.get_absolute_url())
    follow(sent, topic.get_absolute_url())
    statement = make_statement("And we win.", speaker=speaker)
    statement.topics.add(topic)
    count = len(sent.messages)
    send()
    assert len(sent.messages) == count + 1
    assert "You follow: Ann Lee; Taxes" in body(sent.newest())


def test_a_search_is_followed_with_all_its_words(sent):
    follow(sent, "/statements/?q=fight+win")
    both = make_statement("We will fight,", "And we win.")
    one = make_statement("We will fight,")
    send()
    assert both.uid in body(sent.newest())
    assert one.uid not in body(sent.newest())


def test_a_proposal_is_followed_with_its_positions(sent):
    proposal = make_proposal(title="Build a bridge")
    follow(sent, proposal.get_absolute_url())
    make_position(proposal=proposal, speaker=make_speaker(name="Ann Lee"))
    send()
    assert "Ann Lee: Supports: Build a bridge" in body(sent.newest())


def test_a_draft_is_not_sent_until_its_article_is_public(sent):
    speaker = make_heard()
    follow(sent, speaker.get_absolute_url())
    send()
    article = make_article(status="draft")
    statement = make_statement("And we win.", speaker=speaker, article=article)
    count = len(sent.messages)
    Follower.objects.update(read_to=timezone.now() - dt.timedelta(seconds=1))
    call_command("alerts", "--send", verbosity=0)
    assert len(sent.messages) == count
    article.status = "published"
    article.save()
    call_command("alerts", "--send", verbosity=0)
    assert statement.uid in body(sent.newest())


def test_a_correction_of_what_was_sent_is_sent(sent):
    speaker = make_heard()
    follow(sent, speaker.get_absolute_url())
    statement, other = make_statement(speaker=speaker), make_statement()
    send()
    for record, note in ((statement, "The date was wrong."), (other, "Not yours.")):
        Correction.objects.create(
            table="statements.statement",
            record_uid=record.uid,
            note=note,
            date="2026-11-30",
            status="published",
        )
    call_command("alerts", "--send", verbosity=0)
    text = body(sent.newest())
    assert "Correction: The date was wrong." in text
    assert "Not yours." not in text
    assert sent.newest()["Subject"] == "On Record: 1 change"


def test_a_withdrawal_of_what_was_sent_is_sent_once_without_a_word_of_it(sent):
    speaker = make_heard(name="Ann Lee")
    follow(sent, speaker.get_absolute_url())
    statement = make_statement("And we win.", speaker=speaker)
    send()
    statement.status = "withdrawn"
    statement.save()
    send()
    text = body(sent.newest())
    assert f"http://testserver/id/{statement.uid}/" in text
    assert "And we win." not in text
    assert "Ann Lee" not in text
    count = len(sent.messages)
    send()
    assert len(sent.messages) == count


def test_a_mail_that_is_refused_comes_with_the_next_digest(sent):
    speaker = make_heard()
    follow(sent, speaker.get_absolute_url())
    statement = make_statement(speaker=speaker)
    count, sent.refuses = len(sent.messages), True
    send()
    assert not SentRecord.objects.exists()
    sent.refuses = False
    call_command("alerts", "--send", verbosity=0)
    assert len(sent.messages) == count + 1
    assert statement.uid in body(sent.newest())


def test_a_daily_digest_waits_for_its_day(sent):
    speaker = make_heard()
    follower = follow(sent, speaker.get_absolute_url(), frequency="daily")
    make_statement(speaker=speaker)
    count = len(sent.messages)
    send()
    assert len(sent.messages) == count
    follower.read_to = timezone.now() - dt.timedelta(hours=23, minutes=30)
    follower.save()
    call_command("alerts", "--send", verbosity=0)
    assert len(sent.messages) == count + 1


def test_one_press_stops_and_erases(sent):
    speaker = make_heard()
    follow(sent, speaker.get_absolute_url())
    make_statement(speaker=speaker)
    send()
    header = sent.newest()["List-Unsubscribe"]
    assert sent.newest()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = header.strip(" <>").removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    assert Follower.objects.exists()  # a mail program opens links
    answer = Client(enforce_csrf_checks=True).post(
        path, {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert not Follower.objects.exists()
    assert not Follow.objects.exists()
    assert not SentRecord.objects.exists()


def test_the_last_stop_erases_the_address(sent):
    first, second = make_heard(), make_heard()
    follow(sent, first.get_absolute_url())
    follower = follow(sent, second.get_absolute_url())
    page = f"/follow/manage/{follower.key}/"
    one, two = follower.follows.values_list("key", flat=True)
    client.post(page, {"stop": one})
    assert Follower.objects.exists()
    client.post(page, {"stop": two})
    assert not Follower.objects.exists()


def test_nothing_is_stored_before_somebody_confirms(sent):
    speaker = make_heard()
    ask(speaker.get_absolute_url())
    assert not Follower.objects.exists()
    [link] = [each for each in links(sent.newest()) if "confirm" in each]
    assert client.get(link).status_code == 200
    assert not Follower.objects.exists()
    assert "ann@example.org" not in str(AskedAddress.objects.values())


def test_a_flood_for_somebody_else_s_address_is_one_mail(sent):
    speaker = make_heard()
    answers = {
        (ask(speaker.get_absolute_url(), address).status_code, address)
        for address in ("bob@example.org", "Bob@Example.org", "bob@example.org")
    }
    assert {status for status, _ in answers} == {302}
    assert len(sent.messages) == 1


def test_one_sender_asks_so_often_and_no_more(sent):
    page = make_heard().get_absolute_url()
    statuses = [ask(page, f"a{n}@example.org").status_code for n in range(12)]
    assert statuses == [302] * 10 + [429] * 2


@pytest.mark.parametrize(
    "address",
    ["ann@example.org\r\nBcc: all@example.org", "ann", "", "a@b@c", "x" * 300],
)
def test_an_address_that_is_none_is_refused_in_words(sent, address):
    page = make_heard().get_absolute_url()
    answer = ask(page, address)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not sent.messages


def test_a_forged_or_old_token_does_nothing(sent):
    for path in (
        "/follow/confirm/forged/",
        "/follow/stop/forged/",
        "/follow/stop/one/forged/",
        "/follow/manage/forged/",
    ):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (200, 404)
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/speakers/nobody/", 404),
        ("https://elsewhere.example/statements/", 404),
        ("//elsewhere.example/statements/", 404),
        ("/about/", 404),
        ("", 404),
        ("/statements/%3Fsince%3D2024-02-30", 400),
    ],
)
def test_what_cannot_be_followed_says_so(sent, page, status):
    assert client.get(f"/follow/?page={page}").status_code == status
    assert ask(page).status_code == status
    assert not sent.messages


def test_without_mail_the_page_leads_to_the_feed():
    speaker = make_heard()
    page = client.get(f"/follow/?page={speaker.get_absolute_url()}").content.decode()
    assert "followed in a feed reader" in page
    assert f'href="/speakers/{speaker.slug}.atom"' in page
    assert "Your e-mail address" not in page
    with pytest.raises(CommandError, match="ON_RECORD_SMTP"):
        call_command("alerts", "--send")


def test_pages_that_can_be_followed_lead_there(sent):
    topic, proposal = make_topic(), make_proposal()
    proposal.topics.add(topic)
    for record in (make_heard(), topic, proposal):
        page = client.get(record.get_absolute_url()).content.decode()
        address = record.get_absolute_url().replace("/", "%2F")
        assert f'href="/follow/?page={address}"' in page
        assert client.get(f"/follow/?page={address}").status_code == 200


def test_a_list_of_people_is_followed_in_a_feed_reader(sent):
    page = client.get("/follow/?page=/speakers/%3Fkind%3Dperson").content.decode()
    assert 'href="/speakers.atom?kind=person"' in page
    assert ask("/speakers/").status_code == 200
    assert not sent.messages


def test_what_was_withdrawn_since_is_not_named_to_its_follower(sent):
    proposal = make_proposal(title="Build a bridge")
    follower = follow(sent, proposal.get_absolute_url())
    proposal.status = "withdrawn"
    proposal.save()
    page = client.get(f"/follow/manage/{follower.key}/").content.decode()
    assert "Build a bridge" not in page
    assert "no longer in the archive" in page


def test_who_follows_a_merged_speaker_follows_the_one_it_became(sent):
    old, new = make_heard(name="A. Lee"), make_heard(name="Ann Lee")
    follow(sent, old.get_absolute_url())
    send()
    old.statements.update(speaker=new)
    old.merged_into = new
    old.save()
    make_statement("And we win.", speaker=new)
    send()
    assert "You follow: Ann Lee" in body(sent.newest())
