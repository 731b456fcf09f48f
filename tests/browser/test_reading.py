import pytest
from playwright.sync_api import expect

from tests.factories import (
    make_article,
    make_organization,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_start_page_to_the_source_without_scripts(open_page):
    page = open_page("/", 390, scripts=False)
    page.get_by_role("link", name="Proposals", exact=True).first.click()
    page.get_by_role("link", name="Explore lawful ways").click()
    expect(page.get_by_role("heading", name="Where people stand")).to_be_visible()
    page.locator("[id^=position-]").get_by_role(
        "link", name="Eric Adams meets Tom Homan"
    ).click()
    expect(
        page.get_by_text("We don't do it for those who are citizens")
    ).to_be_visible()


def test_statements_are_filtered_by_speaker_with_keys_alone(open_page):
    page = open_page("/statements/", scripts=False)
    box = page.get_by_role("checkbox", name="Brad Lander")
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 statement")).to_be_visible()
    assert "speaker=brad-lander" in page.url
    page.get_by_role("link", name="Speaker Brad Lander remove this filter").click()
    expect(page.get_by_role("heading", name="15 statements")).to_be_visible()


def test_the_first_tab_stop_leads_past_the_menu(open_page):
    page = open_page("/statements/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


FITS = "document.documentElement.scrollWidth <= innerWidth"
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def test_long_names_other_scripts_and_many_positions_fit_the_screen(open_page):
    article = make_article(
        f"{LONG}: “אנחנו נבנה את הגשר.”",
        headline=LONG,
        rights="full_text",
        language="he",
    )
    speaker = make_speaker(name=LONG)
    statement = make_statement(
        "אנחנו נבנה את הגשר.", article=article, speaker=speaker, occasion=LONG
    )
    proposal = make_proposal(title=LONG, article=article, proposed_by=speaker)
    make_position(statement, speaker=speaker, proposal=proposal, basis="own_words")
    body = make_organization(name=LONG)
    for index in range(60):
        make_position(
            proposal=proposal,
            stance=["supports", "opposes"][index % 2],
            body=body,
            basis="action",
        )
    page = open_page("/")
    base = page.url.rstrip("/")
    for record in (article, speaker, statement, proposal):
        page.goto(base + record.get_absolute_url())
        for width in (390, 1360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(FITS), (record, width)
    # so many speakers are one bar, not a mark each
    tally = page.locator("main svg[role=img]").first
    assert "31" in tally.text_content()


def test_on_paper_no_heading_is_parted_from_what_it_heads(open_page):
    page = open_page(
        "/proposals/explore-lawful-ways-to-remove-people-convicted-of-a-major-felony/"
    )
    page.emulate_media(media="print")
    parted = (
        "all => all.filter(one => getComputedStyle(one).breakAfter !== "
        "'avoid').map(one => one.textContent)"
    )
    assert (
        page.eval_on_selector_all(
            "main h1, main h2, main h3, main .sec > header", parted
        )
        == []
    )
    assert page.locator(".tools").first.is_hidden()


def test_on_paper_a_list_begins_on_its_first_page(open_page):
    page = open_page("/statements/?speaker=eric-adams")
    page.emulate_media(media="print")
    assert (
        page.locator(".cols").evaluate("one => getComputedStyle(one).display")
        == "block"
    )  # a grid of results has a page 3


SMALL = """() => [...document.querySelectorAll("main a[href]")].filter(one => {
  const box = one.getBoundingClientRect();
  const isInline = getComputedStyle(one).display === "inline";
  return !isInline && box.height > 1 && box.height < 24;
}).map(one => one.textContent.trim())"""


def test_links_that_stand_alone_are_large_enough_for_a_thumb(open_page):
    page = open_page("/", 390)
    base = page.url.rstrip("/")
    alone = page.locator(
        "main .ft > a, main .who > a.nm, main .sd > a, main .lasting > a"
    )
    for path in (
        "/",
        "/statements/",
        "/positions/",
        "/speakers/eric-adams/",
        "/search/?q=ICE",
    ):
        page.goto(base + path)
        assert alone.first.evaluate(
            "one => getComputedStyle(one).display !== 'inline'"
        ), path
        assert page.evaluate(SMALL) == [], path
