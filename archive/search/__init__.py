"""Full-text search: PostgreSQL holds the truth, one tantivy index on disk is derived
from it.

A list asks `index()`; while that is Unavailable it asks PostgreSQL by `matching`, and
`mend` builds the index anew.
"""

from __future__ import annotations

import functools
import logging
import sys
from pathlib import Path

from django.conf import settings

from archive.search import repair
from archive.search.fallback import matching, matching_all
from archive.search.index import Busy, SearchIndex, Unavailable
from archive.search.language import MAX_CHARACTERS, parse
from archive.search.suggest import Speller

__all__ = [
    "MAX_CHARACTERS",
    "Busy",
    "SearchIndex",
    "Unavailable",
    "index",
    "matching",
    "matching_all",
    "parse",
    "speller",
    "start_rebuild",
]

log = logging.getLogger(__name__)


def index() -> SearchIndex:
    return _index(Path(settings.SEARCH_DIR))


def speller() -> Speller:
    return _speller(Path(settings.SEARCH_DIR))


def start_rebuild(reason: Unavailable) -> None:
    """Lets another process build the index anew; this one goes on at once."""
    log.warning(
        "The search index cannot be used (%s); PostgreSQL answers instead.", reason
    )
    if settings.SEARCH_MENDS:
        repair.start(
            index(),
            [
                sys.executable,
                str(settings.BASE_DIR / "manage.py"),
                "index",
                "--rebuild",
            ],
        )


@functools.lru_cache(maxsize=8)
def _index(folder: Path) -> SearchIndex:
    return SearchIndex(folder)


@functools.lru_cache(maxsize=8)
def _speller(folder: Path) -> Speller:
    return Speller(_index(folder).schema)
