"""The desk in a browser, with editors who are signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from archive.models import Suggestion
from tests.browser.desk.hands import Hands
from tests.browser.editing.conftest import desk
from tests.desk.helpers import TEXT
from tests.factories import make_article

__all__ = ["desk"]
expect.set_options(timeout=20_000)  # the machine may be slow, and others are looked for


class Bench(Hands):
    """One person at the workbench of an article."""

    def __init__(self, opened: Any, article: Any) -> None:
        super().__init__(opened.page)
        self.desk, self.article = opened, article

    def open(self) -> None:
        self.page.goto(f"/admin/desk/{self.article.uid}/")
        self.page.wait_for_selector("#desk")

    def expand(self, words: str) -> Locator:
        """The card of the words, with all its fields."""
        self.click(self.card(words).locator(".toggle"))
        card = self.card(words)
        expect(card.get_by_label("Somebody else")).to_be_visible()
        return card

    def forget(self, words: str) -> None:
        """Forgets the browser's own notes about a request that must fail here."""
        complaints = self.desk.complaints
        complaints[:] = [each for each in complaints if words not in each]


def stored(words: str) -> Any:
    """The suggestion whose first passage starts with the words."""
    for each in Suggestion.objects.select_related("version"):
        start, end = each.spans[0]
        if each.version.text[start:end].startswith(words):
            return each
    raise LookupError(words)


def passages(suggestion: Any) -> list[str]:
    return [suggestion.version.text[start:end] for start, end in suggestion.spans]


@pytest.fixture
def bench(desk: Any) -> Callable[..., Bench]:
    """Opens the workbench of an article as one of the editors."""
    articles: dict[str, Any] = {}

    def opened(name: str = "Edda", text: str = TEXT, **options: Any) -> Bench:
        fields = options.pop("article", {})
        if not articles:
            articles["one"] = make_article(text=text, status="draft", **fields)
        made = Bench(desk(name, **options), articles["one"])
        made.open()
        return made

    return opened
