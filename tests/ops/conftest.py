from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.machine import folder, manage


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of its own, for a test that needs a first start."""
    with folder() as path:
        yield path


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """A data folder after its first start; the tests leave it without users."""
    with folder() as path:
        manage(path, "migrate", "--verbosity=0")
        yield path
