"""A researcher and a citizen, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from archive.serving import indexing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(open_page):
    indexing.rebuild()
    return open_page


def heading(page):
    return page.locator("#results-heading")


def is_same_page(page):
    """Checks that no page was loaded since `mark` was called."""
    return page.evaluate("window.marked === true")


def narrow(page, name, scripts=True):
    """Ticks a box; without scripts a button submits the form."""
    page.locator("#filters").get_by_role("checkbox", name=name).check()
    if not scripts:
        page.get_by_role("button", name="Apply filters").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_researcher_finds_filters_and_shares(visit, scripts):
    page = visit("/statements/", scripts=scripts)
    page.evaluate("window.marked = true")
    page.locator("#q").fill("city")
    page.locator("#q").press("Enter")
    expect(heading(page)).to_contain_text("for “city”")
    everything = heading(page).inner_text()
    narrow(page, "Eric Adams", scripts)
    expect(page.locator(".active")).to_contain_text("Eric Adams")
    narrow(page, "Discusses", scripts)
    expect(page.locator(".active")).to_contain_text("Discusses")
    assert "speaker=eric-adams" in page.url
    assert "stance=discusses" in page.url
    assert bool(is_same_page(page)) == scripts
    title, rows = heading(page).inner_text(), page.locator("#results ol").inner_text()
    assert title != everything
    private = visit(
        page.url.replace(page.url.split("/statements/")[0], ""), scripts=scripts
    )
    assert (
        heading(private).inner_text(),
        private.locator("#results ol").inner_text(),
    ) == (title, rows)


def test_on_a_phone_the_filters_open_below_their_button_without_scripts(visit):
    page = visit("/statements/?stance=opposes", 390, scripts=False)
    filters, button = page.locator("#filters"), page.locator(".fbtn:visible")
    expect(filters).to_be_hidden()
    expect(button).to_have_text(re.compile(r"Filters\s+\(1\)"))
    button.click()
    expect(filters).to_be_in_viewport()
    expect(button).to_have_text("Close filters")
    bottom, top = page.locator(".fbtn.shut, #filters").evaluate_all(
        """([button, filters]) =>
        [button.getBoundingClientRect().bottom, filters.getBoundingClientRect().top]"""
    )
    assert 0 < top - bottom < 20
    filters.get_by_role("checkbox", name="Brad Lander").check()
    apply = filters.get_by_role("button", name="Apply filters")
    expect(apply).to_be_in_viewport()
    apply.click()
    expect(heading(page)).to_have_text("1 statement")
    expect(filters).to_be_hidden()
    assert "speaker=brad-lander" in page.url
    assert "#" not in page.url


def test_on_a_phone_a_ticked_box_tells_how_many_results_there_will_be(visit):
    page = visit("/statements/", 390)
    page.locator(".fbtn:visible").click()
    filters = page.locator("#filters")
    filters.get_by_role("checkbox", name="Brad Lander").check()
    button = filters.get_by_role("button", name="Show 1 statement", exact=True)
    expect(button).to_be_in_viewport()
    expect(page.locator("[role=status]")).to_have_text("1 statement")
    expect(heading(page)).to_have_text("15 statements")
    filters.get_by_role("checkbox", name="Tom Homan").check()
    filters.get_by_role("button", name="Show 3 statements").click()
    expect(heading(page)).to_have_text("3 statements")
    expect(filters).to_be_hidden()


def test_beside_the_results_a_ticked_box_applies_at_once_and_keeps_the_focus(visit):
    page = visit("/statements/")
    page.evaluate("window.marked = true")
    box = page.locator("#filters").get_by_role("checkbox", name="Brad Lander")
    box.focus()
    page.keyboard.press("Space")
    expect(heading(page)).to_have_text("1 statement")
    expect(page.locator("[role=status]")).to_have_text("1 statement")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(heading(page)).to_have_text("15 statements")
    assert is_same_page(page)


def test_a_fold_of_filters_stays_open_when_its_last_box_is_unticked(visit):
    page = visit("/statements/")
    page.locator("#filters details:has(input) summary").click()
    office = page.locator("#filters details:has(input)").get_by_role("checkbox").first
    office.check()
    expect(page.locator(".active")).to_be_visible()
    office.uncheck()
    expect(page.locator(".active")).to_be_hidden()
    expect(office).to_be_visible()


def test_results_come_before_filters_for_a_screen_reader(visit):
    page = visit("/statements/")
    order = page.locator("#results, #filters").evaluate_all(
        "all => all.map(each => each.id)"
    )
    assert order == ["results", "filters"]


def test_back_brings_the_former_results_back(visit):
    page = visit("/statements/")
    before = heading(page).inner_text()
    narrow(page, "Brad Lander")
    expect(heading(page)).to_have_text("1 statement")
    expect(page.locator("[role=status]")).to_have_text("1 statement")
    page.go_back()
    expect(heading(page)).to_have_text(before)
    expect(
        page.locator("#filters").get_by_role("checkbox", name="Brad Lander")
    ).not_to_be_checked()
    page.go_forward()
    expect(heading(page)).to_have_text("1 statement")


def test_a_chip_and_a_tab_swap_the_results_too(visit):
    page = visit("/statements/?speaker=brad-lander")
    page.evaluate("window.marked = true")
    page.get_by_role("link", name="Speaker Brad Lander remove this filter").click()
    expect(heading(page)).to_have_text("15 statements")
    expect(heading(page)).to_be_focused()
    assert is_same_page(page)
    page = visit("/search/?q=city")
    page.evaluate("window.marked = true")
    page.locator(".tabs").get_by_role("link", name="Proposals").click()
    expect(page.locator(".tabs [aria-current]")).to_contain_text("Proposals")
    assert is_same_page(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_citizen_mistypes_a_name_and_gets_to_the_source(visit, scripts):
    page = visit("/", 390, scripts=scripts)
    page.locator("#q").fill("Jumane Wiliams")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="Jumaane Williams").click()
    expect(heading(page)).to_contain_text("5 results for “Jumaane Williams”")
    page.get_by_role("link", name="The statement").first.click()
    expect(page.locator("h1")).to_contain_text("Jumaane D. Williams")
    page.get_by_role("link", name="Eric Adams meets Tom Homan").first.click()
    expect(page.locator("h1")).to_contain_text("Eric Adams meets Tom Homan")


def test_a_move_within_the_page_asks_for_nothing(visit):
    page = visit("/statements/", 390)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.locator(".fbtn:visible").click()
    page.go_back()
    page.locator(".fbtn:visible").click()
    page.locator(".fbtn:visible").click()
    page.wait_for_timeout(300)
    assert [address for address in requests if "/statements/" in address] == []


def test_a_slow_answer_does_not_take_the_place_of_a_newer_one(visit):
    page, held = visit("/statements/"), []

    def hold(route):
        held.append(route)

    page.route("**/statements/?q=city", hold)
    page.locator("#q").fill("city")
    with page.expect_request("**/statements/?q=city"):
        page.locator("#q").press("Enter")
    narrow(page, "Brad Lander")
    expect(heading(page)).to_have_text("1 statement")
    with page.expect_response("**/statements/?q=city"):
        held[0].continue_()
    page.wait_for_timeout(300)
    expect(heading(page)).to_have_text("1 statement")
    assert "q=city" not in page.url
