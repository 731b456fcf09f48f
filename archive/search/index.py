"""The index on disk: open it, read the newest commit, apply changes, rebuild it and
switch.

folder/1/CURRENT      names the folder in use, replaced atomically (1 is the format)
folder/1/<name>/      one tantivy index
folder/1/write.lock   flock held by the one process on this machine that writes; the
                      kernel releases it when that process dies
folder/1/build.lock   flock held during a rebuild, so that changes still reach the old
                      index meanwhile

Every commit holds one document with the position applied and the database it was made
from.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import re
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import tantivy
from tantivy import Document, Query, Searcher

from archive.search import analysis, query, schema
from archive.search.query import OneOf

# bytes for a writer; the first is tantivy's minimum
UPDATE_MEMORY, REBUILD_MEMORY = 15_000_000, 200_000_000
POSITION = "position"
MAX_NAMED = 1_000  # records left out that are named

log = logging.getLogger(__name__)


class Unavailable(Exception):
    """There is no usable index: fall back to PostgreSQL and rebuild."""


class Busy(Exception):
    """Another process holds the lock."""


@dataclass(frozen=True)
class AppliedPosition:
    """The index holds every transaction of `database` below `position`."""

    database: str
    position: int


class SearchIndex:
    """One instance per process and folder, shared by its threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / str(schema.FORMAT)
        self.schema = schema.build()
        self._open: tuple[str, int, tantivy.Index] | None = None
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Searcher]:
        """Yields a searcher on the newest commit.

        Raises Unavailable, also for errors that tantivy raises inside the block.
        """
        with as_unavailable():
            yield self._current().searcher()

    @property
    def stamp(self) -> tuple[str, int]:
        """Identifies the commit last read, for cache keys."""
        return self._open[:2] if self._open else ("", 0)

    @property
    def newest_stamp(self) -> tuple[str, int]:
        """The same for the newest commit on disk, which need not be read yet."""
        name = self._name()
        with contextlib.suppress(OSError):
            return name, (self.folder / name / "meta.json").stat().st_mtime_ns
        return "", 0

    def applied_position(self, searcher: Searcher) -> AppliedPosition:
        term = Query.term_query(self.schema, "key", POSITION, "basic")
        addresses = [address for _, address in searcher.search(term, 1).hits]
        if not addresses:
            raise Unavailable("The index does not record its position.")
        databases = searcher.aggregate(term, {"of": {"terms": {"field": "name"}}})[
            "of"
        ]["buckets"]
        return AppliedPosition(
            databases[0]["key"],
            int(searcher.fast_field_values("applied", addresses)[0] or 0),
        )

    def left_out(self, searcher: Searcher) -> list[str]:
        """The keys of records that could not be indexed."""
        stand_ins = OneOf("type", (schema.UNINDEXED,)).query(self.schema)
        terms = {"field": "name", "size": MAX_NAMED, "segment_size": MAX_NAMED}
        result = searcher.aggregate(stand_ins, {"of": {"terms": terms}})
        return sorted(bucket["key"] for bucket in result["of"]["buckets"])

    def resting_on(
        self, searcher: Searcher, type: str, tokens: Iterable[str]
    ) -> set[int]:
        """Primary keys of the records of a type that rest on one of these tokens."""
        conditions = [OneOf("type", (type,)), OneOf("rests_on", tuple(tokens))]
        matching = query.all_of(
            condition.query(self.schema) for condition in conditions
        )
        result = searcher.search(matching, max(1, searcher.num_docs))
        return {
            int(pk or 0)
            for pk in searcher.fast_field_values(
                "pk", [address for _, address in result.hits]
            )
        }

    @contextlib.contextmanager
    def locked(self, name: str, timeout: float) -> Iterator[None]:
        """Raises Busy if another process or thread still holds the lock after `timeout`
        seconds.

        Raises Unavailable if the folder is not writable.
        """
        with self._lock_file(name) as handle:
            end = time.monotonic() + timeout
            while not _try_lock(handle.fileno()):
                if time.monotonic() > end:
                    raise Busy(name)
                time.sleep(0.005)
            yield

    def apply(
        self,
        documents: Iterable[schema.Indexable],
        keys: Iterable[str],
        applied: AppliedPosition,
    ) -> None:
        """Replaces the records named by `keys` with `documents` in one commit. Requires
        locked("write").
        """
        with as_unavailable():
            _write(self._current(), documents, keys, applied, UPDATE_MEMORY)

    def rebuild(
        self,
        documents: Callable[[], Iterable[schema.Indexable]],
        applied: Callable[[], AppliedPosition],
    ) -> int:
        """Builds a new index beside the one in use, then switches to it.

        The position is taken before the rows are read, so later changes are applied
        again.
        """
        with self.locked("build", timeout=0):
            self._clear(self._name())
            name, position = uuid.uuid4().hex[:12], applied()
            with as_unavailable():
                count = _write(
                    _create(self.folder / name),
                    documents(),
                    (),
                    position,
                    REBUILD_MEMORY,
                )
            with self.locked("write", timeout=60):
                pointer = self.folder / "CURRENT.new"
                pointer.write_text(name)
                os.replace(pointer, self.folder / "CURRENT")
            self._clear(name)
            return count

    def _lock_file(self, name: str) -> IO[str]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return open(self.folder / f"{name}.lock", "a")
        except OSError as error:
            raise Unavailable(str(error)) from error

    def _clear(self, current_name: str) -> None:
        """Deletes the other indexes. Open readers keep the files they have mapped."""
        for entry in self.folder.iterdir():
            if entry.is_dir() and entry.name != current_name:
                shutil.rmtree(entry, ignore_errors=True)

    def _name(self) -> str:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            name = (self.folder / "CURRENT").read_text().strip()
            return name if re.fullmatch("[0-9a-f]{12}", name) else ""
        return ""

    def _current(self) -> tantivy.Index:
        name = self._name() or "missing"
        stamp = (self.folder / name / "meta.json").stat().st_mtime_ns
        with self._lock:
            opened = self._open
            if opened and opened[:2] == (name, stamp):
                return opened[2]
            if opened and opened[0] == name:
                opened[2].reload()
                self._open = (name, stamp, opened[2])
            else:
                self._open = (name, stamp, _load(self.folder / name))
            return self._open[2]


