from tests.editing.conftest import contributor, editor, second

__all__ = ["contributor", "editor", "second"]
