import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from archive.setup import cluster, postgres
from tests import database
from tests.ops.machine import folder


@pytest.fixture(scope="session", autouse=True)
def interrupts() -> None:
    """Restores Ctrl-C: a test run in the background inherits that SIGINT is ignored,
    and would pass that on to its child processes.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of its own, not made yet, for a first start from nothing."""
    with folder() as path:
        yield path


@pytest.fixture
def migrated(data) -> Path:
    """The same, except that its database is migrated and its static files compressed:
    that takes 24 s of CPU.
    """
    database.prepare(data)
    return data


@pytest.fixture
def blank(monkeypatch) -> Path:
    """For a test that is not about initdb: copies an empty cluster where one is
    made.
    """
    source = database.blank()
    monkeypatch.setattr(postgres, "create", partial(cluster.copy, source))
    return source


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """A data folder with a migrated database; the tests leave it without users."""
    with folder() as path:
        database.prepare(path)
        yield path
