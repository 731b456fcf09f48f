"""Rules live in the database; a refusal becomes a sentence for the person at the
form.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, connection, transaction


@contextmanager
def checked() -> Iterator[None]:
    """One transaction whose deferred rules speak up here, as IntegrityError, and not
    later at commit.
    """
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def take_turn() -> None:
    """Waits until no other editor's transaction is open.

    What is withdrawn locks its children, what is published its parents: two at once
    could wait for each other for ever. Called before any row is locked. Scripts that
    write in bulk do not take turns; the database refuses one of two that wait for each
    other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('archive.editing'))")


def refusal(error: IntegrityError) -> str:
    """The sentence that the rule wrote: a trigger in its message, a CHECK where the
    model declares it.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if sentence := sentences().get(broken(error)):
        return sentence
    return getattr(diagnosis, "message_primary", None) or str(error)


def broken(error: IntegrityError) -> str:
    """The name of the rule that refused."""
    return (
        getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    )


def sentences() -> dict[str, str]:
    """By the name of the constraint, where its model gives one."""
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message
        != constraint.default_violation_error_message
    }
