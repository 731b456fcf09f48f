"""The site search, and the facets of lists that the index answers."""

import re

import pytest
from django.test import Client

from archive import search
from archive.core.dates import Precision
from archive.ingest import load_seed
from archive.models import FailedSearch
from tests.factories import (
    make_article,
    make_listed,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html

pytestmark = pytest.mark.django_db
client = Client()


def page(address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return Html(answer.content.decode())


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def tabs(html):
    return dict(re.findall(r"(\w+)<span class=\"num\">(\d+)", html))


@pytest.fixture(params=["index", "PostgreSQL"])
def answering(request):
    """Builds the index, or lets PostgreSQL answer."""
    return (
        request.getfixturevalue("reindex") if request.param == "index" else lambda: None
    )


def test_every_kind_of_record_is_found_with_the_number_of_each(answering):
    statement = make_statement(
        "taxes will fall", form="indirect", text="Lee said that harbors freeze."
    )
    make_listed(title="Dredge harbors")
    make_speaker(name="Nobody Harbors")  # she has nothing public
    make_statement(speaker=make_speaker(name="Ann Harbor"))
    answering()
    html = page("/search/?q=harbor")
    assert tabs(html) == {
        "All": "4",
        "Statements": "2",
        "Proposals": "1",
        "Articles": "0",
        "Speakers": "1",
    }
    assert statement.get_absolute_url() in html
    assert "Dredge <mark>harbors</mark>" in page("/search/?q=harbor&type=proposals")
    assert "Ann <mark>Harbor</mark>" in page("/search/?q=harbor&type=speakers")


def test_everything_is_open_and_says_of_each_result_what_kind_it_is(answering):
    make_proposal(title="Dredge harbors")
    make_statement(form="indirect", text="Lee said that harbors freeze.")
    answering()
    html = page("/search/?q=harbors")
    assert "All 2" in text_of(re.search(r'aria-current="page".*?</a>', html, re.S)[0])
    results = html.partition("<ol>")[2]
    assert "<strong>Proposal</strong>" in results
    assert "<strong>Statement</strong>" in results


def test_the_search_keeps_its_tab_and_words_over_pages(answering):
    for index in range(25):
        make_proposal(title=f"Dredge harbor {index}")
    answering()
    html = page("/search/?q=harbor&type=proposals")
    following = re.search(r'rel="next" href="([^"]+)"', html)[1].replace("&amp;", "&")
    assert len(re.findall('class="res"', page(following))) == 5


@pytest.mark.parametrize(
    "query", ["type=nothing", "page=0", "page=x", "q=%00", f"q={'a' * 2001}"]
)
def test_a_malformed_search_is_answered_with_what_is_wrong(query):
    assert "This address is not valid" in page(f"/search/?{query}", 400)


def test_whatever_is_typed_gets_a_page(answering):
    make_statement()
    answering()
    for query in (
        "the of",
        "-harbor",
        "*",
        "speaker:lee",
        '"open',
        "((",
        "%F0%9F%97%BD 市長 мэр",
        "a+" * 999,
        "OR",
        "%22%22%22",
    ):
        for path in ("/search/", "/statements/", "/articles/"):
            address = f"{path}?q={query}"
            assert "results-heading" in page(address), address


def test_the_words_of_an_article_find_it_and_are_not_shown(answering):
    article = make_article(
        "“We will fight,” Lee said near the frozen harbor.", summary="A fight."
    )
    answering()
    html = page("/articles/?q=harbor")
    assert article.get_absolute_url() in html
    assert "frozen" not in html


def test_a_text_that_may_be_shown_is_shown_around_the_words(reindex):
    article = make_article(
        "word " * 99 + "the <i>frozen</i> harbor & more" + " word" * 99,
        rights="full_text",
    )
    reindex()
    html = page("/articles/?q=harbors")
    assert article.get_absolute_url() in html
    assert "the &lt;i&gt;frozen&lt;/i&gt; <mark>harbor</mark> &amp; more" in html


def test_a_mistyped_word_gets_a_suggestion_that_leads_to_results(reindex):
    make_statement(speaker=make_speaker(name="Jumaane Williams"))
    reindex()
    html = page("/search/?q=Jumane")
    link = re.search(r'Did you mean ?<a href="([^"]+)"', html)[1].replace("&amp;", "&")
    assert "2 results" in page(link)  # the statement and its speaker
    assert "Did you mean" not in page("/search/?q=Jumaane")


def test_no_suggestion_comes_from_words_that_are_not_shown(reindex):
    make_article("“We will fight,” Lee said. A zephyr blew.")
    reindex()
    assert "Did you mean" not in page("/articles/?q=zephir")


def test_a_search_that_fails_by_its_marks_is_run_without_them_and_says_so(reindex):
    make_statement("taxes will fall", form="indirect", text="Taxes will fall.")
    reindex()
    html = page("/statements/?q=%22fall+taxes%22")
    assert "These results match the words alone." in html
    assert "1 statement" in html


def test_an_empty_result_names_what_to_drop(answering):
    ann, topic = make_speaker(name="Ann Lee"), make_topic(name="Taxes")
    make_statement(speaker=ann)
    make_statement().topics.add(topic)
    make_statement().topics.add(topic)
    answering()
    text = text_of(page(f"/statements/?speaker={ann.slug}&topic={topic.slug}"))
    assert "Remove “Speaker” 2 results Remove “Topic” 1 result" in text


def test_a_long_facet_is_shown_whole_on_demand(answering):
    for _ in range(15):
        make_statement(speaker=make_speaker())
    answering()
    html = page("/statements/")
    assert html.count('name="speaker"') == 12
    whole = re.search(
        r'class="more" href="([^"]+)">Show all ?<span class="vh">Speaker', html
    )[1].replace("&amp;", "&")
    assert page(whole).count('name="speaker"') == 15


def test_a_statement_that_supports_one_and_opposes_another_is_not_crossed(reindex):
    statement = make_statement()
    one, other = make_proposal(), make_proposal()
    make_position(statement, proposal=one, stance="supports")
    make_position(statement, proposal=other, stance="opposes")
    reindex()
    assert "1 statement" in page(f"/statements/?proposal={one.slug}&stance=supports")
    for proposal, stance in ((one, "opposes"), (other, "supports")):
        html = page(f"/statements/?proposal={proposal.slug}&stance={stance}")
        assert "0 statements" in html
        option = (
            r'value="(\w+)"( checked)?>\s*<span class="t">[^<]+</span>\s*<span '
            r'class="c num">(\d+)'
        )
        options = re.findall(option, html)
        assert (stance, " checked", "0") in options


def test_results_of_every_year_are_drawn(reindex):
    for year in (2019, 2019, 2021):
        make_statement(said_on=f"{year}-01-01", said_precision=Precision.YEAR)
    reindex()
    html = page("/statements/?since=2021-01-01")
    assert "Results by year, 2019 to 2021, most in 2019" in html
    assert 'class="on" d="M20 40v-20h8v20z"' in html


def test_words_that_ask_for_nothing_stay_in_the_page_and_its_urls(answering):
    make_statement()
    answering()
    html = page("/statements/?q=https%3A%2F%2Fx.example%2Fa&form=direct")
    assert "1 statement for “https://x.example/a”" in text_of(html)
    assert (
        'href="/statements/?q=https%3A%2F%2Fx.example%2Fa"' in html
    )  # without the other filter


def test_the_words_of_a_request_are_parsed_once(answering, monkeypatch):
    make_position(make_statement())
    answering()
    parsed, parse = [], search.parse
    monkeypatch.setattr(
        search, "parse", lambda typed: parsed.append(typed) or parse(typed)
    )
    for path in (
        "/statements/?q=fight",
        "/search/?q=fight&type=proposals",
        "/positions.csv?q=fight",
    ):
        parsed.clear()
        client.get(path)
        assert parsed == ["fight"], path


def test_a_list_from_the_index_costs_few_queries(
    reindex, django_assert_max_num_queries
):
    article = make_article(outlet=make_outlet())
    for _ in range(25):
        statement = make_statement(article=article)
        statement.topics.add(make_topic())
        make_position(statement)
    reindex()
    for path in (
        "/statements/",
        "/statements/?q=fight&form=direct",
        "/search/?q=fight",
        "/proposals/",
        "/positions/",
    ):
        with django_assert_max_num_queries(12):
            page(path)


def test_searches_in_vain_are_counted_without_what_could_name_a_person(reindex):
    make_statement()
    reindex()
    for address in (
        "/statements/?q=Zebra",
        "/statements/?q=zebra+",
        "/search/?q=zebra",
        "/statements/?q=fight",
    ):
        page(address)
    # the filter may be the reason for no results
    page("/statements/?q=zebra&form=partial")
    page("/statements/?q=me@example.org")
    page("/statements/?q=212+555+0188")
    page(f"/statements/?q={'zebra+' * 9}")
    rows = FailedSearch.objects.order_by("-count").values_list(
        "list_name", "words", "count"
    )
    assert list(rows) == [("statements", "zebra", 2), ("everything", "zebra", 1)]
    assert {field.name for field in FailedSearch._meta.fields} == {
        "id",
        "list_name",
        "words",
        "count",
        "last_on",
    }


def test_the_least_asked_searches_in_vain_give_way(monkeypatch):
    monkeypatch.setattr("archive.models.failed_searches.MAX_ROWS", 2)
    for words in ("often", "often", "once", "new"):
        FailedSearch.objects.note("statements", words)
    assert set(FailedSearch.objects.values_list("words", flat=True)) == {"often", "new"}


def test_the_examples_of_the_help_page_run(reindex):
    load_seed()
    reindex()
    html = page("/help/search/")
    examples = re.findall(
        r'<dt><a href="(/search/\?q=[^"]+)".*?\((\d+) results?\)', html, re.S
    )
    assert len(examples) >= 5
    for address, count in examples:
        assert int(count) > 0, address
        assert tabs(page(address.replace("&amp;", "&")))["All"] == count


def test_every_page_has_one_search_box():
    load_seed()
    for path in (
        "/",
        "/about/",
        "/statements/",
        "/search/",
        "/topics/",
        "/help/search/",
    ):
        assert page(path).count('role="search"') == 1, path
