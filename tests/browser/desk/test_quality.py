"""The workbench is accessible, valid, quiet in the console, and fits a phone."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from archive.devtools import programs
from tests.browser.quality.test_every_page import RULES, RUN, WAYS
from tests.browser.quality.test_markup import complaints as complaints_of_checker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? []
  : [...document.querySelectorAll('*')]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 0.5)
    .map(each => each.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll(
    '#desk :is(button:not(.first), summary, select, .toggle, .handle), .bar a')]
  .filter(each => each.checkVisibility() && !each.hidden)
  .filter(each => {
    const pseudo = getComputedStyle(each, '::after').position === 'absolute'
    const box = each.getBoundingClientRect()
    return !pseudo && (box.height < 24 || box.width < 24)
  })
  .map(each => each.outerHTML.slice(0, 120))"""


def arrange(hands):
    """Every kind and state of card, open and closed, and an error."""
    hands.accept(hands.card("We will build it"))
    hands.click(hands.card("a bridge to nowhere").get_by_role("button", name="Reject"))
    hands.accept(hands.card("that it would cost"))  # lacks our sentence
    hands.select("build a bridge")
    hands.key("p")
    hands.key("Escape")
    hands.expand("We will build it")
    hands.expand("Build a bridge over")
    expect(hands.page.locator(".errorlist").first).to_be_visible()
    expect(hands.page.locator(".card.expanded")).to_have_count(4)


def wrong(hands, name):
    """What axe, the width and the sizes complain about, in each width and theme."""
    page = hands.page
    for width, theme in WAYS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.evaluate("scrollTo(0, 0)")  # no bar that sticks covers half a button
        page.wait_for_timeout(500)  # the links of the admin fade into their colours
        about = [*page.evaluate(RUN, RULES[theme])]
        about += [f"too wide: {each}" for each in page.evaluate(WIDE)]
        about += [f"too small: {each}" for each in page.evaluate(SMALL)]
        yield from (f"{name} {width} {theme}: {each}" for each in about)


def test_the_workbench_is_accessible_and_fits_at_every_width_and_theme(bench):
    hands = bench()
    hands.desk.context.add_init_script(
        (programs.node_modules() / "axe-core" / "axe.min.js").read_text()
    )
    hands.open()
    about = list(wrong(hands, "compact"))
    arrange(hands)
    about += wrong(hands, "expanded")
    hands.key("Escape")
    hands.page.locator(".card").first.focus()
    hands.key("?")
    expect(hands.page.get_by_role("dialog")).to_be_visible()
    about += wrong(hands, "keys")
    assert not about, "\n".join(about)


def test_the_checker_has_nothing_to_say_about_the_workbench(bench, tmp_path):
    hands = bench()
    arrange(hands)
    query = "&".join(
        f"open={each.get_attribute('data-card')}"
        for each in hands.page.locator(".card").all()
    )
    address = f"/admin/desk/{hands.article.uid}/"
    for name, url in {"compact": address, "expanded": f"{address}?{query}"}.items():
        html = hands.desk.context.request.get(url).text()
        (tmp_path / f"{name}.html").write_text(html)
    messages = complaints_of_checker(map(str, tmp_path.glob("*.html")))
    assert not messages, "\n".join(messages)


def test_the_module_of_the_workbench_is_small():
    module = settings.BASE_DIR / "static" / "desk.js"
    assert module.stat().st_size <= 25_000
