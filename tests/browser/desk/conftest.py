"""The desk in a browser, with editors who are signed in."""

from tests.browser.editing.conftest import desk

__all__ = ["desk"]
