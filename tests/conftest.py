from collections.abc import Callable
from pathlib import Path

import pytest

from archive.core import caches

WITHOUT_DATABASE = {"extraction", "ops", "quality"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may use the database, but those of pure code, of set-up and of served pages.

    A marker and not a fixture: pytest-django makes a test database only for tests that carry it.
    """
    for item in items:
        if not WITHOUT_DATABASE.intersection(item.path.parts) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """A test is rolled back, so the next one may have the same revision for another archive."""
    caches.clear_all()


@pytest.fixture(autouse=True)
def search_folder(tmp_path: Path, settings) -> Path:
    """Each test has a search folder of its own; it is empty, so PostgreSQL answers, until `reindex` is called."""
    settings.SEARCH_DIR = tmp_path / "search"
    return settings.SEARCH_DIR


@pytest.fixture
def reindex(search_folder) -> Callable[[], None]:
    """Makes the index hold what the rows of this test say, and lists be answered from it."""
    from archive.serving import indexing

    indexing.rebuild()
    return indexing.rebuild
