"""Share cards: the picture of a record in link previews."""

import fcntl
import os
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.cards import Card, Mark, drawn_words, store
from archive.core import caches
from tests.factories import (
    make_affiliation,
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.pictures import size_of, words_of

pytestmark = pytest.mark.django_db
client = Client()
CUT = "Cut to fit this picture. The whole text is on the page."


def card_of(record):
    caches.clear_revisions()  # asks for the picture on the disk
    return client.get(f"{record.get_absolute_url()}card.png")


def lines(record):
    answer = card_of(record)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert size_of(answer.content) == (1200, 630)
    return words_of(answer.content).splitlines()


def said(words="We will fight,", **fields):
    article = make_article(
        f"“{words}” Lee said.",
        headline="A quarrel",
        outlet=make_outlet(name="Open Post"),
        published_on="2024-12-12",
    )
    fields.setdefault("speaker", make_speaker(name="Ann Lee"))
    return make_statement(words, article=article, **fields)


def inferred():
    one, two = (User.objects.create(username=name) for name in ("one", "two"))
    return {
        "basis": "inferred",
        "rationale": "So it seems.",
        "recorded_by": one,
        "reviewed_by": two,
    }


def pictures():
    return list(settings.CARDS_DIR.glob("*.png"))


def test_a_card_of_a_statement_has_quote_name_stance_basis_date_and_source():
    statement = said(attribution="Ann Lee, the mayor")
    proposal = make_proposal(title="To build a bridge")
    make_position(
        statement,
        speaker=statement.speaker,
        proposal=proposal,
        stance="opposes",
        basis="own_words",
    )
    assert lines(statement)[-7:] == [
        "“We will fight,”",
        "Ann Lee",
        "the mayor",
        "Opposes",
        "In their own words",
        "To build a bridge",
        "Dec. 12, 2024 · Open Post",
    ]


def test_a_reported_statement_has_no_quotation_marks_and_is_labelled():
    statement = said(form="indirect", text="Lee was brief.")
    assert "Reported, not verbatim" in lines(statement)
    assert "Lee was brief." in lines(statement)


def test_an_inferred_position_is_labelled_and_a_stated_one_comes_before_it():
    statement = said()
    held = make_position(
        statement, speaker=statement.speaker, stance="opposes", **inferred()
    )
    assert "Inferred by the editors" in lines(statement)
    make_position(
        statement,
        speaker=statement.speaker,
        proposal=held.proposal,
        stance="discusses",
        basis="own_words",
    )
    assert "Discusses" in lines(statement)
    assert "In their own words · and 1 more position" in lines(statement)


def test_the_position_of_another_speaker_has_their_name():
    statement = said()
    make_position(
        statement, speaker=make_speaker(name="Bo"), stance="supports", basis="reported"
    )
    assert "Bo: Supports" in lines(statement)


def test_a_card_of_a_proposal_counts_each_stance_and_inferences_apart():
    proposal = make_proposal(
        title="To build a bridge", proposed_by=make_speaker(name="Cy")
    )
    for stance in ("supports", "supports", "opposes"):
        make_position(proposal=proposal, stance=stance, basis="document")
    make_position(said(), proposal=proposal, **inferred())
    card = lines(proposal)
    assert {"To build a bridge", "Cy", "Supports 2", "Opposes 1"} <= set(card)
    assert "1 more, inferred by the editors" in card


def test_cards_of_speakers_lists_articles_and_topics():
    statement, topic = said(), make_topic(name="Bridges")
    statement.topics.add(topic)
    make_affiliation(speaker=statement.speaker, title="Mayor", known_on="2024-12-12")
    proposals = make_list(title="Ten ideas", article=statement.article)
    make_listed("We will fight,", proposal_list=proposals)
    assert "Ann Lee" in lines(statement.speaker)
    assert "Mayor, as of Dec. 12, 2024" in lines(statement.speaker)
    assert {"Ten ideas", "1 proposal"} <= set(lines(proposals))
    assert {"A quarrel", "Open Post"} <= set(lines(statement.article))
    assert {"Bridges", "0 proposals · 1 statement"} <= set(lines(topic))


def test_there_is_no_card_of_a_draft_and_none_of_a_withdrawn_record():
    assert card_of(said(status="draft")).status_code == 404
    statement = said()
    assert card_of(statement).status_code == 200
    statement.article.status = "withdrawn"
    statement.article.save()
    assert card_of(statement).status_code == 410
    assert card_of(statement.article).status_code == 410
    assert card_of(statement.speaker).status_code == 404


def test_a_hidden_position_is_on_no_card():
    statement = said()
    make_position(statement, speaker=statement.speaker, status="draft")
    card = " ".join(lines(statement))
    assert "Supports" not in card
    assert "Opposes" not in card


def test_a_long_quotation_stands_whole_in_smaller_letters():
    words = "We will build the bridge over the river before winter comes. " * 6
    card = drawn_words(Card("On Record", "Direct quotation", f"“{words.strip()}”"))
    assert f"“{words.strip()}”" in " ".join(card)


@pytest.mark.parametrize("times", [40, 400])
def test_words_that_do_not_fit_are_cut_between_words_and_marked(times):
    words = "We will build the bridge over the river before winter comes. " * times
    quoted = f"“{words.strip()}”"
    drawn = drawn_words(Card("On Record", "Direct", quoted, name="Ann Lee", cut=CUT))
    assert CUT in drawn
    last = next(line for line in drawn if line.endswith("…”"))
    text = " ".join(drawn[3 : drawn.index(last) + 1])
    assert quoted.startswith(text.removesuffix("…”"))
    assert quoted[len(text) - 2] in " .,"


@pytest.mark.parametrize("words", ["שלום", "和平", "سلام", "peace ☮️", "🕊"])
def test_words_that_the_fonts_cannot_draw_give_a_card_without_words(words):
    assert lines(said(words)) == ["“", "On Record"]
    named = Card("On Record", "Person", "Ann Lee", marks=(Mark("supports", words),))
    assert drawn_words(named) == ["“", "On Record"]


def test_names_and_marks_of_western_languages_are_drawn():
    words = "“Avilés, Cabán & Núñez: ça va – «naïve» … 50 % of €3½ – it’s Œuvre’s”"
    card = drawn_words(Card("On Record", "Direct quotation", words))
    assert words in " ".join(card)


def test_every_text_stays_within_the_picture():
    card = Card(
        "On Record",
        "Kind " * 40,
        "“Pneumonoultramicroscopicsilicovolcanoconiosis" * 4,
        name="Name " * 60,
        role="Role " * 60,
        marks=tuple(Mark("supports", f"Supports {n}") for n in range(9)),
        basis="Basis " * 60,
        on="Title " * 90,
        source="Source " * 60,
        note="Note " * 60,
    )
    drawn = drawn_words(card)
    assert [f"Supports {n}" for n in range(9)] == [
        line for line in drawn if line.startswith("Supports")
    ]
    assert all(
        any(line.startswith(start) for line in drawn)
        for start in ("Kind", "Name", "Basis", "Title", "Source", "Note", "“Pneu")
    )


def test_a_card_is_drawn_once():
    statement = said()
    first = card_of(statement).content
    (path,) = pictures()
    path.write_bytes(b"drawn before")
    assert card_of(statement).content == b"drawn before"
    path.unlink()
    assert card_of(statement).content == first


def test_changed_words_give_another_card():
    statement = said(form="indirect", text="Lee was brief.")
    lines(statement)
    statement.text = "Lee was very brief."
    statement.save()
    assert "Lee was very brief." in lines(statement)
    assert len(pictures()) == 2


def test_the_oldest_cards_are_dropped(monkeypatch):
    monkeypatch.setattr(store, "MAX_FILES", 5)
    monkeypatch.setattr(store, "DROPPED", 2)
    settings.CARDS_DIR.mkdir()
    for number in range(5):
        path = settings.CARDS_DIR / f"old{number}.png"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    statement = said()
    lines(statement)
    assert sorted(path.name for path in pictures() if path.name.startswith("old")) == [
        "old3.png",
        "old4.png",
    ]
    lines(statement)


def test_a_card_waits_for_its_turn_and_then_asks_to_come_back(monkeypatch):
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    statement = said()
    settings.CARDS_DIR.mkdir()
    with (settings.CARDS_DIR / "draw.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        busy = card_of(statement)
    assert busy.status_code == 503
    assert busy.headers["Retry-After"] == "5"
    assert "ETag" not in busy.headers
    assert pictures() == []
    assert card_of(statement).status_code == 200


def test_a_card_that_has_not_changed_is_not_sent_again():
    statement = said()
    tag = card_of(statement).headers["ETag"]
    address = f"{statement.get_absolute_url()}card.png"
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def preview(page):
    head = client.get(page).content.decode()
    return dict(
        re.findall(r'<meta\s+(?:property|name)="([^"]+)"\s+content="([^"]*)"', head)
    )


def test_the_page_of_a_record_names_its_card_and_describes_it():
    statement = said()
    tags = preview(statement.get_absolute_url())
    assert tags["og:image"].endswith(f"{statement.get_absolute_url()}card.png")
    assert tags["og:image:alt"] == tags["twitter:image:alt"]
    assert tags["og:image:alt"].startswith("Ann Lee: “We will fight,”")
    proposal = make_proposal()
    for record in (proposal, statement.article, statement.speaker):
        card = preview(record.get_absolute_url())["og:image"]
        assert client.get(card.removeprefix("http://testserver")).status_code == 200


def test_a_page_without_a_record_has_the_picture_of_the_site():
    tags = preview("/statements/")
    assert "pictures/share" in tags["og:image"]
    assert tags["og:image:alt"].startswith("On Record: who said what")


@pytest.mark.parametrize("kind", ["statement", "proposal"])
def test_a_card_sends_as_many_queries_for_many_positions_as_for_few(kind):
    statement, proposal = said(), make_proposal()
    record = {"statement": statement, "proposal": proposal}[kind]
    counts = []
    for _ in range(3):
        for _ in range(3):
            make_position(
                statement, speaker=make_speaker(), proposal=proposal, basis="reported"
            )
        caches.clear_revisions()
        with CaptureQueriesContext(connection) as queries:
            lines(record)
        counts.append(len(queries))
    assert counts[0] == counts[-1] <= 8
