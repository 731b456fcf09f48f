"""Imports in processes of their own: two at once, and one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
pytestmark = pytest.mark.volume


class Archive:
    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.connection = psycopg.connect(url, autocommit=True)

    def start(self, name: str, text: str) -> subprocess.Popen[str]:
        path = self.folder / name
        path.write_text(text)
        command = ["manage.py", "import", "outlets", str(path), "--source=papers"]
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": self.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def value(self, query: str) -> int:
        row = self.connection.execute(query).fetchone()
        assert row
        return int(row[0])

    def wait_until(self, query: str, value: int) -> None:
        end = time.monotonic() + PATIENCE
        while self.value(query) != value:
            assert time.monotonic() < end, query
            time.sleep(0.01)


@pytest.fixture
def archive(tmp_path) -> Iterator[Archive]:
    with database.server() as url:
        archive = Archive(url, tmp_path)
        yield archive
        archive.connection.close()


def outlets(count: int) -> str:
    return "id,name\n" + "".join(f"{n},Outlet {n}\n" for n in range(count))


def test_an_import_that_is_killed_leaves_the_archive_as_it_was(archive):
    doomed = archive.start("many.csv", outlets(20_000))
    archive.wait_until(LOCKS, 1)
    os.kill(doomed.pid, signal.SIGKILL)
    doomed.communicate()
    archive.wait_until(LOCKS, 0)
    for table in ("archive_outlet", "archive_importrun", "archive_externalid"):
        assert archive.value(f"SELECT count(*) FROM {table}") == 0
    output, _errors = archive.start("few.csv", outlets(3)).communicate()
    assert "created 3" in output
    assert archive.value("SELECT count(*) FROM archive_outlet") == 3


def test_the_second_of_two_imports_at_once_says_so(archive):
    with psycopg.connect(archive.url) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('archive.importing'))")
        second = archive.start("few.csv", outlets(3))
        _output, errors = second.communicate()
    assert second.returncode == 1
    assert "Another import or undoing is running on this archive." in errors
    assert archive.value("SELECT count(*) FROM archive_outlet") == 0
