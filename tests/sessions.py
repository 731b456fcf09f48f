"""Simultaneous changes, each in its own database session."""

import threading
from collections.abc import Callable

from django.db import (
    IntegrityError,
    OperationalError,
    connection,
    connections,
    transaction,
)

from archive.core.rules import checked


def at_once(*changes: Callable[[], object]) -> list[Exception]:
    """Runs each function in its own session, all started together; returns what was
    refused.
    """
    refused: list[Exception] = []
    start = threading.Barrier(len(changes))

    def run(change: Callable[[], object]) -> None:
        try:
            start.wait(30)
            change()
        except Exception as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[change]) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def waits_for_a_lock() -> bool:
    """Returns whether another session of this database waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = "
            "current_database()"
            " AND pid <> pg_backend_pid() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def overlapping(
    first: Callable[[], object], second: Callable[[], object]
) -> list[Exception]:
    """Runs `second` in another session while `first` is done but not committed; returns
    what was refused.
    """
    refused: list[Exception] = []

    def other() -> None:
        try:
            with checked():
                second()
        except (IntegrityError, OperationalError) as error:
            refused.append(error)
        finally:
            connections.close_all()

    session = threading.Thread(target=other)
    with transaction.atomic():
        first()
        session.start()
        while session.is_alive() and not waits_for_a_lock():
            session.join(0.005)
    session.join()
    return refused
