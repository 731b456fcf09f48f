import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from archive.core import caches
from tests import database

FEW = 3  # modules

gc.set_threshold(
    100_000, 20, 100
)  # Python's own threshold of 700 costs a run 7 % of its CPU


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes share the tests, 0 for this one alone.

    A further one costs 3 s of CPU before its first test (imports, collection, a
    database server), which is more than the tests of a few modules or some tests chosen
    by name take.
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


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """The hash of a real password takes a third of a second on purpose."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """pytest-django asks for it before the first test that carries the mark django_db,
    or uses a fixture like `db`.
    """
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(database.connected())
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="module")
def records_of_module(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What a module's own fixture writes after asking for this is there for all its
    tests, and gone after the last.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """A test is rolled back, so the next one may have the same revision for another
    archive.
    """
    caches.clear_revisions()


@pytest.fixture
def changed_code() -> Iterator[None]:
    """For a test that replaces code or settings: what was made of them before, or is
    made by the test, is made anew.
    """
    caches.clear_all()
    yield
    caches.clear_all()


@pytest.fixture(autouse=True)
def search_folder(tmp_path: Path, settings) -> Path:
    """Each test has a search folder of its own; it is empty, so PostgreSQL answers,
    until `reindex` is called.
    """
    settings.SEARCH_DIR = tmp_path / "search"
    return settings.SEARCH_DIR


@pytest.fixture
def reindex(search_folder) -> Callable[[], None]:
    """Makes the index hold what the rows of this test say, and lists be answered from
    it.
    """
    from archive.serving import indexing

    indexing.rebuild()
    return indexing.rebuild
