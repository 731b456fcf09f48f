"""Keeps the index up to date: after each write in this process, and through `follow`
for writes by others.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from tantivy import Searcher

from archive import search
from archive.listing.answer import database
from archive.listing.documents import Changed, Kind
from archive.models import Setting
from archive.models.changes import Change
from archive.pages.documents import KINDS as ARTICLES
from archive.search import Busy, SearchIndex, Unavailable
from archive.search.index import AppliedPosition
from archive.search.schema import Indexable, key
from policies.documents import KINDS as POLICIES
from statements.documents import KINDS as STATEMENTS

KINDS: dict[str, Kind] = {
    kind.type: kind for kind in [*STATEMENTS, *POLICIES, *ARTICLES]
}
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# seconds to wait for the lock; also the polling interval of `follow`, because
# notifications can get lost
WAIT_SECONDS = 5.0

log = logging.getLogger(__name__)


def after_writes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an editor's changes are searchable in the next request.

    Reader requests (theme, report) change nothing searchable and must not wait for the
    lock.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE_METHODS and request.user.is_authenticated:
            _refresh_after_write()
        return response

    return respond


def _refresh_after_write() -> None:
    """Never raises: the write is committed already, and the follower retries."""
    try:
        with suppress(Busy, Error):  # the next refresh catches up
            refresh()
    except Exception:
        log.exception("The search index could not follow a write.")


def refresh() -> int:
    """Applies every change since the index's last commit and returns how many records
    were read again.
    """
    index = search.index()
    try:
        with index.locked("write", WAIT_SECONDS):
            return _drain(index)
    except Unavailable as reason:
        search.start_rebuild(reason)
        return 0


def rebuild() -> int:
    """Builds a new index, switches to it, and applies the changes made meanwhile.
    Raises Busy.
    """
    _know_database()
    count = search.index().rebuild(
        _everything, lambda: AppliedPosition(database(), Change.since(_newest())[1])
    )
    refresh()
    return count


def is_usable() -> bool:
    index = search.index()
    try:
        with index.reading() as searcher:
            return index.applied_position(searcher).database == database()
    except Unavailable:
        return False


def follow(stop: Callable[[], bool] = lambda: False) -> None:
    """Updates the index whenever any process, on this machine or another, commits a
    change. Goes on after any error: a follower that ended would leave the index behind
    for good.
    """
    while not stop():
        try:
            with _listening() as listening:
                while not stop():
                    _catch_up()
                    for _notice in listening.notifies(
                        timeout=WAIT_SECONDS, stop_after=1
                    ):
                        pass
        except (Error, psycopg.Error):  # the database is unreachable
            time.sleep(1)
        except Exception:
            log.exception("The search index could not follow; trying again.")
            time.sleep(WAIT_SECONDS)


def _catch_up() -> None:
    try:
        with suppress(Busy):
            refresh()
    finally:
        connection.close()  # return it to the pool


def _listening() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    options = {
        name: parameters[name]
        for name in ("host", "port", "user", "password", "dbname")
        if name in parameters
    }
    listener = psycopg.connect(**options, autocommit=True)
    listener.execute("LISTEN archive_change")
    return listener


def _drain(index: SearchIndex) -> int:
    with index.reading() as searcher:
        applied = index.applied_position(searcher)
        if applied.database != database():
            raise Unavailable("It was made from another database.")
        changes, position = Change.since(applied.position)
        if not changes:
            return 0
        changed: dict[str, set[int]] = defaultdict(set)
        for label, pk in changes:
            changed[label].add(pk)
        stale = _stale(index, searcher, changed)
    # read as they are written: after an import they would take 300 MB
    documents = (
        document
        for type, pks in stale.items()
        for document in KINDS[type].index_documents(sorted(pks))
    )
    keys = [key(type, pk) for type, pks in stale.items() for pk in pks]
    index.apply(documents, keys, AppliedPosition(applied.database, position))
    return len(keys)


def _stale(
    index: SearchIndex, searcher: Searcher, changed: Changed
) -> dict[str, set[int]]:
    """Records that may need updating: those that a path leads to now, and those whose
    index document rests on a changed record.
    """
    tokens = [f"{label}:{pk}" for label, pks in changed.items() for pk in pks]
    return {
        type: kind.stale(changed) | index.resting_on(searcher, type, tokens)
        for type, kind in KINDS.items()
    }


def _everything() -> Iterator[Indexable]:
    with transaction.atomic():  # server-side cursors need a transaction behind a pooler
        for kind in KINDS.values():
            yield from kind.index_documents()


def _newest() -> int:
    """A position above every change, so that asking for the next position reads no
    changes.
    """
    return 1 << 62


@transaction.atomic
def _know_database() -> None:
    """After a restore on another server, old transaction ids are meaningless, so their
    changes are set to 0.
    """
    setting, _ = Setting.objects.get_or_create(
        key="database", defaults={"value": database()}
    )
    if setting.value != database():
        Change.objects.exclude(xid=0).update(xid=0)
        Setting.objects.filter(key="database").update(value=database())
