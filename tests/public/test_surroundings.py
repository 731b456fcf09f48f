"""A statement within what may be shown around it, and its neighbours."""

import pytest
from django.test import Client

from tests.factories import make_article, make_position, make_speaker, make_statement
from tests.html import Html
from tests.public.test_pages import text_of

pytestmark = pytest.mark.django_db
TEXT = "Outside it rained. “One thing.” He sat.\n“Two things.” He left.\n“Three.” Late."


def page_of(statement):
    return Html(Client().get(statement.get_absolute_url()).content.decode())


def three(**fields):
    article, ann = make_article(TEXT, **fields), make_speaker(name="Ann Lee")
    return [
        make_statement(words, article=article, speaker=ann)
        for words in ("One thing.", "Two things.", "Three.")
    ]


def test_where_the_full_text_may_be_shown_its_paragraph_stands_around_the_words():
    first, *_ = three(rights="full_text")
    page = page_of(first)
    assert "Outside it rained. “<mark>One thing.</mark>” He sat." in page
    assert "He left." not in page


def test_words_that_fill_their_paragraph_have_the_ones_beside_it_around_them():
    article = make_article("First.\nSecond.\nThird.\nFourth.", rights="full_text")
    statement = make_statement(
        "Second.", article=article, marks_exception="A speech without marks."
    )
    page = page_of(statement)
    assert "<p>First.</p>" in page
    assert "<p>Third.</p>" in page
    assert "Fourth." not in page


def test_under_excerpts_only_public_statements_stand_around_it():
    _first, second, _third = three(rights="excerpts")
    page = text_of(second.get_absolute_url())
    assert "Before it: Ann Lee “One thing.”" in page
    assert "After it: Ann Lee “Three.”" in page
    for words in ("rained", "He sat", "He left", "Late."):
        assert words not in page


def test_a_statement_leads_to_the_previous_and_the_next_of_its_speaker():
    first, second, third = three()
    bo = make_statement("He sat.", article=first.article, marks_exception="A test.")
    page = page_of(second)
    assert f'href="{first.get_absolute_url()}" rel="prev"' in page
    assert f'href="{third.get_absolute_url()}" rel="next"' in page
    assert f'href="{bo.get_absolute_url()}"' not in page


def test_a_draft_is_no_neighbour():
    first, second, _third = three()
    first.status = "draft"
    first.save()
    assert "One thing" not in page_of(second)


def test_a_statement_can_be_shared_and_leads_back_to_its_proposal():
    first, *_ = three()
    position = make_position(first, speaker=first.speaker, basis="own_words")
    page = page_of(first)
    assert f"/id/{first.uid}/</textarea>" in page
    assert "mailto:?subject=" in page
    assert position.get_absolute_url() in page
