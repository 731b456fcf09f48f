"""The accounts of the tests of the admin."""

from tests.editing.conftest import administrator, contributor, editor, second

__all__ = ["administrator", "contributor", "editor", "second"]
