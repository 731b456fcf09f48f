"""Asks the process that has the model. Web processes load nothing of it."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from archive.meaning import stamps
from archive.meaning.digests import of_interest
from archive.meaning.sockets import socket_of
from archive.meaning.stamps import Stamp

SECONDS = 1.0  # to wait for an answer; a busy machine takes 0.1
LONG = 60.0  # for what no reader waits for
PAUSE = 10.0  # after a failure, before it is asked again

log = logging.getLogger(__name__)


class Silent(Exception):
    """The process that has the model does not answer."""


class Client:
    """One instance per process and folder, shared by its threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._failed_until = 0.0
        self._has_complained = False

    @property
    def is_on(self) -> bool:
        return time.monotonic() >= self._failed_until and self._socket.exists()

    @property
    def stamp(self) -> Stamp:
        return stamps.stamp(self.folder) if self.is_on else stamps.NONE

    def similarities(self, text: str, digests: Sequence[int]) -> list[float | None]:
        unknown: list[float | None] = [None] * len(digests)
        if not digests or not self.is_on:
            return unknown
        try:
            return self._ask(text=of_interest(text), digests=list(digests))
        except Silent:
            return unknown

    def nearest(self, known: int, count: int) -> list[tuple[int, float]]:
        if not known or not self.is_on:
            return []
        try:
            pairs = self._ask(known=known, count=count)
        except Silent:
            return []
        return [(digest, cosine) for digest, cosine in pairs]

    def unknown(self, digests: Collection[int]) -> list[int]:
        return self._ask(LONG, unknown=list(digests))

    def add(self, texts: Sequence[str]) -> None:
        self._ask(LONG, add=[of_interest(text) for text in texts])

    def keep(self, digests: Collection[int]) -> None:
        self._ask(LONG, keep=list(digests))

    @property
    def _socket(self) -> Path:
        return socket_of(self.folder)

    def _ask(self, seconds: float = SECONDS, **question: Any) -> list[Any]:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
                asking.settimeout(seconds)
                asking.connect(str(self._socket))
                asking.sendall(json.dumps(question).encode() + b"\n")
                with asking.makefile("rb") as lines:
                    reply = json.loads(lines.readline())
            if not isinstance(reply, list):
                raise ValueError(reply)
        except (OSError, ValueError) as error:
            self._failed_until = time.monotonic() + PAUSE
            if not self._has_complained:
                log.warning("Search by meaning does not answer (%r).", error)
                self._has_complained = True
            raise Silent from error
        self._has_complained = False
        return reply
