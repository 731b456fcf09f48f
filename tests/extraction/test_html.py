"""The main text of a web page; facts about it only where the page states them."""

import pytest

pytest.importorskip("trafilatura")

from archive.extraction.html import LONGEST_PAGE, extract_html

PARAGRAPHS = (
    "Mayor Delia Harrow said on Tuesday that the ferry line will open again before the winter.",
    "“We have waited long enough,” Harrow said at the fish market, where some two hundred people stood.",
    "The boats were paid for by the province, and the crews have been trained since the spring.",
)


def page(head: str = "", body: str = "<h1>Ferry line opens again</h1>") -> str:
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    nav = "<nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
    return f"<!doctype html><html><head>{head}</head><body>{nav}<article>{body}{text}</article></body></html>"


def test_the_paragraphs_come_one_a_line_without_the_navigation() -> None:
    text = extract_html(page()).text
    assert all(p in text.split("\n") for p in PARAGRAPHS)
    assert "Sport" not in text


def test_a_page_that_states_nothing_gives_nothing_but_its_only_heading() -> None:
    article = extract_html(page())
    assert article.headline == "Ferry line opens again"
    assert (article.published_on, article.byline, article.outlet, article.url) == (None, None, None, None)


def test_what_json_ld_states_is_taken() -> None:
    article = extract_html(
        page(
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", '
            '"headline": "Ferry &amp; pier", "datePublished": "2031-03-04T23:10:00+02:00", '
            '"author": [{"name": "Ida Sorel"}, {"name": "Bo Tarrant"}], '
            '"publisher": {"name": "Port Post"}}]}</script>'
        )
    )
    assert article.headline == "Ferry & pier"
    assert article.published_on == "2031-03-04"
    assert article.byline == "Ida Sorel, Bo Tarrant"
    assert article.outlet == "Port Post"


def test_what_meta_and_link_elements_state_is_taken() -> None:
    article = extract_html(
        page(
            '<meta property="og:title" content="Ferry"><meta name="author" content="Ida Sorel">'
            '<meta content="Port Post" property="og:site_name">'
            '<link href="https://port.example/f" rel="canonical">'
            '<meta property="article:published_time" content="2031-03-04">'
        )
    )
    assert (article.headline, article.byline, article.outlet) == ("Ferry", "Ida Sorel", "Port Post")
    assert (article.url, article.published_on) == ("https://port.example/f", "2031-03-04")


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{not json</script>',
        '<script type="application/ld+json">' + "[" * 5000 + "</script>",
        '<meta property="article:published_time" content="2031-13-45">',
        '<meta property="og:url" content="javascript:alert(1)">',
        '<meta name="author" content="  ">',
    ],
)
def test_broken_metadata_states_nothing(head: str) -> None:
    article = extract_html(page(head))
    assert (article.published_on, article.byline, article.url) == (None, None, None)


def test_a_page_without_an_article_says_so() -> None:
    article = extract_html("")
    assert article.text == ""
    assert article.warnings == ("No article text was found on this page.",)


def test_a_page_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 10,000,000"):
        extract_html(" " * (LONGEST_PAGE + 1))
