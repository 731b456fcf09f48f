"""A client never takes a truncated file for a complete one."""

import json
import os
import signal
import socket
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
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
    within,
)

pytestmark = pytest.mark.volume


@pytest.fixture
def port():
    return free_port()


@contextmanager
def long_file(prepared, port):
    """The site of long_file.py, served as in production."""
    command = [*production_start(), "--port", str(port)]
    with running(prepared / "pg", {}) as url:
        start = Started.of(
            [sys.executable, *command, "tests.ops.long_file:application"],
            prepared,
            DJANGO_SETTINGS_MODULE="archive.settings",
            DATABASE_URL=url,
        )
        assert within(60, lambda: is_port_taken(port)), start.output
        yield start
        start.end(signal.SIGTERM)


def left(port):
    """What a worker holds: cursors, open transactions, deleted files, threads."""
    address = f"http://127.0.0.1:{port}/left"
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.load(answer)


def begun(port):
    """A connection that asked for the long file and reads no more than its start."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    host = f"Host: 127.0.0.1:{port}"
    connection.sendall(f"GET /long.csv HTTP/1.1\r\n{host}\r\n\r\n".encode())
    return connection, connection.recv(300).split()[1].decode()


def hung_up(port):
    connection, status_code = begun(port)
    connection.close()
    return status_code


def test_a_client_that_hangs_up_leaves_nothing_behind(prepared, port):
    with long_file(prepared, port):
        before = left(port)
        for _ in range(6):
            assert eventually(lambda: hung_up(port) == "200")
        after = {"cursors": 0, "transactions": 0, "files": 0}
        assert eventually(
            lambda: all(after.items() <= left(port).items() for _ in "12")
        )
        assert left(port)["threads"] <= before["threads"] + 4
        assert eventually(lambda: status(port, "/long.csv") == 200)


def test_clients_that_read_no_further_leave_threads_for_pages(prepared, port):
    with long_file(prepared, port):
        connections = [begun(port) for _ in range(10)]
        assert {code for _, code in connections} <= {"200", "503"}
        assert all(left(port)["cursors"] == 0 for _ in range(5))
        for connection, _code in connections:
            connection.close()


def test_a_cut_transfer_is_incomplete(prepared, port):
    with (
        long_file(prepared, port) as start,
        closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection,
    ):
        connection.request("GET", "/long.csv")
        answer = connection.getresponse()
        assert answer.status == 200, start.output
        assert int(answer.headers["Content-Length"]) > 30_000_000
        answer.read(1000)
        for worker in children(start.process.pid):
            os.kill(worker, signal.SIGKILL)
        with pytest.raises((IncompleteRead, ConnectionResetError)):
            answer.read()


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
