from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from archive.devtools.benchmarks import (
    alerts,
    bulk,
    data,
    desk,
    extraction,
    files,
    freshness,
    importing,
    lighthouse,
    load,
    pages,
    questions,
    search,
    sets,
    start,
    storm,
)

BENCHMARKS: dict[str, Callable[..., Iterator[str]]] = {
    "alerts": alerts.run,
    "bulk": bulk.run,
    "data": data.run,
    "desk": desk.run,
    "extraction": extraction.run,
    "files": files.run,
    "freshness": freshness.run,
    "import": importing.run,
    "lighthouse": lighthouse.run,
    "pages": lambda **options: chain(pages.run(**options), load.run(**options)),
    "questions": questions.run,
    "search": search.run,
    "sets": sets.run,
    "start": start.run,
    "storm": storm.run,
}


class Command(BaseCommand):
    help = "Measures this code on this machine; archive/devtools/README.md has figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=BENCHMARKS)
        parser.add_argument(
            "--data",
            metavar="DIR",
            help="extraction: a folder with dev.jsonl and score.py; import: with the "
            "data sets",
        )
        parser.add_argument(
            "--rows",
            type=int,
            default=importing.ROWS,
            help="import: how many positions",
        )
        parser.add_argument(
            "--tree",
            action="append",
            default=[],
            metavar="DIR",
            help="storm: another clone, measured in the same run",
        )
        for name in ("corpus", "queries", "qrels"):
            parser.add_argument(
                f"--{name}", metavar="FILE", help=f"search: the collection's {name}"
            )
        parser.add_argument(
            "--as", dest="kind", choices=["articles", "statements"], default="articles"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in BENCHMARKS[options["name"]](**options):
            self.stdout.write(line)
            self.stdout.flush()
