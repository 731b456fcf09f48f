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
            assert path != "/compare/" or page.evaluate(
                "(box => box.scrollWidth > box.clientWidth)"
                "(document.querySelector('.across'))"
            ), at


def test_the_table_scrolls_by_keys_and_the_proposals_stay_in_view(open_page):
    page = open_page("/compare/", 390)
    fill()
    page.reload()
    region = page.get_by_role("region", name="Where 8 speakers stand")
    region.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    for _ in range(50):
        if page.evaluate("document.querySelector('.across').scrollLeft") > 150:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("document.querySelector('.across').scrollLeft") > 150
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
