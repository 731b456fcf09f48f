"""The web server of `up`: granian with one worker, on an exclusive address."""

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
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from archive.setup.messages import Failed

PR_SET_PDEATHSIG = 1


def claim(host: str, port: str) -> socket.socket:
    """A socket that reserves the address for our granian; raises Failed if it is in
    use.

    granian binds with SO_REUSEPORT, so a second server would silently share the port. A
    plain bind fails while any process holds the address; setting SO_REUSEPORT
    afterwards lets granian in.
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
        # ignore connections in TIME_WAIT
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
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
    """Serves on the claimed address, and says so, until Ctrl-C, SIGTERM or the end of
    the terminal.
    """
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    address, port = listener.getsockname()[:2]
    server = Server(
        "archive.rsgi:application",
        address=address,
        port=port,
        interface=Interfaces.RSGI,
        # else a connection that sends nothing is held for ever
        http=HTTPModes.http1,
        websockets=False,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    # granian reloads the code on SIGHUP; here it means that the terminal was closed.
    server.on_startup(
        lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt)
    )
    receiver, sender = Pipe(duplex=False)
    sender.send(welcome)
    loader = partial(load, os.getpid(), (address, port), receiver)
    server.serve(target_loader=loader, wrap_loader=False)


def load(parent: int, address: tuple[str, int], receiver: Connection) -> Any:
    """Loads the application in granian's worker, the first one or one that replaces
    it.
    """
    die_with(parent)
    # Ctrl-C must reach only the parent: after two of them granian's worker never ends
    os.setpgrp()
    # granian handles it only after the application is loaded
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from archive.rsgi import application
    from archive.serving import indexing, meaning

    threading.Thread(target=indexing.follow, daemon=True).start()
    threading.Thread(target=meaning.follow, daemon=True).start()
    threading.Thread(target=announce, args=(address, receiver), daemon=True).start()
    return application


def announce(address: tuple[str, int], receiver: Connection) -> None:
    """Writes the welcome message once the port accepts connections; granian has no such
    hook. The message is taken out of the pipe, so that a worker that replaces another
    does not repeat it.
    """
    with contextlib.suppress(OSError):  # stdout may be closed
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                socket.create_connection(address, timeout=5).close()
                break
            time.sleep(0.01)
        if receiver.poll():
            sys.stdout.write(receiver.recv())
            sys.stdout.flush()


def die_with(parent: int) -> None:
    """Ends this worker if its parent is killed with `kill -9`, so that the port is
    freed (Linux).
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the parent has already ended
            os._exit(1)
