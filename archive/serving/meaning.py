"""Gives the process that has the model the texts that it has not read yet.

The search index names the digest of each record's text, and follows the change log.
This follows the index. Until its text is read, a record keeps its place by words.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db import Error, connection

from archive import meaning, search
from archive.search import Unavailable, ranking
from archive.search.query import OneOf
from archive.search.schema import IndexDocument
from archive.serving.indexing import KINDS

BATCH_SIZE = 32  # texts, encoded in about a second
POLL_SECONDS = 2.0
FORGET_SECONDS = 3600.0  # between two times that unused vectors are deleted

log = logging.getLogger(__name__)


def follow(stop: Callable[[], bool] = lambda: False) -> None:
    """Goes on after any error, as the follower of the index does."""
    caught_up, forgotten_at = None, -FORGET_SECONDS
    while not stop():
        try:
            newest = search.index().newest_stamp
            if meaning.is_on() and newest != caught_up:
                read_new(stop)
                caught_up = newest
                if time.monotonic() - forgotten_at > FORGET_SECONDS:
                    meaning.keep(set(digests_by_record().values()))
                    forgotten_at = time.monotonic()
        except (Error, Unavailable, meaning.Silent):
            caught_up = None  # the database, the index or the model is away
        except Exception:
            log.exception("Search by meaning could not follow; trying again.")
        finally:
            connection.close()  # return it to the pool
        time.sleep(POLL_SECONDS)


def read_new(stop: Callable[[], bool] = lambda: False) -> int:
    """Has every text read that is not known yet; returns how many.

    Raises Silent if the model does not answer.
    """
    records = digests_by_record()
    unknown = set(meaning.unknown(set(records.values())))
    waiting: dict[str, list[int]] = defaultdict(list)
    for (type, pk), digest in records.items():
        if digest in unknown:
            unknown.discard(digest)  # of equal texts one is enough
            waiting[type].append(pk)
    count = 0
    for texts in _texts(waiting):
        if stop():
            break
        meaning.add(texts)
        count += len(texts)
    return count


def digests_by_record() -> dict[tuple[str, int], int]:
    """(type, primary key) -> digest, of the records with a text."""
    index = search.index()
    records = {}
    with index.reading() as searcher:
        for type in KINDS:
            of_type = OneOf("type", (type,)).query(index.schema)
            hits = searcher.search(of_type, max(1, searcher.num_docs)).hits
            pks = ranking.keys(searcher, "pk", hits)
            digests = ranking.keys(searcher, "sense", hits)
            for pk, digest in zip(pks, digests, strict=True):
                if digest:
                    records[type, pk] = digest
    return records


def _texts(waiting: dict[str, list[int]]) -> Iterator[list[str]]:
    """The texts of the records, some at a time."""
    for type, pks in waiting.items():
        remaining = iter(sorted(pks))
        while batch := list(itertools.islice(remaining, BATCH_SIZE)):
            texts = [
                document.sense
                for document in KINDS[type].index_documents(batch)
                if isinstance(document, IndexDocument) and document.sense
            ]
            if texts:
                yield texts
