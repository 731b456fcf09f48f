"""Full-text search. PostgreSQL holds the data; one tantivy index on disk is derived
from it.

Lists search through `index()`. While the index is Unavailable, they search PostgreSQL
through `matching`, and `start_rebuild` builds a new index in the background.
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
    """Rebuilds the index in another process and returns immediately."""
    log.warning(
        "The search index is not usable (%s); falling back to PostgreSQL.", reason
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
