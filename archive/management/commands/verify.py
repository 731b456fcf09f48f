from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.audit import verify


class Command(BaseCommand):
    help = (
        "Checks every passage, hash, text, excerpt limit, slug and public row; exits "
        "with 1 if it finds a problem."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--allow-empty",
            action="store_true",
            help="an empty archive is no problem",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with verify.one_snapshot():
            for line in verify.counts():
                self.stdout.write(line)
            if verify.is_empty() and not options["allow_empty"]:
                raise CommandError("The archive is empty.")
            problems = 0
            for problem in verify.problems():
                problems += 1
                self.stdout.write(problem)
        if problems:
            raise CommandError(f"Problems found: {problems}.")
        self.stdout.write("Everything is in order.")
