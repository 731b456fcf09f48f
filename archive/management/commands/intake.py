"""Creates the drafts of articles from files. Saves as the account that is named."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.http import HttpRequest

from archive.desk.intake.forms import initial, values_of
from archive.desk.intake.known import AlreadyKnown, known, refuse_unseen
from archive.desk.intake.reading import Hint, Origin, Reading
from archive.desk.intake.sentences import NOTICES, ORIGINS, refused
from archive.desk.intake.sources import Refused, read_file
from archive.desk.intake.starting import start
from archive.editing.saving import Invalid

SUFFIXES = (".txt", ".html", ".htm")


class Command(BaseCommand):
    help = (
        "Creates a draft article from each text or HTML file. Skips a file whose text, "
        "address or headline the archive has already, and a file that cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help=".txt or .html")
        parser.add_argument(
            "--as",
            dest="username",
            required=True,
            help="the account that creates the drafts; its permissions hold",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only print what would be created"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        request = HttpRequest()
        request.method = "POST"
        request.user = _account(options["username"])
        refused_count = 0
        with pghistory.context(user=request.user.pk):
            for name in options["files"]:
                self.stdout.write(f"{name}:")
                problem = self._take(request, Path(name), options["dry_run"])
                if problem:
                    refused_count += 1
                    self.stderr.write(f"  Refused: {problem}")
        if refused_count:
            raise CommandError(
                f"{refused_count} of {len(options['files'])} files were refused; "
                "the others were taken."
            )

    def _take(self, request: HttpRequest, path: Path, is_trial: bool) -> str:
        """Returns why the file was refused; "" if it was not."""
        try:
            reading = _read(path)
            self._describe(reading)
            values = values_of(initial(reading))
            refuse_unseen(known(*(values[n] for n in ("text", "url", "headline"))), ())
            if is_trial:
                self.stdout.write("  Would be created.")
            else:
                article = start(request, values)
                self.stdout.write(f"  Created the draft /admin/desk/{article.uid}/")
        except (OSError, Refused, Invalid, AlreadyKnown, PermissionDenied) as error:
            return " ".join(_reasons(error))
        return ""

    def _describe(self, reading: Reading) -> None:
        self.stdout.write(f"  text: {len(reading.text):,} characters")
        for name, hint in reading.fields.items():
            self.stdout.write(f"  {name}: {hint.value} ({ORIGINS[hint.origin]})")
        for notice in reading.notices:
            self.stdout.write(f"  {NOTICES[notice]}")


def _account(username: str) -> Any:
    users = get_user_model().objects.filter(username=username, is_active=True)
    if not (user := users.first()):
        raise CommandError(f"There is no active account {username}.")
    return user


def _read(path: Path) -> Reading:
    reading = read_file(path.read_bytes())
    if "headline" not in reading.fields:
        title = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
        reading.fields["headline"] = Hint(title, Origin.FILE_NAME)
    return reading


def _reasons(error: Exception) -> Iterator[str]:
    match error:
        case OSError():
            yield f"It cannot be read: {error.strerror}."
        case Refused():
            yield str(refused(error.reason))
        case AlreadyKnown():
            for entry in error.entries:
                yield f"The archive has {entry.article} (same {entry.likeness})."
        case Invalid():
            for name, sentences in error.errors.items():
                yield f"{name}: {' '.join(sentences)}" if name else " ".join(sentences)
        case _:
            yield "This account may not add articles."
