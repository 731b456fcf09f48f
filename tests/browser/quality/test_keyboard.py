"""From the home page to the words in their source with Tab and Enter only; the focus is
visible at every stop.
"""

import re

import pytest

pytestmark = pytest.mark.browser
MOST_STOPS = 150
FOCUSED = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const rings = element => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth);
    return outlined || style.boxShadow !== 'none';
  };
  // the browser marks a date's parts
  const ringed = rings(at) || rings(at.parentElement) || at.type === 'date';
  const inView = box.width > 0 && box.bottom > 0 && box.top < innerHeight
    && style.visibility === 'visible';
  const link = at.matches('main a') ? at.getAttribute('href') : '';
  return {link, seen: ringed && inView, html: at.outerHTML};
}"""


def follow(page, pattern):
    """Tabs to the first link in the page's content whose URL matches `pattern`, and
    presses Enter.
    """
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["seen"], (
            f"{page.url}: the focus cannot be seen on {focused['html'][:200]}"
        )
        if re.fullmatch(pattern, focused["link"]):
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(re.escape(focused["link"]) + "$"))
            return
    raise AssertionError(f"{page.url}: Tab reaches no link like {pattern}")


@pytest.mark.parametrize(
    ("width", "scripts"),
    [(390, False), (1360, True)],
    ids=["narrow, no scripts", "wide"],
)
def test_keys_lead_from_the_start_page_to_the_words_in_their_source(
    browser, site, width, scripts
):
    proposal = next(
        page.address
        for page in site.pages
        if page.name == "proposal-listed-with-positions"
    )
    options = {
        "reduced_motion": "reduce"
    }  # with smooth scrolling the page arrives late
    with browser.new_page(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, **options
    ) as page:
        page.goto(site.url)
        follow(page, "/proposals/")
        follow(page, re.escape(proposal))
        follow(page, r"/statements/\w+/")
        words = page.locator("main blockquote").first.inner_text().strip("“” ")
        follow(page, r"/articles/[\w-]+/(#.*)?")
        assert words[:40] in page.locator("main").inner_text()


def test_links_lead_to_the_filters_of_a_list_and_past_them(browser, site):
    with browser.new_page(viewport={"width": 1360, "height": 900}) as page:
        page.goto(site.url + "/statements/")
        follow(page, "#filters")
        page.keyboard.press("Tab")
        assert "checkbox" in page.evaluate(FOCUSED)["html"]
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        follow(page, "#results-heading")
        page.keyboard.press("Tab")
        assert "#filters" in page.evaluate(FOCUSED)["link"]
