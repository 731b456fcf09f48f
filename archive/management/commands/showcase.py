from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from archive.core.publishing import Status
from archive.devtools import page_types
from archive.devtools.throwaway import DATA_SETS
from archive.models import Article
from archive.serving import indexing
from archive.serving.first_start import collect_static
from policies.models import Proposal

STATEMENTS = 2_000


class Command(BaseCommand):
    help = "Prints one URL for every type of page in this archive: name, path, status."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fill",
            choices=DATA_SETS,
            help="fill this archive first; it must be empty",
        )

    def handle(self, *, fill: str | None, **options: Any) -> None:
        collect_static()
        if fill:
            self.fill(fill)
        for page in page_types.pages():
            self.stdout.write(" ".join(map(str, page)))

    def fill(self, data_set: str) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if Article.objects.exists():
            raise CommandError(
                "This archive is not empty; choose another one (ON_RECORD_DATA)."
            )
        quiet: dict[str, Any] = {"stdout": self.stderr, "verbosity": 0}
        if data_set == "sample":
            call_command("sample_archive", statements=STATEMENTS, **quiet)
        else:
            call_command("load_seed", **quiet)
        withdrawn = Proposal.objects.create(
            title="Withdrawn to show what is left", status=Status.PUBLISHED
        )
        withdrawn.refresh_from_db()  # the database sets its timestamps
        withdrawn.status = Status.WITHDRAWN
        withdrawn.save()
        indexing.rebuild()
