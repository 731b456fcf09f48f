"""The editors in a browser."""

from tests.browser.editing.conftest import desk

__all__ = ["desk"]
