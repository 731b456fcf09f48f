"""The ends of a card's words are dragged in the text, by mouse and by touch."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import passages, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMOJI = (
    "🗽🗽 The mayor 👩‍🚒 of 𝔸𝔹 met people.\n\n"
    "🌉 “We 🌉 will build it,” Ann Lee said 🗽. “Nobody will stop 🗽 us.”\n\n"
    "The mayor’s office released a list of proposals that included:\n"
    "- Build a 🌉 bridge over the river.\n"
    "- Plant 🌳 trees along both banks.\n"
)
BOX = """words => {
    const text = document.getElementById("text")
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words)
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + words.length)
        const box = range.getBoundingClientRect()
        return [box.left, box.right, (box.top + box.bottom) / 2]
    }
}"""


def middle(spot):
    box = spot.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def handle(hands, index, side):
    return hands.page.locator(f".handle.{side}[data-index='{index}']")


def drag(hands, index, side, words):
    """Drags an end before or after the words."""
    spot = handle(hands, index, side)
    spot.scroll_into_view_if_needed()
    left, right, height = hands.page.evaluate(BOX, words)
    mouse = hands.page.mouse
    mouse.move(*middle(spot))
    mouse.down()
    mouse.move((left + right) / 2, height)
    mouse.move(left + 1 if side == "start" else right - 1, height, steps=4)
    mouse.up()
    expect(hands.page.locator("#desk[aria-busy]")).to_have_count(0)


def test_an_end_is_dragged_in_a_text_with_emoji(bench):
    hands = bench(text=EMOJI)
    hands.expand("We 🌉 will")
    drag(hands, 0, "end", "build")
    expect(hands.page.locator("q", has_text="We 🌉 will build")).to_have_count(1)
    assert passages(stored("We")) == ["We 🌉 will build", "Nobody will stop 🗽 us."]
    drag(hands, 1, "start", "will stop")
    assert passages(stored("We"))[1] == "will stop 🗽 us."
    drag(hands, 1, "end", "stop 🗽")
    assert passages(stored("We"))[1] == "will stop 🗽"


def test_an_end_of_a_listed_item_is_dragged(bench):
    hands = bench(text=EMOJI)
    hands.expand("Build a 🌉")
    drag(hands, 1, "end", "Plant 🌳 trees")
    assert passages(stored("Build")) == [
        "Build a 🌉 bridge over the river.",
        "Plant 🌳 trees",
    ]


def test_an_end_that_is_put_back_changes_nothing(bench):
    hands = bench(text=EMOJI)
    hands.expand("We 🌉 will")
    revision = stored("We").revision
    hands.page.mouse.move(*middle(handle(hands, 0, "start")))
    hands.page.mouse.down()
    hands.page.mouse.up()
    assert stored("We").revision == revision


def test_passages_that_would_overlap_are_refused_in_words(bench):
    hands = bench(text=EMOJI)
    hands.expand("We 🌉 will")
    drag(hands, 0, "end", "Nobody")
    expect(hands.card("We 🌉 will")).to_contain_text("cannot overlap")
    assert passages(stored("We"))[0] == "We 🌉 will build it,"


def test_an_end_is_dragged_by_touch(bench):
    narrow = {"viewport": {"width": 390, "height": 800}}
    hands = bench(text=EMOJI, has_touch=True, is_mobile=True, **narrow)
    hands.expand("We 🌉 will")
    spot = handle(hands, 0, "end")
    spot.scroll_into_view_if_needed()
    x, y = middle(spot)
    left, _right, height = hands.page.evaluate(BOX, "will")
    touch = hands.desk.context.new_cdp_session(hands.page)

    def send(kind, *points):
        spots = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    send("touchStart", (x, y))
    send("touchMove", ((x + left) / 2, height))
    send("touchMove", (left + 1, height))
    send("touchEnd")
    expect(hands.page.locator("q", has_text="We 🌉 will")).to_have_count(0)
    assert passages(stored("We"))[0] == "We 🌉"
