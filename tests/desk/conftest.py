from tests.editing.conftest import (  # noqa: F401
    administrator,
    contributor,
    editor,
    second,
)
