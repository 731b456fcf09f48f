"""Between granian (RSGI) and Django (WSGI): reads a request before it takes a thread,
chooses the thread's lane, and sends a long file without one.

A client that sends or reads slowly therefore holds a socket, never a thread, and for 30
seconds at most.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from archive.serving.lanes import Lane, Lanes

PATIENCE = 30.0  # seconds for a request's body, and for each piece of an answer
SLOWEST = 16_384  # bytes a second with which a longer body must come
MAX_BODY = 64 * 2**20
IN_MEMORY = 2**20  # bytes; a longer body or answer is on disk
PIECE = 2**17
STALE = 15.0  # seconds in a lane after which nobody waits for the answer any more
RETRY_AFTER = "10"
REFUSALS = {
    408: "The request did not arrive within 30 seconds.",
    413: "The request is longer than 64 MB.",
    503: "The archive is busy. Try again in a few seconds.",
}
Headers = list[tuple[str, str]]
Application = Callable[..., Iterable[bytes]]


class Refused(Exception):
    """The request is answered without Django; the argument is the status."""


@dataclass
class Answer:
    status: int
    headers: Headers
    body: bytes | IO[bytes]


class Gateway:
    """An RSGI application in front of a WSGI one. `common` are the headers that every
    answer has, whoever makes it.
    """

    def __init__(self, application: Application, common: dict[str, str]) -> None:
        self.application, self.common = application, common
        self.lanes = Lanes()

    async def __call__(self, scope: Any, protocol: Any) -> None:
        # granian's own tasks know no time limits
        await asyncio.get_running_loop().create_task(self.serve(scope, protocol))

    async def serve(self, scope: Any, protocol: Any) -> None:
        if scope.proto != "http":
            return
        lane = self.lanes.of(scope.path, scope.query_string)
        try:
            body = await received(scope, protocol)
            await self.in_lane(lane, protocol, environ(scope, body))
        except Refused as refusal:
            self.refuse(protocol, int(str(refusal)))

    async def in_lane(
        self, lane: Lane, protocol: Any, environment: dict[str, Any]
    ) -> None:
        """A long file keeps its place in the lane until it is sent."""
        if lane.is_full:
            raise Refused("503")
        lane.busy += 1
        try:
            run = partial(answer, self.application, environment, time.monotonic())
            made = await asyncio.get_running_loop().run_in_executor(lane.pool, run)
            await send(protocol, made)
        finally:
            lane.busy -= 1

    def refuse(self, protocol: Any, status: int) -> None:
        headers = [
            ("content-type", "text/plain; charset=utf-8"),
            ("cache-control", "no-store"),
            *self.common.items(),
        ]
        if status == 503:
            headers.append(("retry-after", RETRY_AFTER))
        else:  # the rest of the request must not be read as the next one
            headers.append(("connection", "close"))
        protocol.response_str(status, headers, f"{REFUSALS[status]}\n")


async def received(scope: Any, protocol: Any) -> IO[bytes]:
    """The whole body; raises Refused if it comes too slowly or is too long."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    names = scope.headers
    if "content-length" not in names and "transfer-encoding" not in names:
        return file
    begun = time.monotonic()
    pieces = aiter(protocol)
    while True:
        left = begun + PATIENCE + file.tell() / SLOWEST - time.monotonic()
        try:
            piece = await asyncio.wait_for(_next(pieces), max(left, 0.001))
        except TimeoutError:
            raise Refused("408") from None
        if piece is None:
            file.seek(0)
            return file
        file.write(piece)
        if file.tell() > MAX_BODY:
            raise Refused("413")


async def _next(pieces: Any) -> bytes | None:
    try:
        return await anext(pieces)
    except StopAsyncIteration:
        return None


def environ(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment (PEP 3333): text holds bytes as Latin-1."""
    host, _, port = scope.server.rpartition(":")
    variables: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    variables |= header_variables(scope)
    if "CONTENT_LENGTH" not in variables:  # sent in chunks
        variables["CONTENT_LENGTH"] = str(body.seek(0, 2))
        body.seek(0)
    return variables


def header_variables(scope: Any) -> dict[str, str]:
    variables: dict[str, str] = {}
    if scope.authority and "host" not in scope.headers:  # HTTP/2
        variables["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if "_" in name:  # it would look like the header with a hyphen
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        text = value.encode().decode("latin-1")
        separator = "; " if key == "HTTP_COOKIE" else ","
        known = variables.get(key)
        variables[key] = f"{known}{separator}{text}" if known else text
    return variables


def answer(
    application: Application, environment: dict[str, Any], asked_at: float
) -> Answer:
    """What Django answers, complete; runs in a thread of a lane."""
    if time.monotonic() - asked_at > STALE:
        raise Refused("503")
    started: list[tuple[int, Headers]] = []

    def start(status: str, headers: Headers, _error: Any = None) -> None:
        names = [(name.lower(), value) for name, value in headers]
        started.append((int(status.split(maxsplit=1)[0]), names))

    pieces = application(environment, start)
    try:
        body = _whole(pieces)
    finally:
        if close := getattr(pieces, "close", None):
            close()
    return Answer(*started[-1], body)


def _whole(pieces: Iterable[bytes]) -> bytes | IO[bytes]:
    file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    for piece in pieces:
        file.write(piece)
    length = file.tell()
    file.seek(0)
    return file if length > IN_MEMORY else file.read()


async def send(protocol: Any, made: Answer) -> None:
    """A client that takes no piece of a long answer within 30 seconds is left."""
    if isinstance(made.body, bytes):
        protocol.response_bytes(made.status, made.headers, made.body)
        return
    with made.body as file, suppress(TimeoutError, RuntimeError):  # gone
        sending = protocol.response_stream(made.status, made.headers)
        while piece := file.read(PIECE):
            await asyncio.wait_for(_sent(sending, piece), PATIENCE)


async def _sent(sending: Any, piece: bytes) -> None:
    await sending.send_bytes(piece)
