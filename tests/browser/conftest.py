"""A real browser on the real pages; any browser error fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from archive.devtools import programs
from archive.ingest import load_seed

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright keeps an event loop in this thread


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with programs.browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens a path of the seeded archive; the browser's errors are collected, and the
    test fails if there are any.
    """
    load_seed()
    complaints: list[str] = []
    contexts = []

    def open_page(
        path: str, width: int = 1360, theme: str = "light", scripts: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{path}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
