"""Answers the site's questions about meaning, on a Unix socket of this machine.

A question is one line of JSON, and so is its answer:
{"text": …, "digests": […]}    the cosine of the text and each known text, or null
{"known": digest, "count": n}  [digest, cosine] of the n texts nearest to a known one
{"unknown": [digest, …]}       those that have no vector
{"add": [text, …]}             reads texts
{"keep": [digest, …]}          forgets all other texts
{"error": …} is the answer to anything else.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socketserver
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from archive.meaning.digests import digest
from archive.meaning.sockets import socket_of
from archive.meaning.vectors import Vector, Vectors

MAX_LINE = 40_000_000  # bytes of a question: the digests of a million texts
MAX_NEAREST = 1_000


class Encoder(Protocol):
    def encode(self, text: str) -> Vector: ...


class Busy(Exception):
    """Another process answers for this folder."""


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: str, model: Encoder, vectors: Vectors) -> None:
        self.model, self.vectors = model, vectors
        self.writing = threading.Lock()
        super().__init__(path, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up needs no answer."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server
    timeout = 5

    def handle(self) -> None:
        line = self.rfile.readline(MAX_LINE)
        try:
            reply: Any = self._answer(json.loads(line))
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        self.wfile.write(json.dumps(reply).encode() + b"\n")

    def _answer(self, question: dict[str, Any]) -> list[Any]:
        model, vectors = self.server.model, self.server.vectors
        match question:
            case {"text": text, "digests": digests}:
                return vectors.similarities(model.encode(text), _numbers(digests))
            case {"known": known, "count": count}:
                (number,) = _numbers([known])
                return vectors.nearest(number, min(int(count), MAX_NEAREST))
            case {"unknown": digests}:
                return vectors.unknown(_numbers(digests))
            case {"add": texts}:
                with self.server.writing:
                    encoded = [model.encode(text) for text in texts]
                    vectors.add([digest(text) for text in texts], encoded)
            case {"keep": digests}:
                with self.server.writing:
                    vectors.keep(_numbers(digests))
            case _:
                raise ValueError("no such question")
        return []


def _numbers(values: Sequence[Any]) -> list[int]:
    numbers = [int(value) for value in values]
    if not all(0 <= number < 1 << 63 for number in numbers):
        raise ValueError("a digest is a number below 2**63")
    return numbers


@contextlib.contextmanager
def serving(folder: Path, model: Encoder, vectors: Vectors) -> Iterator[None]:
    """Answers in threads of its own until the block ends."""
    path = socket_of(folder)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # left by a process that was killed
    with _Server(str(path), model, vectors) as server:
        path.chmod(0o600)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            server.shutdown()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Raises Busy if another process is in the block for this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "write.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield
