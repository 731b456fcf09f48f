import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from archive.serving import first_start, server
from archive.setup.bootstrap import friendly_errors
from archive.setup.messages import Failed


class Command(BaseCommand):
    help = "Runs the archive: prepares the database and serves it until Ctrl-C."

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        # bootstrap.py reads --data before Django does and accepts no abbreviations.
        return super().create_parser(
            prog_name, subcommand, allow_abbrev=False, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host",
            default="127.0.0.1",
            help="address to serve on (default: 127.0.0.1)",
        )
        parser.add_argument(
            "--port", default="8000", help="port to serve on (default: 8000)"
        )
        parser.add_argument(
            "--data", metavar="DIR", help="folder of the database (default: var)"
        )
        parser.add_argument(
            "--no-seed", action="store_true", help="start with an empty archive"
        )

        parser.add_argument(
            "--demo",
            action="store_true",
            help="also load sets of real data: speeches, members, disputed votes",
        )

        parser.add_argument(
            "--meaning",
            action="store_true",
            help="also order search results by meaning; installs a small model once",
        )

    def handle(
        self,
        *,
        host: str,
        port: str,
        no_seed: bool,
        demo: bool,
        meaning: bool,
        **options: Any,
    ) -> None:
        try:
            with friendly_errors():
                reserved_socket = server.claim(host, port)
                passwords = first_start.make_ready(not no_seed, self.stdout.write, demo)
                first_start.collect_static()
        except DatabaseError as error:
            reason = str(error.__context__ or error).splitlines()[0]
            raise Failed(f"the database reports an error: {reason}") from error
        connection.close()
        # no thread may run when granian forks
        connection.close_pool()  # type: ignore[attr-defined]
        with reserved_socket, by_meaning() if meaning else nullcontext():
            server.serve(reserved_socket, welcome(host, port, passwords))
        with suppress(OSError):  # the terminal was closed
            self.stdout.write("Stopped.")
            self.stdout.flush()


@contextmanager
def by_meaning() -> Iterator[None]:
    """Runs the process that has the model; it ends with this one."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "archive.meaning", str(settings.MEANING_DIR)),
            *("--parent", str(os.getpid())),
        ],
        stdin=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        start_new_session=True,  # Ctrl-C is for this process
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def welcome(host: str, port: str, passwords: dict[str, str]) -> str:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
    name = everywhere.get(host, host)
    name = f"[{name}]" if ":" in name else name
    lines = [
        f"On Record: http://{name}:{port}/",
        f"Editing:   http://{name}:{port}/admin/",
    ]
    lines += [
        f"Account:   {user}, password {word} (shown only now)"
        for user, word in passwords.items()
    ]
    if host in everywhere or name not in settings.ALLOWED_HOSTS:
        lines.append(
            "The server only answers requests for the names in ON_RECORD_HOSTS: "
            f"{', '.join(settings.ALLOWED_HOSTS)}"
        )
    return "\n".join([*lines, "Press Ctrl-C to stop.", ""])
