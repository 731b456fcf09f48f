import os
import re
import signal
import socket
import sys
import time

import pytest

from archive.serving.server import claim
from archive.setup.messages import Failed
from archive.setup.postgres import kill, revive, running
from tests.ops.machine import (
    READY,
    Started,
    answers,
    children,
    eventually,
    free_port,
    get,
    is_port_taken,
    manage,
    postmaster,
    production_start,
    status,
    within,
    worker,
)


def up(data, port, *options, terminal=False):
    return Started(["up", "--port", str(port), *options], data, terminal)


@pytest.fixture
def port():
    return free_port()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8e3", "eight", "", "9" * 5000])
def test_a_port_that_is_no_port_is_refused_in_a_sentence(port):
    with pytest.raises(Failed, match="1 to 65535"):
        claim("127.0.0.1", port)


@pytest.mark.parametrize(
    "host", ["nowhere.invalid", "a" * 70 + ".invalid", "192.0.2.7"]
)
def test_a_host_that_is_not_this_machine_is_refused_in_a_sentence(host):
    with pytest.raises(Failed, match=r"unknown|cannot serve"):
        claim(host, str(free_port()))


def test_a_claimed_port_is_refused_to_a_second_start(port):
    with claim("127.0.0.1", str(port)), pytest.raises(Failed, match="in use"):
        claim("127.0.0.1", str(port))


def test_a_port_shared_by_another_granian_is_refused(port):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(Failed, match="in use"):
            claim("127.0.0.1", str(port))


def test_a_claimed_port_lets_in_a_server_that_shares(port):
    with claim("127.0.0.1", str(port)), socket.socket() as granian:
        granian.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        granian.bind(("127.0.0.1", port))


def test_a_port_in_use_ends_up_with_one_sentence(data, port):
    with claim("127.0.0.1", str(port)):
        ended = manage(data, "up", "--port", str(port))
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert re.fullmatch(
        r"On Record: cannot serve on 127.0.0.1 port \d+: [^\n]+\n", ended.stderr
    )


@pytest.mark.volume
def test_the_first_start_makes_accounts_and_the_second_keeps_them(migrated, port):
    first = up(migrated, port)
    first.wait_for(READY)
    assert get(port) == 200
    assert re.search(r"editor, password \S{12} ", first.output)
    assert first.end(signal.SIGINT) == 0
    second = up(migrated, port)
    second.wait_for(READY)
    assert ", password " not in second.output
    assert "manage.py changepassword" in second.output
    assert second.end(signal.SIGINT) == 0


@pytest.mark.volume
def test_the_seed_comes_on_the_first_start_unless_refused(migrated, port):
    for options, seeded in ((["--no-seed"], False), ([], True), ([], False)):
        start = up(migrated, port, *options)
        start.wait_for(READY)
        assert ("Loading the example" in start.output) is seeded
        start.end(signal.SIGINT)


@pytest.mark.volume
@pytest.mark.parametrize(
    "signal_number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
)
def test_a_signal_stops_server_and_database(prepared, port, signal_number):
    start = up(prepared, port)
    start.wait_for(READY)
    assert get(port) == 200
    assert start.end(signal_number) == 0
    assert not is_port_taken(port)
    assert postmaster(prepared) is None


@pytest.mark.volume
def test_ctrl_c_in_a_terminal_stops_everything_and_a_second_one_does_no_harm(
    prepared, port
):
    start = up(prepared, port, terminal=True)
    start.wait_for(READY)
    assert get(port) == 200
    start.type(b"\x03")
    start.type(b"\x03")
    assert start.end() == 0
    assert "Traceback" not in start.output
    assert not is_port_taken(port)
    assert postmaster(prepared) is None


