"""Turns violations of database rules into messages for the user."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, connection, transaction


@contextmanager
def checked() -> Iterator[None]:
    """A transaction that checks deferred constraints at its end, so that violations
    raise IntegrityError here and not at commit.
    """
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def take_turn() -> None:
    """Waits until no other editor's transaction is open.

    Withdrawing locks children and publishing locks parents, so two at once could
    deadlock. Call it before any row is locked. Bulk scripts do not call it; PostgreSQL
    cancels one of two deadlocked transactions.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('archive.editing'))")


def refusal(error: IntegrityError) -> str:
    """The rule's message: that of the trigger, or that of the CHECK constraint in the
    model.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if sentence := sentences().get(broken(error)):
        return sentence
    return getattr(diagnosis, "message_primary", None) or str(error)


def broken(error: IntegrityError) -> str:
    """The name of the violated constraint."""
    return (
        getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    )


def sentences() -> dict[str, str]:
    """Constraint name -> message, for constraints with a message of their own."""
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message
        != constraint.default_violation_error_message
    }
