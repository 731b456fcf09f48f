from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from archive.devtools.sample_archive import Sample
from archive.models import Article
from archive.serving import indexing


class Command(BaseCommand):
    help = (
        "Fills an empty archive with generated records for benchmarks; the same seed "
        "generates the same records."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--statements", type=int, default=200_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, statements: int, seed: int, **options: Any) -> None:
        if Article.objects.exists():
            raise CommandError(
                "This archive is not empty; choose another one (ON_RECORD_DATA or "
                "DATABASE_URL)."
            )
        Sample(statements, seed).write()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"{statements} statements written.")
        self.stdout.write(f"{indexing.rebuild()} records indexed.")
