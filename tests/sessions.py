"""Changes made at the same time, each in a session of the database of its own."""

import threading
from collections.abc import Callable

from django.db import IntegrityError, OperationalError, connections, transaction

from archive.core.rules import checked


def at_once(*changes: Callable[[], object]) -> list[Exception]:
    """Runs each in a session, all started together; what was refused."""
    refused: list[Exception] = []
    start = threading.Barrier(len(changes))

    def run(change: Callable[[], object]) -> None:
        try:
            start.wait(5)
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


def overlapping(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """Runs `second` in another session while `first` has been done but not committed; what was refused."""
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
        session.join(0.03)  # it is done by then, or waits for us
    session.join()
    return refused
