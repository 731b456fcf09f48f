"""Clients that send slowly hold a socket for 30 seconds, and no page up."""

import signal
import socket
import time

import pytest

from tests.ops.machine import READY, Started, free_port, status

pytestmark = pytest.mark.volume
HEADER = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "
BODY = (
    b"POST /theme/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\na"
)


def is_open(connection):
    """Sends one more byte, and reads what has come."""
    try:
        connection.send(b"a")
        return connection.recv(4096) != b"" and is_open(connection)
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_300_slow_sockets_are_closed_and_pages_are_served_meanwhile(prepared):
    port = free_port()
    start = Started(["up", "--port", str(port)], prepared)
    start.wait_for(READY)
    begun, connections = time.monotonic(), []
    for number in range(300):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall((b"", HEADER, BODY)[number % 3] or b"G")
        connection.setblocking(False)
        connections.append(connection)
    slowest = 0.0
    while connections and time.monotonic() < begun + 40:
        asked = time.monotonic()
        assert status(port, "/about/") == 200
        slowest = max(slowest, time.monotonic() - asked)
        time.sleep(1)
        still = [each for each in connections if is_open(each)]
        for each in set(connections) - set(still):
            each.close()
        connections = still
    assert connections == []
    assert slowest < 1
    assert start.end(signal.SIGINT) == 0
