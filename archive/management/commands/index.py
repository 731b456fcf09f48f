import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.search import Busy, Unavailable
from archive.serving import indexing, meaning


class Command(BaseCommand):
    help = "Updates this machine's search index; builds it if it is missing or damaged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="build a new index beside the old one, then switch to it",
        )
        parser.add_argument(
            "--follow",
            action="store_true",
            help="keep following changes until Ctrl-C",
        )

    def handle(self, *, rebuild: bool, follow: bool, **options: Any) -> None:
        try:
            if rebuild or not indexing.is_usable():
                self.say(f"{indexing.rebuild()} records indexed.")
            self.say(f"{indexing.refresh()} records updated.")
        except Busy as busy:
            if not follow:
                raise CommandError(
                    "Another process is writing the index; try again later."
                ) from busy
        except Unavailable as reason:
            raise CommandError(f"The index cannot be written: {reason}") from reason
        if follow:
            self.say("Following changes; press Ctrl-C to stop.")
            threading.Thread(target=meaning.follow, daemon=True).start()
            indexing.follow()

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
