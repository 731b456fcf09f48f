"""Pytest plugin of a run on every core: each process has a database server of its own.

Which transactions are open is known to all databases of a server: tests of the change log would see each other's.
"""

import contextlib
import os

from archive.setup import bootstrap, postgres

opened = contextlib.ExitStack()

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    folder = bootstrap.data_folder() / f"pg-test-{worker}"
    os.environ["DATABASE_URL"] = opened.enter_context(postgres.running(folder, postgres.FAST_AND_LOOSE))


def pytest_unconfigure() -> None:
    if worker:
        bootstrap.disconnect()
    opened.close()