@pytest.mark.volume
@pytest.mark.parametrize("pause", [0.0, 0.3, 0.6, 1.1, 1.9])
def test_ctrl_c_during_the_first_start_leaves_nothing_behind(data, port, pause):
    start = up(data, port, terminal=True)
    assert eventually(
        data.exists
    )  # earlier, the interpreter itself may still be starting
    time.sleep(pause)
    start.type(b"\x03")
    assert start.end() in (0, 130)
    assert "Traceback" not in start.output
    assert postmaster(data) is None


@pytest.mark.volume
def test_kill_9_of_up_alone_leaves_no_worker_and_the_next_start_recovers(
    prepared, port
):
    start = up(prepared, port)
    start.wait_for(READY)
    assert get(port) == 200
    start.end(signal.SIGKILL)
    assert eventually(lambda: not is_port_taken(port))
    second_start = up(prepared, port)
    second_start.wait_for(READY)
    assert "sharing" not in second_start.output
    assert get(port) == 200
    assert second_start.end(signal.SIGINT) == 0
    assert postmaster(prepared) is None


@pytest.mark.volume
def test_kill_9_of_everything_and_the_next_start_recovers(prepared, port):
    start = up(prepared, port)
    start.wait_for(READY)
    database = postmaster(prepared)
    start.end(signal.SIGKILL)
    os.kill(database, signal.SIGKILL)
    second_start = up(prepared, port)
    second_start.wait_for(READY)
    assert get(port) == 200
    assert second_start.end(signal.SIGINT) == 0


@pytest.mark.volume
def test_two_on_one_folder_share_the_database_and_the_last_one_stops_it(prepared, port):
    first = up(prepared, port)
    first.wait_for(READY)
    other_port = free_port()
    second = up(prepared, other_port)
    second.wait_for(READY)
    assert "sharing the database" in second.output
    assert first.end(signal.SIGINT) == 0
    assert get(other_port) == 200
    assert second.end(signal.SIGINT) == 0
    assert postmaster(prepared) is None


@pytest.mark.volume
def test_of_two_first_starts_at_once_both_serve_and_one_makes_the_accounts(data):
    ports = [free_port(), free_port()]
    both = [up(data, port) for port in ports]
    for start in both:
        start.wait_for(READY)
    assert sum(", password " in start.output for start in both) == 1
    assert [get(port) for port in ports] == [200, 200]
    assert [start.end(signal.SIGINT) for start in both] == [0, 0]
    assert postmaster(data) is None


@pytest.mark.volume
def test_of_two_starts_on_one_port_at_once_one_serves(prepared, port):
    both = [up(prepared, port) for _ in range(2)]
    assert eventually(lambda: any(start.process.poll() is not None for start in both))
    lost, won = sorted(both, key=lambda start: start.process.poll() is None)
    assert lost.end() == 1
    assert "try another --port" in lost.output
    won.wait_for(READY)
    assert get(port) == 200
    assert won.end(signal.SIGINT) == 0


@pytest.mark.volume
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_killed_worker_is_replaced_within_two_seconds(prepared, port, end):
    start = up(prepared, port)
    start.wait_for(READY)
    assert get(port) == 200
    killed_pid = worker(start.process.pid)
    os.kill(killed_pid, signal.SIGKILL)
    assert within(2, lambda: answers(port))
    assert worker(start.process.pid) not in (None, killed_pid)
    assert start.output.count(READY) == 1
    start.end(end)
    assert eventually(lambda: not is_port_taken(port))
    manage(prepared, "check")  # after `kill -9` the next command stops the database
    assert postmaster(prepared) is None


@pytest.mark.volume
def test_ctrl_c_in_a_terminal_spares_a_worker_that_replaced_another(prepared, port):
    start = up(prepared, port, terminal=True)
    start.wait_for(READY)
    [server_pid] = children(start.process.pid)
    os.kill(worker(server_pid), signal.SIGKILL)
    assert within(2, lambda: answers(port))
    start.type(b"\x03")
    start.type(b"\x03")
    assert start.end() == 0
    assert "Traceback" not in start.output
    assert not is_port_taken(port)
    assert postmaster(prepared) is None


