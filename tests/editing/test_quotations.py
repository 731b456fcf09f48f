"""Quotations as an editor enters them: split, cut, unmarked, already recorded."""

import pytest

from archive.models import Article
from statements.models import Statement, Turn
from tests.editing.forms import change_url, errors, send
from tests.factories import (
    make_article,
    make_outlet,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db
TEXT = (
    "“We will rebuild the pier,” Herrera said. “We will not wait.”\n"
    "The council was not impressed. “I would never say we should close it,” she said."
)
SPLIT = "“We will rebuild the pier,” Herrera said. “We will not wait.”"


@pytest.fixture
def draft():
    return make_statement(
        passages=False, article=make_article(TEXT), status="draft", attribution="she"
    )


def enter(editor, statement, words, **more):
    typed = {"passages-0-exact": words, **more}
    return send(editor, change_url(statement), **typed)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def parts(statement):
    return [passage.exact for passage in statement.passages.all()]


def test_a_split_quotation_is_taken_apart_and_shown(editor, draft):
    page = editor.get(enter(editor, draft, SPLIT).url)
    assert parts(draft) == ["We will rebuild the pier,", "We will not wait."]
    assert any("“We will not wait.”" in message for message in messages(page))


def test_a_cut_quotation_is_asked_about_with_the_negation_it_leaves_out(editor, draft):
    page = enter(editor, draft, "we should close it")
    assert "The whole quotation is: “I would never say we should close it,”" in errors(
        page
    )
    assert "leave out: never" in errors(page)
    assert b'name="confirmed"' in page.content
    assert parts(draft) == []
    enter(editor, draft, "we should close it", confirmed="on")
    draft.refresh_from_db()
    assert draft.text == "… we should close it"


def test_a_partial_quotation_may_be_a_fragment(editor, draft):
    Statement.objects.update(form="partial", text="Herrera spoke of “the pier”.")
    assert enter(editor, draft, "the pier").status_code == 302


def test_a_draft_says_what_keeps_it_from_being_published(editor, draft):
    page = editor.get(enter(editor, draft, "The council was not impressed.").url)
    warning = next(text for text in messages(page) if "cannot be published" in text)
    assert "are not inside one pair of quotation marks" in warning
    saved = send(editor, change_url(draft), marks_exception="It is a caption.")
    assert not any("cannot be" in text for text in messages(editor.get(saved.url)))


def test_the_same_words_of_the_same_speaker_are_pointed_out(editor, draft):
    make_statement("We will not wait.", article=draft.article, speaker=draft.speaker)
    assert "already recorded" in errors(enter(editor, draft, "We will not wait."))


def test_an_article_that_is_here_already_is_pointed_out(editor):
    known = make_article(
        TEXT, url="https://example.org/a/1", headline="Pier", outlet=make_outlet()
    )
    form = {
        "headline": "pier",
        "kind": "news",
        "rights": "excerpts",
        "language": "en",
        "published_precision": "day",
        "url": "http://www.EXAMPLE.org/a/1/?utm_source=x#top",
        "text": TEXT,
    }
    page = editor.post("/admin/archive/article/add/", form)
    for sentence in ("This address", "This text", "this headline"):
        assert sentence in errors(page), sentence
    assert change_url(known) in page.content.decode()
    saved = editor.post("/admin/archive/article/add/", form | {"confirmed": "on"})
    assert saved.status_code == 302
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Ana Costa", "Ana  Costa"),
        ("Ana Costa", "Ana\u200b Costa"),
        ("Siân O’Neil", "Sian O'Neil"),
        ("Jumaane D. Williams", "Jumaane Williams"),
    ],
)
def test_nearly_the_same_name_is_pointed_out_in_the_popup_too(editor, known, typed):
    make_speaker(name=known)
    form = {"kind": "person", "name": typed, "affiliations-TOTAL_FORMS": "0"}
    form |= {"affiliations-INITIAL_FORMS": "0", "identifiers-TOTAL_FORMS": "0"}
    form["identifiers-INITIAL_FORMS"] = "0"
    for popup in ({}, {"_popup": "1"}):
        page = editor.post("/admin/statements/speaker/add/", form | popup)
        assert "nearly this name" in errors(page)
    saved = editor.post("/admin/statements/speaker/add/", form | {"confirmed": "on"})
    assert saved.status_code == 302


def test_an_article_that_lacks_something_asks_before_it_is_published(editor):
    article = Article.objects.create(headline="Bare", status="draft")
    url = "/admin/archive/article/step/publish/"
    sent = {"record": [f"archive.article:{article.pk}"], "taken": "1"}
    page = editor.post(url, sent)
    assert "has no text, date, outlet or address." in page.content.decode()
    article.refresh_from_db()
    assert article.status == "draft"
    editor.post(url, sent | {"confirmed": "on"})
    article.refresh_from_db()
    assert article.status == "published"


def test_a_turn_is_entered_by_its_words(editor):
    speaker, version = make_speaker(), make_article(TEXT).latest_version
    form = {"version": version.pk, "speaker": speaker.pk, "exact": "not impressed."}
    assert editor.post("/admin/statements/turn/add/", form).status_code == 302
    turn = Turn.objects.get()
    assert TEXT[turn.start : turn.end] == "not impressed."
    editor.post("/admin/statements/turn/add/", form | {"exact": ""})
    assert Turn.objects.filter(start=0, end=len(TEXT)).exists()
    refused = editor.post("/admin/statements/turn/add/", form | {"exact": "We will"})
    assert "more than once" in errors(refused)
