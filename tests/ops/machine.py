"""Helpers of the operations tests: a folder, and commands that run in it as a user
would start them.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

ROOT = Path(__file__).resolve().parents[2]
READY = "Press Ctrl-C to stop."
TERMINAL = (
    "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
)


class Started:
    """A running command, its output so far, and how to end it."""

    everything: list["Started"] = []

    def __init__(
        self,
        arguments: list[str],
        data: Path,
        terminal: bool = False,
        **variables: str,
    ) -> None:
        prefix = [sys.executable, "-c", TERMINAL] if terminal else []
        command = [*prefix, sys.executable, str(ROOT / "manage.py"), *arguments]
        self._start(command, data, environment(data) | variables)

    @classmethod
    def of(cls, command: list[str], data: Path, **variables: str) -> "Started":
        """Starts a command that is not one of manage.py's."""
        started = cls.__new__(cls)
        started._start(command, data, environment(data) | variables)
        return started

    def _start(self, command: list[str], data: Path, env: dict[str, str]) -> None:
        self.log = Path(tempfile.mkstemp(prefix="output-", dir=data.parent)[1])
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.everything.append(self)

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for(self, text: str) -> None:
        end = time.monotonic() + 120
        while text not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < end, self.output
            time.sleep(0.02)

    def type(self, keys: bytes) -> None:
        with suppress(BrokenPipeError):  # the process has ended
            self.process.stdin.write(keys)
            self.process.stdin.flush()

    def end(self, signal_number: signal.Signals | None = None) -> int:
        if signal_number:
            self.process.send_signal(signal_number)
        try:
            return self.process.wait(30)
        finally:
            with suppress(BrokenPipeError):
                self.process.stdin.close()


def environment(data: Path) -> dict[str, str]:
    """Returns a user's environment, without the test run's variables."""
    ours = ("DATABASE_URL", "ON_RECORD_", "DJANGO_SETTINGS_MODULE", "PYTEST")
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(ours)
    }
    return variables | {"ON_RECORD_DATA": str(data)}


def manage(
    data: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(
        command,
        env=environment(data) | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def folder() -> Iterator[Path]:
    """Yields a data folder (not created yet) that PostgreSQL's account can enter; kills
    whatever uses it afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="on-record-test-", dir="/tmp") as parent:
        Path(parent).chmod(0o755)
        try:
            yield Path(parent) / "data"
        finally:
            kill_all(Path(parent))
            for started in Started.everything:
                if started.log.parent == Path(parent):
                    started.end()
            shutil.rmtree(Path(parent) / "data", ignore_errors=True)


def kill_all(below: Path) -> None:
    """Kills every process that has this folder in its arguments or environment, or as
    its working directory.
    """
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            facts = (process / "environ").read_bytes() + (
                process / "cmdline"
            ).read_bytes()
            if bytes(below) in facts and int(process.name) != os.getpid():
                os.kill(int(process.name), signal.SIGKILL)


def postmaster(data: Path) -> int | None:
    with suppress(OSError, ProcessLookupError):
        pid = int((data / "pg" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
        return pid
    return None


def worker(up: int) -> int | None:
    """Returns the process id of the web worker of the process `up`: the child with a
    process group of its own.
    """
    with suppress(OSError):
        return next((pid for pid in children(up) if os.getpgid(pid) == pid), None)
    return None


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def production_start() -> list[str]:
    """Returns the README's arguments of Python for the production start, without the
    application.
    """
    text = (ROOT / "README.md").read_text().replace("\\\n", " ")
    return re.search(r"python (-m granian .*) archive\.rsgi:application", text)[
        1
    ].split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_port_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def status(port: int, path: str) -> int:
    """Returns the status of the answer, 0 if there is none."""
    try:
        return get(port, path)
    except HTTPError as error:
        error.close()
        return error.code
    except (OSError, HTTPException):
        return 0


def get(port: int, path: str = "/admin/login/") -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status


def answers(port: int, path: str = "/robots.txt") -> bool:
    return status(port, path) == 200


def eventually(condition) -> bool:
    return within(15, condition)


def within(seconds: float, condition) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def refused(ended, words):
    """Checks for exit code 1 and one sentence that contains these words."""
    lines = ended.stderr.splitlines()
    return (
        ended.returncode == 1
        and words in lines[-1]
        and len(lines) <= 2
        and not ended.stdout
    )