@pytest.mark.volume
def test_the_production_start_of_the_readme_replaces_a_killed_worker(prepared, port):
    with running(prepared / "pg", {}) as url:
        start = Started.of(
            [
                *(sys.executable, *production_start(), "archive.rsgi:application"),
                *("--port", str(port)),
            ],
            prepared,
            DATABASE_URL=url,
            ON_RECORD_SECRET_KEY="x" * 50,
        )
        assert eventually(lambda: answers(port))
        first, second = children(start.process.pid)
        os.kill(first, signal.SIGKILL)
        assert eventually(
            lambda: len({*children(start.process.pid)} - {first, second}) == 1
        )
        os.kill(second, signal.SIGKILL)
        assert eventually(lambda: answers(port))
        assert eventually(
            lambda: len({*children(start.process.pid)} - {first, second}) == 2
        )
        start.end(signal.SIGTERM)


def _is_back(data, killed, seen):
    return seen[-1:] == [200] and postmaster(data) not in (None, killed)


@pytest.mark.volume
def test_a_killed_database_is_started_again_within_five_seconds(prepared, port):
    start = up(prepared, port)
    start.wait_for(READY)
    assert [status(port, path) for path in ("/topics/", "/healthz")] == [200, 200]
    for _ in range(2):
        killed_pid = postmaster(prepared)
        os.kill(killed_pid, signal.SIGKILL)
        seen, end = [], time.monotonic() + 5
        while time.monotonic() < end and not _is_back(prepared, killed_pid, seen):
            seen.append(status(port, "/topics/"))
            time.sleep(0.05)
        assert set(seen) <= {200, 503}  # a request may wait for the new server
        assert seen[-1] == 200
        assert postmaster(prepared) not in (None, killed_pid)
        assert eventually(lambda: answers(port, "/healthz"))
        assert {status(port, "/topics/") for _ in range(20)} == {200}
    assert start.output.count("it has been started again") == 2
    assert start.output.count(READY) == 1
    assert start.end(signal.SIGINT) == 0
    assert postmaster(prepared) is None


@pytest.mark.volume
@pytest.mark.parametrize(
    "signal_number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
)
def test_a_database_killed_while_up_stops_stays_stopped(prepared, port, signal_number):
    start = up(prepared, port, terminal=True)
    start.wait_for(READY)
    [server_pid] = children(start.process.pid)
    os.kill(postmaster(prepared), signal.SIGKILL)
    os.kill(server_pid, signal_number)
    os.kill(server_pid, signal_number)
    start.end()
    assert "Traceback" not in start.output
    assert postmaster(prepared) is None


@pytest.mark.volume
def test_nothing_watches_the_database_after_kill_9_of_up(prepared, port):
    start = up(prepared, port)
    start.wait_for(READY)
    several = children(start.process.pid)
    start.end(signal.SIGKILL)
    assert eventually(
        lambda: not any(os.path.exists(f"/proc/{pid}/fd/0") for pid in several)
    )
    manage(prepared, "check")  # after `kill -9` the next command stops the database
    assert postmaster(prepared) is None


@pytest.mark.volume
def test_without_a_database_every_page_is_a_503_and_then_recovers(prepared, port):
    """With DATABASE_URL no process restarts the database; the test does that."""
    pages = ("/", "/statements/", "/positions.csv", "/healthz")
    with running(prepared / "pg", {}) as url:
        start = Started(["up", "--port", str(port)], prepared, DATABASE_URL=url)
        start.wait_for(READY)
        kill(prepared / "pg")
        assert {status(port, page) for page in pages} == {503}
        assert status(port, "/robots.txt") == 200
        time.sleep(5)  # longer than the pool tries to connect
        assert status(port, "/statements/") == 503
        assert revive(prepared / "pg", {})
        assert eventually(lambda: answers(port, "/statements/"))
        assert {status(port, page) for page in pages} == {200}
        assert start.end(signal.SIGINT) == 0
