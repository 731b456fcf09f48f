"""Keeps the index at what PostgreSQL holds: by whoever has written, and by `follow` for
other machines.
"""

from __future__ import annotations

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
from archive.search.schema import IndexDocument, key
from policies.documents import KINDS as POLICIES
from statements.documents import KINDS as STATEMENTS

KINDS: dict[str, Kind] = {
    kind.type: kind for kind in [*STATEMENTS, *POLICIES, *ARTICLES]
}
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# seconds for another writer; also between two looks of `follow`, for a notification can
# get lost
WAIT_SECONDS = 5.0


def after_writes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what an editor has written is found by the next request.

    Whatever readers send (a theme, a report) is not searched, and must not wait for
    another writer.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE_METHODS and request.user.is_authenticated:
            with suppress(Busy, Error):  # the next one to look does it
                refresh()
        return response

    return respond


def refresh() -> int:
    """Applies every change since the last commit of the index; returns how many records
    were looked at again.
    """
    index = search.index()
    try:
        with index.locked("write", WAIT_SECONDS):
            return _drain(index)
    except Unavailable as reason:
        search.start_rebuild(reason)
        return 0


def rebuild() -> int:
    """Starts over in a new folder, switches, and applies what has changed meanwhile.
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
    """Brings the index up to date whenever any process, here or elsewhere, has
    committed.
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
        except (Error, psycopg.Error):  # the database is away
            time.sleep(1)


def _catch_up() -> None:
    try:
        with suppress(Busy):
            refresh()
    finally:
        connection.close()  # back to the pool


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
    documents = [
        document
        for type, pks in stale.items()
        for document in KINDS[type].index_documents(sorted(pks))
    ]
    keys = [key(type, pk) for type, pks in stale.items() for pk in pks]
    index.apply(documents, keys, AppliedPosition(applied.database, position))
    return len(keys)


def _stale(
    index: SearchIndex, searcher: Searcher, changed: Changed
) -> dict[str, set[int]]:
    """What may have to be read again: what a path leads to now, and what said it rests
    on a changed record.
    """
    tokens = [f"{label}:{pk}" for label, pks in changed.items() for pk in pks]
    return {
        type: kind.stale(changed) | index.resting_on(searcher, type, tokens)
        for type, kind in KINDS.items()
    }


def _everything() -> Iterator[IndexDocument]:
    with transaction.atomic():  # for server-side cursors behind a pooler
        for kind in KINDS.values():
            yield from kind.index_documents()


def _newest() -> int:
    """A mark that no past change reaches, so that asking for the next mark reads none
    of them.
    """
    return 1 << 62


@transaction.atomic
def _know_database() -> None:
    """After a restore into another server the old transaction numbers mean nothing:
    their changes become history.
    """
    setting, _ = Setting.objects.get_or_create(
        key="database", defaults={"value": database()}
    )
    if setting.value != database():
        Change.objects.exclude(xid=0).update(xid=0)
        Setting.objects.filter(key="database").update(value=database())
