"""A temporary archive for pictures and browser tests, in a folder with its own database
and server, deleted afterwards.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from django.conf import settings

from archive.devtools.page_types import Page
from archive.setup.messages import Failed

DATA_SETS = ("seed", "sample")
OURS = ("DATABASE_URL", "ON_RECORD_", "DJANGO_SETTINGS_MODULE", "PYTEST")
PATIENCE = 120


class Site(NamedTuple):
    url: str
    pages: list[Page]
    environment: dict[str, str]

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def address(self, name: str) -> str:
        return next(self.url + page.address for page in self.pages if page.name == name)

    def manage(self, *arguments: str) -> str:
        """Returns the output of a command that runs beside the server."""
        return _manage(*arguments, environment=self.environment)


@contextmanager
def served(
    data_set: str, make_database: Callable[[Path], object] | None = None
) -> Iterator[Site]:
    """Serves the seed or a sample as in production; `make_database` may create the
    database's folder beforehand.
    """
    with tempfile.TemporaryDirectory(
        prefix="on-record-showcase-", dir="/tmp"
    ) as folder:
        Path(folder).chmod(0o755)
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(OURS)
        }
        data = Path(folder) / "data"
        data.mkdir()
        environment["ON_RECORD_DATA"] = str(data)
        if make_database:
            make_database(data / "pg")
        listed = _manage("showcase", "--fill", data_set, environment=environment)
        pages = [
            Page(name, address, int(status))
            for name, address, status in map(str.split, listed.splitlines())
        ]
        with _server(environment, Path(folder) / "log") as url:
            yield Site(url, pages, environment)


def _manage(*arguments: str, environment: dict[str, str]) -> str:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(
            "the temporary archive could not be made: "
            f"{done.stderr.strip().splitlines()[-1]}"
        )
    return done.stdout


@contextmanager
def _server(environment: dict[str, str], log: Path) -> Iterator[str]:
    port = _free_port()
    command = [
        sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "up",
        "--no-seed",
        "--port",
        str(port),
    ]
    with open(log, "w") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        _wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise Failed(
        f"the temporary archive's server did not answer: {log.read_text()[-300:]}"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
