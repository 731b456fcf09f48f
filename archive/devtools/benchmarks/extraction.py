"""The accuracy and speed of the extraction engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from archive.extraction import benchmark

BESIDE = settings.BASE_DIR.parent / "shared" / "data" / "extraction"


def run(data: str | None = None, **_options: object) -> Iterator[str]:
    """Figures on the project's own gold set, and on the dev set in `data` or beside
    this checkout, if there is one.
    """
    folder = Path(data) if data else BESIDE if BESIDE.is_dir() else None
    try:
        yield from benchmark.run(folder)
    except FileNotFoundError as error:
        raise CommandError(str(error)) from error
