"""Installs the locked packages into .venv with uv or pip. Standard library only."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from archive.setup.messages import Failed, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.txt"
LOG = ROOT / ".venv.log"
LOCKS = {
    "run": ROOT / "requirements" / "run.txt",
    "meaning": ROOT / "requirements" / "meaning.txt",
    "dev": ROOT / "requirements" / "dev.txt",
}
FOREIGN = {
    "PYTHONHOME",
    "PYTHONPATH",
    "__PYVENV_LAUNCHER__",
}  # these would make .venv's Python load another Python's packages
BASE = getattr(
    sys, "_base_executable", sys.executable
)  # .venv cannot be recreated by its own Python


def complete(lock_name: str) -> bool:
    """Returns whether this interpreter has every package of the lock in the locked
    version, as in a container where the packages are already installed.
    """
    for line in LOCKS[lock_name].read_text().splitlines():
        pinned = re.match(
            r"([\w.-]+)==([^\s;]+)\s*\\?$", line
        )  # a package with a marker may be meant for another system
        try:
            if pinned and importlib.metadata.version(pinned[1]) != pinned[2]:
                return False
        except importlib.metadata.PackageNotFoundError:
            return False
    return True


def fresh(lock_name: str) -> bool:
    """Returns whether .venv's packages are those of the lock. The stamp names every
    lock whose packages are in .venv; dev.txt holds all of the others.
    """
    with contextlib.suppress(OSError):
        return PYTHON.exists() and digest(lock_name) in STAMP.read_text().split()
    return False


def digest(lock_name: str) -> str:
    return hashlib.sha256(LOCKS[lock_name].read_bytes()).hexdigest()


def prepare(lock_name: str) -> None:
    """Makes .venv hold the packages of the lock; returns at once if .venv already
    does.
    """
    if fresh(lock_name):
        return
    try:
        with locked(ROOT / ".venv.lock"):
            if fresh(lock_name):  # another process has just installed the packages
                return
            say(f"installing packages into {VENV} (once, about half a minute) ...")
            LOG.unlink(missing_ok=True)
            STAMP.unlink(missing_ok=True)
            install(lock_name)
            # each lock holds all of the one before it
            done = [*LOCKS][: [*LOCKS].index(lock_name) + 1]
            STAMP.write_text("\n".join(digest(name) for name in done) + "\n")
    except OSError as error:
        raise Failed(
            f"cannot write to {error.filename or ROOT}: {error.strerror}."
        ) from error


def install(lock_name: str) -> None:
    """Installs the packages with uv, or else with pip. Keeps a .venv that works and
    recreates one that does not.
    """
    options = [
        "--quiet",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(LOCKS[lock_name]),
    ]
    uv = shutil.which("uv")
    if not (uv and install_by_uv(uv, options)) and not install_by_pip(options):
        raise Failed(
            f"the packages could not be installed: {complaint()} (whole log: {LOG})"
        )


def install_by_uv(uv: str, options: list[str]) -> bool:
    into = [uv, "pip", "install", "--python", str(PYTHON), *options]
    make = [uv, "venv", "--quiet", "--clear", "--python", BASE, str(VENV)]
    return (usable() and run(into)) or (run(make) and run(into))


def install_by_pip(options: list[str]) -> bool:
    options = [
        *options,
        "--no-input",
        "--disable-pip-version-check",
        "--retries",
        "2",
        "--timeout",
        "20",
    ]
    into = [str(PYTHON), "-m", "pip", "install", *options]
    if usable() and run(into):
        return True
    make = [BASE, "-m", "venv", "--clear", str(VENV)]
    if run(make):
        return run(into)
    if not run([*make, "--without-pip"]):  # Debian packages ensurepip separately
        return False
    if not run([BASE, "-m", "pip", "--version"]):
        raise Failed(
            "this Python has no ensurepip; install your system's python3-venv (or uv) "
            "and try again."
        )
    return run([BASE, "-m", "pip", "--python", str(PYTHON), "install", *options])


def complaint() -> str:
    """Returns the installer's last error, cut to one line."""
    lines = [line.strip() for line in LOG.read_text(errors="replace").splitlines()]
    signs = (
        "name resolution",
        "dns error",
        "newconnectionerror",
        "network is unreachable",
    )
    if any(sign in line.lower() for line in lines for sign in signs):
        return "the package index cannot be reached; is there a network?"
    errors = [line for line in lines if line.lower().startswith("error")]
    return errors[-1][:200] if errors else "the installer printed no error"


def usable() -> bool:
    """Returns False for a .venv whose Python is gone, too old, or does not recognise
    its .venv.
    """
    code = (
        "import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == "
        "sys.base_prefix)"
    )
    return PYTHON.exists() and run([str(PYTHON), "-c", code])


def run(arguments: list[str]) -> bool:
    environment = {k: v for k, v in os.environ.items() if k not in FOREIGN}
    with open(LOG, "a") as log:
        log.write(f"$ {' '.join(arguments)}\n")
        log.flush()
        with contextlib.suppress(
            OSError
        ):  # for example, .venv/bin/python is not an executable
            return not subprocess.run(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=ROOT,
                close_fds=False,  # an orphaned installer keeps the lock
                check=False,
            ).returncode
    return False


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds a lock that the kernel releases when this process and its installers have
    ended, so a killed process never leaves the lock behind.
    """
    with open(path, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another command to finish installing ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        os.set_inheritable(file.fileno(), True)
        yield
