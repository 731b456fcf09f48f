"""An editor's hands: each click, each key and each field typed counts as one action."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

SELECT = """words => {
    const text = document.getElementById("text")
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
    const nodes = []
    let all = ""
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        nodes.push([node, all.length])
        all += node.data
    }
    const start = all.indexOf(words), end = start + words.length
    if (start < 0) throw new Error("not in the text: " + words)
    const at = offset => {
        const [node, first] = nodes.findLast(([, first]) => first <= offset)
        return [node, offset - first]
    }
    getSelection().setBaseAndExtent(...at(start), ...at(end))
}"""


class Hands:
    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def card(self, words: str) -> Locator:
        """The card whose passage starts with the words, as the desk shows it."""
        passages = self.page.locator("q", has_text=words)
        return self.page.locator(".card").filter(has=passages).first

    def click(self, spot: Any) -> None:
        self._at(spot).click()
        self._done()

    def type(self, spot: Any, words: str) -> None:
        self._at(spot).fill(words)
        self._done()

    def choose(self, spot: Any, **option: str) -> None:
        self._at(spot).select_option(**option)
        self._done()

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self._done()

    def select(self, words: str) -> None:
        """Selects words in the text, as by dragging over them."""
        self.page.evaluate(SELECT, words)
        expect(self.page.locator("#add [name=start]")).not_to_have_value("")
        self._done()

    def accept(self, card: Locator) -> None:
        self.click(card.get_by_role("button", name="Accept a"))

    def _at(self, spot: Any) -> Locator:
        return self.page.locator(spot) if isinstance(spot, str) else spot

    def _done(self) -> None:
        self.count += 1
        expect(self.page.locator("#desk[aria-busy]")).to_have_count(0)
