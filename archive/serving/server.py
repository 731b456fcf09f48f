"""The web server of `up`: granian, one worker, on an address that is ours alone."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import socket
import sys
import threading
import time
from functools import partial
from typing import Any

from archive.setup.messages import Failed

THREADS = 4  # no more than the database pool's max_size, else a full pool ends in a 500
PR_SET_PDEATHSIG = 1


def claim(host: str, port: str) -> socket.socket:
    """A socket that keeps the address from everybody but our own granian; Failed if
    somebody has it.

    granian binds with SO_REUSEPORT, so a second server would silently share the port. A
    plain bind is refused as long as anybody holds the address; marked as reusable
    afterwards, it lets in those that ask for sharing.
    """
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise Failed(f"--port must be a number from 1 to 65535, not {port!r}.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, int(port), type=socket.SOCK_STREAM
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise Failed(
            f"the host {host!r} is unknown; choose another with --host."
        ) from error
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # past connections do not count
        listener.bind(address)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError as error:
        listener.close()
        raise Failed(
            f"cannot serve on {host} port {port}: {error.strerror}; try another --port "
            "or --host."
        ) from error
    return listener


def serve(listener: socket.socket, welcome: str) -> None:
    """Serves on the claimed address, and says so, until Ctrl-C, SIGTERM or the
    terminal's end.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    address, port = listener.getsockname()[:2]
    server = Server(
        "archive.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    )
    # granian takes SIGHUP as "load the code again"; to us it says that the terminal is
    # closed.
    server.on_startup(
        lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt)
    )
    loader = partial(load, os.getpid(), (address, port), welcome)
    server.serve(target_loader=loader, wrap_loader=False)


def load(parent: int, address: tuple[str, int], welcome: str) -> Any:
    """The application, in granian's worker."""
    die_with(parent)
    # the terminal's Ctrl-C is the parent's: two in a row, and granian's worker never
    # ends
    os.setpgrp()
    signal.signal(
        signal.SIGTERM, signal.SIG_DFL
    )  # granian listens to it only once the application is there
    from archive.serving.indexing import follow
    from archive.wsgi import application

    threading.Thread(target=follow, daemon=True).start()
    threading.Thread(target=announce, args=(address, welcome), daemon=True).start()
    return application


def announce(address: tuple[str, int], welcome: str) -> None:
    """granian tells nobody when it has begun to listen."""
    with contextlib.suppress(OSError):  # stdout is closed
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                socket.create_connection(address, timeout=5).close()
                break
            time.sleep(0.01)
        sys.stdout.write(welcome)
        sys.stdout.flush()


def die_with(parent: int) -> None:
    """After `kill -9` of the parent no worker stays on the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was quicker
            os._exit(1)
