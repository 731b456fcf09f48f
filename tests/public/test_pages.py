"""What a reader sees."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.ingest import load_seed
from archive.models import Article
from archive.wording.shortening import LONG
from policies.models import Proposal
from statements.models import Speaker, Statement, StatementPassage
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.html import Html

pytestmark = pytest.mark.django_db
client = Client()


def text_of(path, **follow):
    """Returns the page's text without tags, with entities resolved and spaces
    joined.
    """
    response = client.get(path, **follow)
    assert response.status_code == 200, path
    main = response.content.decode().split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def between(text, start, end):
    return text.split(start, 1)[1].split(end, 1)[0]


def test_the_quoted_passages_of_the_seed_stand_on_the_pages_character_for_character():
    load_seed()
    passages = StatementPassage.objects.filter(
        statement__form__in=["direct", "partial"]
    )
    assert len(passages) == 10
    article = text_of(Article.objects.get().get_absolute_url())
    for passage in passages:
        assert passage.exact in article
        assert passage.exact in text_of(passage.statement.get_absolute_url())


def test_under_excerpts_no_page_shows_other_words_of_the_article():
    load_seed()
    version = Article.objects.get().latest_version
    anchors = [
        "the border czar for president-elect",
        "shortly after Adams met with Homan",
        "who condemned the mayor",
    ]
    anchors += [
        "currently trying to figure out whether they have",
        "allows city officials to communicate and",
    ]
    assert all(anchor in version.text for anchor in anchors)
    paths = [
        "/",
        "/statements/",
        "/proposals/",
        "/positions/",
        "/articles/",
        "/statements/?q=figure",
    ]
    paths += [
        record.get_absolute_url()
        for model in (Article, Statement, Proposal)
        for record in model.objects.all()
    ]
    paths += [
        speaker.get_absolute_url() for speaker in Speaker.objects.public().listed()
    ]
    for path in paths:
        page = text_of(path)
        assert not [anchor for anchor in anchors if anchor in page], path


def test_full_text_is_shown_with_its_passages_marked_only_where_the_rights_allow():
    article = make_article(rights="full_text")
    make_statement("We will fight,", article=article)
    assert "taxes will fall" in text_of(article.get_absolute_url())
    assert '">We will fight,<sup>1</sup></a>' in Html(
        client.get(article.get_absolute_url()).content.decode()
    )
    Article.objects.update(rights="excerpts")
    page = text_of(article.get_absolute_url())
    assert "We will fight," in page
    assert "taxes will fall" not in page


def test_a_reported_statement_is_labelled_and_never_in_quotation_marks():
    statement = make_statement(
        "taxes will fall", form="indirect", text="Lee expects lower taxes."
    )
    for path in (
        statement.get_absolute_url(),
        "/statements/",
        statement.article.get_absolute_url(),
    ):
        page = text_of(path)
        assert "Reported, not verbatim" in page, path
        assert "“Lee expects" not in page


def test_a_fragment_is_never_shown_without_its_sentence():
    statement = make_statement(
        "we win", form="partial", text="Lee promised that “we win” soon."
    )
    for path in (
        statement.get_absolute_url(),
        "/statements/",
        statement.article.get_absolute_url(),
    ):
        page = text_of(path)
        assert page.count("we win") == page.count("Lee promised that “we win” soon."), (
            path
        )


def test_context_stands_in_brackets_before_the_words():
    statement = make_statement(context="of the budget")
    assert "[of the budget] “We will fight,”" in text_of(statement.get_absolute_url())


def test_the_proposal_page_says_who_put_it_forward_apart_from_the_positions():
    issuer = make_speaker(name="The Office")
    proposal = make_listed(proposal_list=make_list(issued_by=issuer))
    assert "No stated positions are recorded" in text_of(proposal.get_absolute_url())
    make_position(proposal=proposal)
    page = text_of(proposal.get_absolute_url())
    assert "Put forward by The Office" in page
    assert "Put it forward" in between(
        page, "All positions", "not counted among the positions"
    )


def test_the_proposal_page_keeps_what_is_inferred_apart_and_uncounted():
    one, two = User.objects.create(username="one"), User.objects.create(username="two")
    proposal, ann = make_proposal(), make_speaker(name="Ann Lee")
    statement = make_statement(speaker=ann)
    make_position(
        statement, speaker=ann, proposal=proposal, basis="own_words", stance="supports"
    )
    make_position(speaker=ann, proposal=proposal, basis="document", stance="supports")
    make_position(
        proposal=proposal,
        basis="inferred",
        stance="opposes",
        rationale="It follows.",
        recorded_by=one,
        reviewed_by=two,
    )
    page = text_of(proposal.get_absolute_url())
    assert "1 speaker supports it" in page
    assert "oppose" not in between(
        page, "Where people stand", "Inferred by the editors"
    )
    assert "It follows." in page.split("Inferred by the editors", 1)[1]


def test_a_position_row_names_words_basis_source_and_date():
    ann = make_speaker(name="Ann Lee")
    article = make_article(headline="Lee speaks", published_on="2024-12-12")
    statement = make_statement(
        speaker=ann, article=article, attribution="Mayor Ann Lee"
    )
    position = make_position(statement, speaker=ann, basis="own_words")
    page = text_of(position.proposal.get_absolute_url())
    for words in (
        "Ann Lee",
        "Mayor",
        "“We will fight,”",
        "In their own words",
        "Lee speaks",
        "Dec. 12, 2024",
    ):
        assert words in page


def test_a_source_one_click_away():
    statement = make_statement()
    page = Html(client.get(statement.get_absolute_url()).content.decode())
    assert f'href="{statement.article.get_absolute_url()}"' in page


def test_an_inferred_date_says_so_and_a_missing_one_too():
    dated = make_statement(said_on="2024-12-12", said_is_inferred=True)
    assert "Dec. 12, 2024 * (date inferred)" in text_of(dated.get_absolute_url())
    page = text_of(make_statement().get_absolute_url())
    assert "Said on Not recorded" in page
    assert (
        "The source does not say" not in page
    )  # a missing date says nothing about the source


@pytest.mark.parametrize(
    ("precision", "written"), [("month", "December 2024"), ("year", "2024")]
)
def test_a_date_is_shown_as_precisely_as_it_is_known(precision, written):
    day = "2024-12-01" if precision == "month" else "2024-01-01"
    page = text_of(
        make_statement(said_on=day, said_precision=precision).get_absolute_url()
    )
    assert between(page, "Said on ", " Source") == written


def test_a_supplied_headline_stands_in_brackets():
    article = make_article(headline="Ours", headline_is_supplied=True)
    assert "[Ours] Title supplied by the archive" in text_of(article.get_absolute_url())


def test_an_office_whose_end_is_unknown_is_given_as_of_a_date():
    statement = make_statement()
    statement.speaker.affiliations.create(
        is_published=True, title="Mayor", known_on="2024-12-12", known_is_inferred=True
    )
    assert "as of Dec. 12, 2024 * (date inferred) Mayor" in text_of(
        statement.speaker.get_absolute_url()
    )


def test_an_office_that_ended_has_its_dates_as_all_dates_are_written():
    statement = make_statement()
    statement.speaker.affiliations.create(
        is_published=True, title="Mayor", start="2016-01-04", end="2019-12-31"
    )
    assert "Jan. 4, 2016 – Dec. 31, 2019 Mayor" in text_of(
        statement.speaker.get_absolute_url()
    )


def test_a_merged_speaker_leads_to_the_one_it_went_into():
    speaker = make_statement().speaker
    gone = make_speaker(merged_into=speaker)
    response = client.get(f"/speakers/{gone.slug}/")
    assert (response.status_code, response["Location"]) == (
        301,
        speaker.get_absolute_url(),
    )
    hidden = make_speaker(merged_into=make_speaker())
    assert client.get(f"/speakers/{hidden.slug}/").status_code == 404


def test_the_permanent_address_leads_to_the_record():
    statement = make_statement()
    position = make_position(statement, basis="reported")
    for record in (
        statement,
        statement.article,
        statement.speaker,
        position,
        position.proposal,
    ):
        response = client.get(f"/id/{record.uid}/")
        assert (response.status_code, response["Location"]) == (
            302,
            record.get_absolute_url(),
        )


def test_long_words_and_scripts_are_text_everywhere():
    evil = "<script>alert(1)</script>"
    article = make_article(
        text=f"“{evil}” she said.", headline=evil, byline=evil, rights="full_text"
    )
    statement = make_statement(
        evil,
        article=article,
        speaker=make_speaker(name=evil),
        attribution=evil,
        context=evil,
    )
    proposal = make_proposal(title=evil, text=evil, article=article)
    make_position(
        statement,
        speaker=statement.speaker,
        proposal=proposal,
        basis="own_words",
        rationale=evil,
    )
    for record in (article, statement, statement.speaker, proposal):
        assert "<script>" not in client.get(record.get_absolute_url()).content.decode()


def test_the_lists_of_proposals_name_what_is_public_the_newest_first():
    older = make_listed(
        proposal_list=make_list(title="Older", issued_on="2024-01-01")
    ).proposal_list
    newer = make_listed(
        proposal_list=make_list(title="Newer", issued_on="2024-06-01")
    ).proposal_list
    make_listed(proposal_list=newer, status="draft")
    make_list(title="Not yet", status="draft")
    make_list(title="Of a draft", article=make_article(status="draft"))
    page = text_of("/lists/")
    assert "Newer 1 proposal, issued by" in page
    assert page.index("Newer") < page.index("Older")
    assert "Not yet" not in page
    assert "Of a draft" not in page
    assert f'href="{older.get_absolute_url()}"' in Html(
        client.get("/lists/").content.decode()
    )


def test_more_lists_than_a_page_holds_stand_on_the_next(monkeypatch):
    monkeypatch.setattr("policies.views.PAGE_OF_LISTS", 1)
    make_list(title="Older", issued_on="2024-01-01")
    make_list(title="Newer", issued_on="2024-06-01")
    assert 'href="/lists/?page=2"' in Html(client.get("/lists/").content.decode())
    assert "Older" in text_of("/lists/?page=2")
    assert "Newer" not in text_of("/lists/?page=2")


def test_no_page_promises_words_where_a_position_may_rest_on_an_action_or_a_report():
    voted = make_position(basis="action", source_url="https://roll.example/1")
    for path in (
        "/",
        "/about/",
        "/compare/",
        voted.proposal.get_absolute_url(),
        voted.speaker.get_absolute_url(),
    ):
        page = client.get(path).content.decode().lower()
        assert "the words it rests on" not in page, path
        assert "in their own words with" not in page.replace(",", ""), path
        assert "the words of a source" not in page, path


def test_the_menu_calls_a_section_the_page_only_on_its_own_page():
    statement = make_statement()
    for path, current in (
        ("/statements/", "page"),
        (statement.get_absolute_url(), "true"),
    ):
        assert re.search(
            rf'href="/statements/" aria-current="{current}">\s*Statements',
            client.get(path).content.decode(),
        )


def test_the_permanent_address_can_be_copied_from_paper():
    statement = make_statement()
    assert f"Permanent address http://testserver/id/{statement.uid}/" in text_of(
        statement.get_absolute_url()
    )


def test_a_quotation_cut_for_a_title_says_that_something_is_left_out():
    words = "We will fight, " + "and fight, " * 30
    statement = make_statement(words, article=make_article(f"“{words}” she said."))
    title = between(
        client.get(statement.get_absolute_url()).content.decode(), "<title>", "</title>"
    )
    assert " […]” — On Record" in title
    assert "…”" not in title.replace("[…]", "")
    assert len(str(statement)) <= LONG
