"""The page of an article: who says what, where, and how much the rights allow."""

import re

import pytest
from django.test import Client

from archive.models import Article, Correction
from archive.wording.text_fragments import at_words
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_speaker,
    make_statement,
)
from tests.html import Html
from tests.public.test_pages import text_of

pytestmark = pytest.mark.django_db
client = Client()


def page_of(article: Article, **parameters: str) -> str:
    return Html(client.get(article.get_absolute_url(), parameters).content.decode())


def two_voices(**fields) -> Article:
    article = make_article(**fields)
    make_statement(
        "We will fight,", article=article, speaker=make_speaker(name="Ann Lee")
    )
    make_statement("And we win.", article=article, speaker=make_speaker(name="Bo Day"))
    return article


@pytest.mark.parametrize("rights", ["excerpts", "full_text"])
def test_one_speakers_words_can_be_read_alone(rights):
    article = two_voices(rights=rights)
    page = page_of(article, speaker="ann-lee")
    assert 'href="?speaker=ann-lee" aria-current="true"' in page
    marked = page.split('id="statements"', 1)[1]
    assert "Ann Lee" in marked
    assert "Bo Day" not in marked


@pytest.mark.parametrize("rights", ["excerpts", "full_text"])
def test_a_name_that_is_not_in_the_article_gets_a_sentence(rights):
    page = text_of(two_voices(rights=rights).get_absolute_url() + "?speaker=nobody")
    assert "No speaker of that name is quoted or reported in this article." in page
    assert "We will fight" not in page


def test_a_list_stands_with_its_issuers_words():
    article = two_voices()
    ann = article.statements.first().speaker
    make_listed(
        proposal_list=make_list(article=article, issued_by=ann, title="Her list")
    )
    assert 'id="list-her-list"' in page_of(article, speaker="ann-lee")
    assert 'id="list-her-list"' not in page_of(article, speaker="bo-day")


def test_passages_of_the_full_text_are_numbered_and_lead_to_their_statements():
    article = two_voices(rights="full_text")
    statement = article.statements.last()
    make_position(
        statement, speaker=statement.speaker, basis="own_words", stance="opposes"
    )
    page = page_of(article)
    link = (
        f'<a class="qm" href="{statement.get_absolute_url()}">And we win.<sup>2</sup>'
    )
    assert f'<span id="s-{statement.uid}"></span>{link}' in page
    assert "Opposes" in page.split(f'id="s-{statement.uid}"', 1)[1]


@pytest.mark.parametrize("rights", ["excerpts", "full_text"])
def test_a_passage_leads_back_to_the_proposal_it_is_evidence_on(rights):
    article = two_voices(rights=rights)
    statement = article.statements.first()
    position = make_position(statement, speaker=statement.speaker, basis="own_words")
    passage = page_of(article).split(f'id="s-{statement.uid}"', 1)[1]
    back = passage.partition("Back to the proposal:")
    assert position.get_absolute_url() in back[0][-200:]
    assert str(position.proposal) in back[2][:200]


@pytest.mark.parametrize("rights", ["excerpts", "full_text"])
def test_a_run_of_one_speaker_has_one_note(rights):
    text = "“One thing.” “Two things.” they said. “No.” “Three things.”"
    article = make_article(text.replace(" “", "\n“"), rights=rights)
    ann, bo = make_speaker(name="Ann Lee"), make_speaker(name="Bo Day")
    for words, speaker in (
        ("One thing.", ann),
        ("Two things.", ann),
        ("No.", bo),
        ("Three things.", ann),
    ):
        make_statement(words, article=article, speaker=speaker)
    page = page_of(article).split('id="statements"', 1)[1]
    names = re.findall(r'<a class="nm" href="[^"]*">([^<]*)</a>', page)
    assert names == ["Ann Lee", "Bo Day", "Ann Lee"]


@pytest.mark.parametrize("rights", ["excerpts", "full_text"])
def test_the_source_of_a_statement_leads_to_its_place_in_the_article(rights):
    article = two_voices(rights=rights)
    page = page_of(article)
    for statement in article.statements.all():
        assert page.count(f'id="s-{statement.uid}"') == 1
        for path in ("/statements/", statement.get_absolute_url()):
            link = f'<a href="{article.get_absolute_url()}#s-{statement.uid}">'
            assert link in client.get(path).content.decode(), path


def test_a_statement_of_a_full_text_leads_to_the_words_at_the_publisher():
    url = "https://herald.example/1"
    statement = two_voices(rights="full_text", url=url).statements.last()
    page = client.get(statement.get_absolute_url()).content.decode()
    assert f'href="{at_words(url, "And we win.")}"' in page


def test_a_split_quotation_is_read_as_one_and_says_what_is_left_out():
    article = make_article()
    make_statement("We will fight,", "And we win.", article=article)
    page = text_of(article.get_absolute_url())
    assert (
        "“We will fight,” […] Part of the article is left out here. “And we win.”"
        in page
    )
    assert page.count("Direct quotation") == 1


def test_corrections_of_its_statements_are_shown():
    article = two_voices()
    uid = article.statements.first().uid
    fields = {
        "table": "statements.statement",
        "record_uid": uid,
        "status": "published",
        "date": "2024-01-01",
    }
    Correction.objects.create(**fields, note="A comma was wrong.")
    assert "A comma was wrong." in text_of(article.get_absolute_url())


def test_words_lead_to_their_place_at_the_publisher_but_reported_ones_never():
    article = make_article(url="https://example.org/news")
    make_statement("We will fight,", article=article)
    make_statement(
        "taxes will fall",
        article=article,
        form="indirect",
        text="Lee expects lower taxes.",
    )
    page = page_of(article)
    assert 'href="https://example.org/news#:~:text=We%20will%20fight"' in page
    assert "taxes%20will" not in page


@pytest.mark.parametrize(
    ("url", "words", "address"),
    [
        ("", "We win.", ""),
        ("https://e.org/a", "We win.", "https://e.org/a#:~:text=We%20win"),
        ("https://e.org/a#top", "We win.", "https://e.org/a#top:~:text=We%20win"),
        (
            "https://e.org/a",
            "a, well-known & old",
            "https://e.org/a#:~:text=a%2C%20well%2Dknown%20%26%20old",
        ),
        (
            "https://e.org/a",
            "...a b c d e f\ng h i j k l,",
            "https://e.org/a#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l",
        ),
        ("https://e.org/a", "…", ""),
    ],
)
def test_an_address_at_words_follows_the_syntax_of_text_fragments(url, words, address):
    assert at_words(url, words) == address


def test_an_article_that_is_only_linked_does_not_say_that_passages_of_it_are_shown():
    article = make_article(rights="link_only")
    make_statement(
        "We will fight,", article=article, form="indirect", text="Lee means to resist."
    )
    page = text_of(article.get_absolute_url())
    assert "The text of this article is not shown." in page
    assert "Only the passages quoted" not in page


def test_an_article_without_statements_offers_no_way_to_an_empty_list():
    assert "Filter its statements" not in text_of(make_article().get_absolute_url())
    assert "Filter its statements" in text_of(two_voices().get_absolute_url())


def test_the_list_counts_only_what_an_article_has():
    make_listed(proposal_list=make_list(article=make_article(headline="With a list")))
    make_statement(article=make_article(headline="With a statement"))
    page = text_of("/articles/")
    counted = ("1 proposal", "1 statement", "0 proposals", "0 statements")
    assert [label for label in counted if label in page] == [
        "1 proposal",
        "1 statement",
    ]
