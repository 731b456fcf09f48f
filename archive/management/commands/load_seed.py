from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from archive.core.rules import refusal
from archive.ingest import load_seed


class Command(BaseCommand):
    help = (
        "Loads the first article with all its records, unless the archive already "
        "has it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_seed()
        except IntegrityError as error:
            raise CommandError(f"Nothing was loaded. {refusal(error)}") from error
        self.stdout.write(
            "Loaded the seed article."
            if loaded
            else "The seed article is already in the archive: nothing was changed."
        )
