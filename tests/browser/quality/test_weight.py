"""How many bytes a reader transfers for a first view of a list."""

import pytest

pytestmark = pytest.mark.browser
LISTS = ["home", "proposals", "statements", "positions", "speakers", "articles"]
LIMITS = {"everything": 60_000, "stylesheet": 12_000, "script": 2_000}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_page_is_light_on_first_view(browser, site, name):
    answers = []
    with browser.new_page() as page:
        page.on("requestfinished", lambda request: answers.extend([request]))
        page.goto(site.address(name), wait_until="networkidle")
        weights = [
            (answer.resource_type, answer.sizes()["responseBodySize"])
            for answer in answers
        ]
    assert {kind for kind, _size in weights} >= {"document", "stylesheet", "font"}
    for kind, limit in LIMITS.items():
        weight = sum(
            size
            for each, size in weights
            if each == kind or (kind == "everything" and each != "font")
        )
        assert weight <= limit, f"{kind}: {weights}"
