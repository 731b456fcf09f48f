import gc
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from archive.core import caches
from tests import database

FEW = 3  # modules
# A run ends with short modules: otherwise one process waits for another.
LONGEST_FIRST = (
    "importing/sets/test_whole",
    "browser/quality/test_every_page",
    "ops/test_up",
    "browser/",
    "ops/",
    "public/test_nothing_leaks",
    "public/test_no_index_leaks",
    "editing/test_access",
    "editing/test_bad_input",
    "seed/test_verify",
)

gc.set_threshold(
    100_000,
    20,
    100,
    # with Python's own threshold of 700, collection takes 7 % of a run's CPU time
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Returns how many worker processes share the tests, 0 for none.

    Each worker costs 3 s of CPU before its first test (imports, collection, a database
    server): more than the tests of a few modules, or a few tests chosen by name, take.
    """
    is_chosen = (
        config.option.keyword
        or config.option.lf
        or any("::" in argument for argument in config.args)
    )
    modules = [
        path for argument in config.args for path in Path(argument).rglob("test_*.py")
    ]
    cores = min(os.cpu_count() or 1, 4)
    return 0 if is_chosen or len(modules) <= FEW or cores == 1 else cores


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Moves the longest modules to the front; the others stay in random order."""

    def place(item: pytest.Item) -> int:
        places = (i for i, name in enumerate(LONGEST_FIRST) if name in item.nodeid)
        return next(places, len(LONGEST_FIRST))

    items.sort(key=place)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Uses a fast password hasher: the real one takes a third of a second on
    purpose.
    """
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """pytest-django requests this fixture before the first test that has the mark
    django_db or uses a fixture like `db`.
    """
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(database.connected())
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="module")
def records_of_module(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Keeps what a module-scoped fixture writes after requesting this one until the
    module's last test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Clears the caches: after a rollback the next test may have the same revision for
    another archive.
    """
    caches.clear_revisions()


@pytest.fixture
def changed_code() -> Iterator[None]:
    """For a test that replaces code or settings: clears what was cached before, and
    what the test caches.
    """
    caches.clear_all()
    yield
    caches.clear_all()


@pytest.fixture(scope="session")
def search_folders(tmp_path_factory) -> Iterator[Path]:
    """Yields folders that do not exist yet: making one takes longer than most tests."""
    parent = tmp_path_factory.mktemp("search")
    return (parent / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def search_folder(search_folders: Iterator[Path]) -> Iterator[Path]:
    """Gives each test its own search folder; it is missing, so PostgreSQL answers,
    until `reindex` is called.
    """
    folder = next(search_folders)
    cards = folder.with_name(f"{folder.name}-cards")
    meaning = folder.with_name(f"{folder.name}-meaning")
    with override_settings(SEARCH_DIR=folder, CARDS_DIR=cards, MEANING_DIR=meaning):
        yield settings.SEARCH_DIR


@pytest.fixture
def reindex(search_folder) -> Callable[[], None]:
    """Builds the index from the test's rows, so that the index answers lists."""
    from archive.serving import indexing

    indexing.rebuild()
    return indexing.rebuild
