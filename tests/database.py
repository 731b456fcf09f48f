"""A migrated database for each process of a test run, copied from one that was migrated
once.

`var/test/templates/KEY` is the data folder of a stopped PostgreSQL. Each process copies
the folder to `var/test/server-N`, with the first N that is free, and starts a server
there. Snapshots are server-wide, so parallel change-log tests need a server each.
"""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from archive.setup import bootstrap, cluster, packages, postgres
from archive.setup.packages import ROOT

COLLECT = """
import django
django.setup()
from archive.serving import first_start
first_start.collect_static()
"""
IMPORT = re.compile(
    r"^(?:from|import) ((?:archive|statements|policies)[\w.]*)(?: import (\w+))?",
    re.MULTILINE,
)


@contextmanager
def connected() -> Iterator[None]:
    """Connects Django to an empty, migrated database; with DATABASE_URL, to one that is
    created again on that server.
    """
    if "DATABASE_URL" in os.environ:
        made = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(made, verbosity=0)
        return
    with server() as url:
        parts = urlsplit(url)
        database_settings = {
            "NAME": parts.path[1:],
            "USER": parts.username,
            "HOST": parse_qs(parts.query)["host"][0],
        }
        connection.settings_dict.update(database_settings)
        _let_flush_pass_triggers(url)
        yield
        bootstrap.disconnect()


def _let_flush_pass_triggers(url: str) -> None:
    """`tests/management/commands/flush.py` says why."""
    with psycopg.connect(url, user="postgres") as superuser:
        superuser.execute(
            f"GRANT SET ON PARAMETER session_replication_role TO {postgres.ROLE}"
        )


@contextmanager
def server() -> Iterator[str]:
    """Yields the URL of a migrated database on a server of its own; deletes both
    afterwards.
    """
    with _folder(_home()) as folder:
        copy(folder)
        with postgres.running(folder, postgres.FAST_AND_LOOSE) as url:
            yield url
            postgres.kill(folder)


def copy(target: Path) -> None:
    """Makes `target` the data folder of a PostgreSQL with a migrated database."""
    home = _home()
    with _locked(home / "lock"):
        cluster.copy(template(home, key(), migrate), target)


def prepare(data: Path) -> None:
    """Gives a data folder what a first start makes: a migrated database and the static
    files, which take 4 s of CPU to compress.
    """
    data.mkdir(exist_ok=True)
    copy(data / "pg")
    home = _home() / "collected"
    with _locked(_home() / "collected.lock"):
        home.mkdir(exist_ok=True)
        subprocess.run(
            [sys.executable, "-c", COLLECT], env=_a_users(home), cwd=ROOT, check=True
        )
        own_key = shutil.ignore_patterns("secret_key")  # each archive makes its own
        shutil.copytree(home, data, dirs_exist_ok=True, ignore=own_key)


def _a_users(data: Path) -> dict[str, str]:
    """Returns a user's environment, without the test run's variables."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_URL", "ON_RECORD_", "DJANGO_", "PYTEST"))
    } | {"ON_RECORD_DATA": str(data), "DJANGO_SETTINGS_MODULE": "archive.settings"}


def blank() -> Path:
    """Returns the data folder of a stopped PostgreSQL without any table of ours. It is
    made once: initdb takes 2 s of CPU.
    """
    home = _home() / "blank"
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    with _locked(home / "lock"):
        digest = hashlib.sha256()
        for path in (Path(cluster.__file__), packages.LOCKS["run"]):
            digest.update(path.read_bytes())
        return template(home, digest.hexdigest()[:16], lambda _url: None)


def template(home: Path, key: str, fill: Callable[[str], None]) -> Path:
    """Returns the folder to copy. Calls `fill` if there is none for this key; deletes
    those of other keys.

    The folder gets its name once it is complete, so what a killed run leaves behind is
    not used, and is deleted too.
    """
    wanted, making = home / "templates" / key, home / "making"
    if not wanted.exists():
        for old in (making, *wanted.parent.glob("*")):
            _remove(old)
        wanted.parent.mkdir(exist_ok=True)
        with postgres.running(making, postgres.FAST_AND_LOOSE) as url:
            fill(url)
        making.rename(wanted)
    return wanted


def key() -> str:
    """Returns a hash of everything that decides what a migrated database contains:
    migrations, what they import, packages.
    """
    digest = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for path in sorted(_sources()):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def migrate(url: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True)


def _sources() -> set[Path]:
    migrations = set(ROOT.glob("*/migrations/*.py"))
    imported = (
        names for path in migrations for names in IMPORT.findall(path.read_text())
    )
    modules = {".".join(names[:last]) for names in imported for last in (1, 2)}
    ours = {
        path
        for name in modules
        if (path := ROOT / f"{name.replace('.', '/')}.py").exists()
    }
    return (
        {Path(module.__file__) for module in (cluster, postgres)}
        | {Path(__file__), packages.LOCKS["run"]}
        | migrations
        | ours
    )


def _home() -> Path:
    """Returns a folder that PostgreSQL's account can enter."""
    home = cluster.settle(bootstrap.data_folder() / "test")
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    return home


@contextmanager
def _folder(home: Path) -> Iterator[Path]:
    """Yields the first folder that no process uses, emptied of what a killed run left
    there.
    """
    for index in itertools.count():
        with open(home / f"server-{index}.user", "w") as file:
            if not _taken(file):
                folder = home / f"server-{index}"
                _remove(folder)
                try:
                    yield folder
                finally:
                    _remove(folder)
                return


def _taken(file: IO[str]) -> bool:
    """Returns whether a process uses the folder; the kernel releases the lock of a
    killed process.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _remove(folder: Path) -> None:
    if folder.exists():
        postgres.kill(folder)
        shutil.rmtree(folder)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with open(path, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
