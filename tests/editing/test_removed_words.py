"""Words that the publisher took out stay with their older version, and readers are
told.
"""

import pytest
from django.test import Client

from archive.core.rules import checked
from archive.editing import versions
from statements.models import StatementPassage
from tests.editing.forms import change_url, errors, filled_in, send
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_statement,
    make_version,
)
from tests.html import Html
from tests.rules import refused

pytestmark = pytest.mark.django_db
public = Client()
OLD = "Lee said: “We win.” Then “We lose.” Her list: - Build a bridge."
NEW = "Lee said: “We win.” Her list: - Build."
URL = "https://news.example/lee"
REMOVED = {"passages-0-removed": "on", "correction": "minor"}
SENTENCE = "The source has since removed this."


@pytest.fixture
def article():
    return make_article(OLD, url=URL)


@pytest.fixture
def statement(article):
    statement = make_statement("We lose.", article=article)
    versions.add_version(article, NEW, retrieved_at="2025-05-05T12:00Z")
    return statement


def page_of(record):
    return Html(public.get(record.get_absolute_url()).content.decode())


def waiting(client):
    queues = client.get("/admin/").context["queues"]
    return next(each.count for each in queues if "locate again" in str(each.title))


def test_an_editor_decides_that_the_words_stay_and_they_wait_no_longer(
    editor, statement
):
    assert waiting(editor) == 1
    assert send(editor, change_url(statement), **REMOVED).status_code == 302
    passage = statement.passages.get()
    assert (passage.version.number, passage.removed_in.number) == (1, 2)
    assert waiting(editor) == 0


def test_readers_are_told_when_the_source_had_removed_the_words(editor, statement):
    assert SENTENCE not in page_of(statement)
    send(editor, change_url(statement), **REMOVED)
    for record in (statement, statement.article):
        page = page_of(record)
        assert SENTENCE in page
        assert 'datetime="2025-05-05"' in page
        assert "We lose." in page


def test_a_row_of_a_list_says_what_the_source_has_removed(editor, statement):
    send(editor, change_url(statement), **REMOVED)
    speaker = statement.speaker.get_absolute_url()
    for address in ("/statements/", speaker, "/search/?q=lose"):
        page = Html(public.get(address).content.decode())
        assert SENTENCE in page, address
        assert 'datetime="2025-05-05"' in page


def test_evidence_says_what_the_source_has_removed(editor, statement):
    position = make_position(statement, speaker=statement.speaker, basis="own_words")
    send(editor, change_url(statement), **REMOVED)
    speaker, proposal = position.speaker, position.proposal
    for address in (
        proposal.get_absolute_url(),
        speaker.get_absolute_url(),
        "/positions/",
    ):
        page = Html(public.get(address).content.decode())
        beside = page.partition("Rests on")[0] if address == "/positions/" else page
        assert SENTENCE in beside, address


def test_the_full_text_lists_what_only_an_older_version_holds(statement):
    """As long as no editor has decided where it is now."""
    type(statement.article).objects.update(rights="full_text")
    page = page_of(statement.article)
    assert "From an earlier version of the text" in page
    assert "“We lose.”" in page
    assert SENTENCE not in page
    assert page.count(f'id="s-{statement.uid}"') == 1


@pytest.mark.parametrize("removed", [{}, {"passages-1-removed": "on"}])
def test_a_statement_of_which_a_part_is_left_has_one_anchor(editor, article, removed):
    statement = make_statement("We win.", "We lose.", article=article)
    versions.add_version(article, NEW)
    type(article).objects.update(rights="full_text")
    if removed:
        send(editor, change_url(statement), **removed, correction="minor")
    page = page_of(article)
    assert "“We lose.”" in page
    assert page.count(f'id="s-{statement.uid}"') == 1


