"""A client never takes a truncated file for a complete one."""

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, IncompleteRead

import psycopg
import pytest

from archive.setup.postgres import running
from tests.ops.machine import (
    READY,
    Started,
    children,
    eventually,
    free_port,
    is_port_taken,
    postmaster,
    production_start,
    status,
)

pytestmark = pytest.mark.volume


@pytest.fixture
def port():
    return free_port()


def test_a_cut_transfer_is_incomplete(prepared, port):
    command = [*production_start(), "--port", str(port)]
    with running(prepared / "pg", {}) as url:
        start = Started.of(
            [sys.executable, *command, "tests.ops.long_file:application"],
            prepared,
            DJANGO_SETTINGS_MODULE="archive.settings",
            DATABASE_URL=url,
        )
        assert eventually(lambda: is_port_taken(port))
        with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.request("GET", "/long.csv")
            answer = connection.getresponse()
            assert answer.status == 200, start.output
            assert int(answer.headers["Content-Length"]) > 30_000_000
            answer.read(1000)
            for worker in children(start.process.pid):
                os.kill(worker, signal.SIGKILL)
            with pytest.raises((IncompleteRead, ConnectionResetError)):
                answer.read()
        start.end(signal.SIGTERM)


def test_a_database_lost_while_a_file_is_made_is_a_503(prepared, port):
    start = Started(["up", "--port", str(port)], prepared)
    start.wait_for(READY)
    with (
        running(prepared / "pg", {}) as url,
        psycopg.connect(url) as editor,
        ThreadPoolExecutor() as threads,
    ):
        editor.execute("LOCK TABLE archive_outlet IN ACCESS EXCLUSIVE MODE")
        answer = threads.submit(status, port, "/positions.csv")
        assert eventually(lambda: waiting(editor))
        os.kill(postmaster(prepared), signal.SIGKILL)
        editor.close()
        assert answer.result(20) == 503
    assert eventually(lambda: status(port, "/positions.csv") == 200)
    start.end(signal.SIGINT)


def waiting(editor):
    """Whether a query waits for the lock of this connection."""
    return editor.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone()
