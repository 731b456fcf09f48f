from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

from archive.benchmarks import bulk, extraction, pages, start

BENCHMARKS: dict[str, Callable[..., Iterator[str]]] = {
    "bulk": bulk.run,
    "extraction": extraction.run,
    "pages": pages.run,
    "start": start.run,
}


class Command(BaseCommand):
    help = "Measures this code on this machine and prints the figures that README states."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=BENCHMARKS)
        parser.add_argument("--data", metavar="DIR", help="extraction: a folder with dev.jsonl and score.py")

    def handle(self, *args: Any, **options: Any) -> None:
        for line in BENCHMARKS[options["name"]](**options):
            self.stdout.write(line)
            self.stdout.flush()
