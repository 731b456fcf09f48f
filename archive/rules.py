"""Rules live in the database; a refusal becomes a sentence for the person at the form."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction


@contextmanager
def checked() -> Iterator[None]:
    """One transaction whose deferred rules speak up here, as IntegrityError, and not later at commit."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refusal(error: IntegrityError) -> str:
    """The sentence that the rule wrote."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "message_primary", None) or str(error)