@pytest.mark.parametrize("removed", [{}, REMOVED])
@pytest.mark.parametrize("rights", ["excerpts", "full_text"])
def test_no_link_pretends_that_the_publisher_still_has_the_words(
    editor, statement, removed, rights
):
    type(statement.article).objects.update(rights=rights)
    if removed:
        send(editor, change_url(statement), **removed)
    for record in (statement, statement.article):
        assert ":~:text=We%20lose" not in page_of(record)


def test_a_link_leads_to_words_that_the_newest_version_holds(article):
    statement = make_statement("We win.", article=article)
    versions.add_version(article, NEW)
    for record in (statement, article):
        assert f"{URL}#:~:text=We%20win" in page_of(record)


def test_the_full_text_lists_what_was_removed_from_it(editor, statement):
    type(statement.article).objects.update(rights="full_text")
    send(editor, change_url(statement), **REMOVED)
    page = page_of(statement.article)
    assert "Since removed from the source" in page
    assert f'id="s-{statement.uid}"' in page


def test_a_paraphrase_whose_passage_was_removed_says_so_too(editor, article):
    reported = make_statement(
        "We lose.", article=article, form="indirect", text="Lee feared defeat."
    )
    versions.add_version(article, NEW)
    send(editor, change_url(reported), **REMOVED)
    for record in (reported, article):
        page = page_of(record)
        assert SENTENCE in page
        assert "We lose." not in page


def test_a_part_that_was_removed_is_called_a_part(editor, article):
    statement = make_statement("We win.", "We lose.", article=article)
    versions.add_version(article, NEW)
    send(
        editor,
        change_url(statement),
        **{"passages-1-removed": "on"},
        correction="minor",
    )
    assert "The source has since removed a part of this." in page_of(statement)


def test_a_listed_proposal_that_was_removed_says_so(editor, article):
    listed = make_listed("Build a bridge.", proposal_list=make_list(article=article))
    versions.add_version(article, NEW)
    send(editor, change_url(listed), **REMOVED)
    assert SENTENCE in page_of(listed)


def test_the_decision_is_taken_back(editor, statement):
    send(editor, change_url(statement), **REMOVED)
    typed = {"passages-0-removed": None, "correction": "minor"}
    assert send(editor, change_url(statement), **typed).status_code == 302
    assert statement.passages.get().removed_in is None
    assert waiting(editor) == 1
    assert SENTENCE not in page_of(statement)


def test_words_that_the_newest_version_holds_are_not_removed(editor, article):
    statement = make_statement("We lose.", article=article)
    versions.add_version(article, f"{OLD} “We lose.”")
    response = send(editor, change_url(statement), **REMOVED)
    assert "The newest version holds these words" in errors(response)


def test_the_date_is_that_of_the_first_version_without_the_words(editor, statement):
    versions.add_version(statement.article, f"{NEW} More.")
    send(editor, change_url(statement), **REMOVED)
    assert statement.passages.get().removed_in.number == 2


@pytest.mark.parametrize(("text", "number"), [(OLD, 3), (f"{OLD} “We lose.”", 1)])
def test_words_that_come_back_are_no_longer_removed(editor, statement, text, number):
    send(editor, change_url(statement), **REMOVED)
    versions.add_version(statement.article, text)
    passage = statement.passages.get()
    assert (passage.version.number, passage.removed_in) == (number, None)


def test_two_editors_keep_the_decision_of_the_first(editor, second, statement):
    url = change_url(statement)
    typed = filled_in(second, url, occasion="a rally", correction="minor")
    send(editor, url, **REMOVED)
    assert second.post(url, typed).status_code == 302
    assert statement.passages.get().removed_in.number == 2


def test_no_version_that_holds_the_words_is_said_to_lack_them(article):
    statement = make_statement("We lose.", article=article)
    rows = StatementPassage.objects.filter(statement=statement)
    same = make_version(article, f"{OLD} More.", 2)
    elsewhere = make_version(make_article(), NEW, 2)
    for version in (same, elsewhere, article.versions.get(number=1)):
        with refused("removed_since"), checked():
            rows.update(removed_in=version)