@contextlib.contextmanager
def as_unavailable() -> Iterator[None]:
    """Turns errors of tantivy into Unavailable.

    tantivy panics with a BaseException; damaged files raise that, ValueError or
    OSError.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise Unavailable(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unavailable(str(error)) from None


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _create(folder: Path) -> tantivy.Index:
    folder.mkdir(parents=True)
    return _configured(tantivy.Index(schema.build(), str(folder)))


def _load(folder: Path) -> tantivy.Index:
    return _configured(tantivy.Index.open(str(folder)))


def _configured(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("stems", analysis.stemming())
    index.register_tokenizer("words", analysis.folding())
    index.config_reader("manual", 0)  # no watcher thread: `_current` checks meta.json
    index.reload()
    return index


def _write(
    index: tantivy.Index,
    documents: Iterable[schema.Indexable],
    keys: Iterable[str],
    applied: AppliedPosition,
    memory: int,
) -> int:
    writer, count = index.writer(memory, 1), 0
    # a process killed during a commit leaves a file that makes later commits fail
    writer.garbage_collect_files()
    for key in (*keys, POSITION):
        writer.delete_documents_by_term("key", key)
    for document in documents:
        writer.add_document(_converted(document))
        count += 1
    position_document = Document()
    position_document.add_text("key", POSITION)
    position_document.add_text("name", applied.database)
    position_document.add_unsigned("applied", applied.position)
    writer.add_document(position_document)
    writer.commit()
    writer.wait_merging_threads()  # otherwise merges are aborted and segments pile up
    return count


def _converted(document: schema.Indexable) -> Document:
    """One record must not stop all others: if it cannot be converted, a stand-in names
    it.
    """
    try:
        return document.to_tantivy()
    except Exception:
        log.exception("The search index leaves out %s %d.", document.type, document.pk)
        return schema.Unindexed(document.type, document.pk).to_tantivy()
