from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.devtools import sets
from archive.importing.sets import DEMO, FOLDER


class Command(BaseCommand):
    help = (
        "Makes the files in fixtures/sets/ from those of their sources; "
        "fixtures/sets/README.md says which."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", type=Path, help="a folder that has one for each set"
        )
        parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")

    def handle(self, *args: Any, source: Path, into: Path, **options: Any) -> None:
        missing = [name for name in DEMO if not (source / name).is_dir()]
        if missing:
            raise CommandError(f"There is no folder {source / missing[0]}.")
        if not (into / "topics.toml").exists():
            raise CommandError(f"{into} has no topics.toml; copy it there first.")
        sets.build(source, into)
        for path in sorted(into.glob("*/*.xz")):
            self.stdout.write(f"{path.stat().st_size:>9,}  {path.relative_to(into)}")
