"""The data folder of a PostgreSQL server (a database cluster): its owner, its location,
how it is created and copied.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

from archive.setup.binaries import ROOT_HOME, open_to_all, programs_for_initdb
from archive.setup.messages import Failed, say


def settle(folder: Path) -> Path:
    """Returns the real data folder, which is elsewhere if root's PostgreSQL account
    cannot enter the path to `folder`.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0 and not folder.exists() and not open_to_all(folder.parent):
        home = ROOT_HOME / hashlib.sha256(bytes(folder)).hexdigest()[:12]
        home.mkdir(parents=True, exist_ok=True, mode=0o755)
        folder.symlink_to(home / folder.name)
        say(f"PostgreSQL cannot enter {folder.parent}, so the database is in {home}.")
        return home / folder.name
    return folder


def copy(source: Path, target: Path) -> None:
    """Copies the data folder `source`, whose server must be stopped, to `target`, as
    the data folder of a new server.
    """
    result = run(
        _prepare_folder(target, target), "cp", "-R", "-p", f"{source}/.", target
    )
    if result.returncode:
        raise Failed(
            f"the database's folder could not be copied: {result.stdout.strip()}"
        )


def account_of(data: Path) -> dict[str, Any]:
    """Returns the account to run PostgreSQL as: PostgreSQL refuses to run as root, so
    then it is the data's owner or an unprivileged account.
    """
    if os.geteuid() != 0:
        return {}
    with contextlib.suppress(OSError):
        if (owner := data.stat()).st_uid:
            return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Failed(
        "PostgreSQL cannot run as root, and there is no unprivileged account "
        "to run it as."
    )


def run(
    account: dict[str, Any], *arguments: object
) -> subprocess.CompletedProcess[str]:
    """Runs a program in a session of its own, so that a Ctrl-C in the terminal reaches
    us and not PostgreSQL.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {
        "LC_ALL": "C"
    }
    return subprocess.run(
        [str(argument) for argument in arguments],
        env=environment,
        cwd="/",
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        check=False,
        **account,
    )


def create(data: Path) -> None:
    """Creates the cluster under another name and renames it, so a killed start never
    leaves half a cluster.
    """
    new = data.with_name(f"{data.name}.new")
    if new.exists():
        shutil.rmtree(new)
    account = _prepare_folder(new, data)
    options = "-U postgres -A trust -E UTF8 --no-instructions"
    collation = "--locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
    with programs_for_initdb() as folder:
        result = run(
            account, folder / "initdb", "-D", new, *options.split(), *collation.split()
        )
    if result.returncode:
        error_line = re.search(".*(?:error|FATAL|PANIC|could not).*", result.stdout)
        reason = (
            error_line[0].strip()
            if error_line
            else f"initdb ended with {result.returncode}"
        )
        raise Failed(f"PostgreSQL could not create its data folder: {reason}")
    new.rename(data)


def _prepare_folder(folder: Path, data: Path) -> dict[str, Any]:
    """Makes a folder that only PostgreSQL's account can enter; refuses a folder that
    another account made.
    """
    folder.mkdir(exist_ok=True, mode=0o700)
    account, status = account_of(data), folder.lstat()
    if stat.S_ISLNK(status.st_mode) or status.st_uid not in (
        os.geteuid(),
        account.get("user"),
    ):
        raise Failed(f"{folder} belongs to another account.")
    if account:
        os.chown(folder, account["user"], account["group"])
    folder.chmod(0o700)
    return account


def socket_folder(data: Path) -> Path:
    """Returns a folder for the socket: outside the data folder (for base backups),
    short (a socket's path holds at most 107 bytes) and without special characters.
    """
    folder = data.with_name(f"{data.name}.run")
    _prepare_folder(folder, data)
    if len(bytes(folder)) > 80 or not re.fullmatch(
        r"[\w./ -]+", str(folder)
    ):  # libpq splits paths at commas
        folder = short_folder(data)
        _prepare_folder(folder, data)
    return folder


def short_folder(data: Path) -> Path:
    name = f"on-record-{hashlib.sha256(bytes(data)).hexdigest()[:12]}"
    return Path("/tmp") / name  # noqa: S108  _own checks it
