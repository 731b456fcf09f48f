import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_start_page_to_the_source_without_scripts(open_page):
    page = open_page("/", 390, scripts=False)
    page.get_by_role("link", name="Proposals", exact=True).first.click()
    page.get_by_role("link", name="Explore lawful ways").click()
    expect(page.get_by_role("heading", name="Where people stand")).to_be_visible()
    page.locator("table").get_by_role("link", name="Eric Adams meets Tom Homan").click()
    expect(page.get_by_text("We don't do it for those who are citizens")).to_be_visible()


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
