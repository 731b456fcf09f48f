import pytest
from playwright.sync_api import expect

from policies.models import Proposal
from tests.factories import make_position, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill():
    """Gives twelve speakers a position on every proposal of the seed's lists; one
    speaker has a very long name.
    """
    for index in range(12):
        name = (
            f"Representative {index} of the Interdepartmental Coordination Council"
            if index == 5
            else f"S{index}"
        )
        speaker = make_speaker(name=name)
        for proposal in Proposal.objects.public().exclude(proposal_list=None):
            make_position(
                speaker=speaker,
                proposal=proposal,
                stance=["supports", "declined"][index % 2],
            )


FITS = "document.documentElement.scrollWidth <= innerWidth"
TABLET = {"width": 840, "height": 900}
SCREENS = [(width, theme) for width in (390, 1360) for theme in ("light", "dark")]


def test_only_the_table_scrolls_and_never_the_page(open_page):
    page = open_page("/compare/", 390)
    fill()
    for path in ("/compare/?list=nobody-knows", "/compare/"):
        page.goto(page.url.split("/compare")[0] + path)
        for width, theme in SCREENS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            at = (path, width, theme)
            assert page.evaluate(FITS), at
    page.set_viewport_size(TABLET)
    assert page.evaluate(FITS)
    assert page.evaluate(
        "(box => box.scrollWidth > box.clientWidth)(document.querySelector('.across'))"
    )
    expect(page.get_by_text("The table scrolls sideways")).to_be_visible()


def test_on_a_telephone_each_proposal_is_a_card_that_names_its_speakers(open_page):
    page = open_page("/compare/", 390)
    fill()
    page.reload()
    names = page.locator("tbody tr").first.locator(".nm")
    expect(names).to_have_count(6)
    expect(names.first).to_be_visible()
    widths = page.evaluate(
        "[...document.querySelectorAll('tbody td')]"
        ".map(cell => cell.getBoundingClientRect().right)"
    )
    assert max(widths) <= 390


def test_the_speakers_stay_in_view_while_the_page_scrolls(open_page):
    page = open_page("/compare/", 1360)
    fill()
    page.reload()
    last = page.locator("tbody tr").last
    last.evaluate("row => row.scrollIntoView({behavior: 'instant'})")
    head = page.locator("thead th").nth(1)
    assert head.bounding_box()["y"] == pytest.approx(0, abs=1)


def test_no_word_of_a_printed_table_is_broken(open_page):
    page = open_page("/compare/", 965)
    fill()
    page.reload()
    page.emulate_media(media="print")
    heads = page.locator("thead th")
    assert heads.count() <= 7
    assert page.evaluate(
        "[...document.querySelectorAll('.cmp :is(th, td)')]"
        ".every(cell => cell.scrollWidth <= cell.clientWidth + 1)"
    )


def test_the_table_scrolls_by_keys_and_the_proposals_stay_in_view(open_page):
    page = open_page("/compare/", 390)
    page.set_viewport_size(TABLET)
    fill()
    page.reload()
    region = page.get_by_role("region", name="Where 6 speakers stand")
    region.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    for _ in range(50):
        if page.evaluate("document.querySelector('.across').scrollLeft") > 100:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("document.querySelector('.across').scrollLeft") > 100
    left = page.evaluate(
        "document.querySelector('.across').getBoundingClientRect().left"
    )
    assert page.locator("tbody th").first.bounding_box()["x"] == pytest.approx(
        left, abs=1
    )


def test_a_list_and_speakers_are_chosen_without_scripts(open_page):
    page = open_page("/compare/", 390, scripts=False)
    page.get_by_label("Proposals of the list").select_option(index=1)
    page.get_by_role("button", name="Show the table").click()
    expect(page.get_by_role("heading", name="5 proposals")).to_be_visible()
    assert "list=" in page.url


def test_a_printed_table_is_as_wide_as_the_paper(open_page):
    page = open_page(
        "/compare/", 965
    )  # landscape Letter at 96 dots per inch, without the margins
    fill()
    page.reload()
    page.emulate_media(media="print")
    assert page.evaluate(
        "(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.across'))"
    )
    expect(page.get_by_role("button", name="Show the table")).to_be_hidden()


def test_the_buttons_to_more_speakers_break_between_words_on_a_telephone(open_page):
    page = open_page("/compare/", 390)
    fill()
    page.goto(page.url.split("/compare")[0] + "/compare/?people=2")
    button = page.get_by_role("link", name="Previous speakers")
    assert button.bounding_box()["width"] > 100
