"""How a test checks that the database refuses something."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection

from archive.core.rules import checked


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """Checks that the block is refused, at once or as at commit, by the rule of that
    name.
    """
    with pytest.raises(IntegrityError) as refusal, checked():
        yield
    assert refusal.value.__cause__.diag.constraint_name == constraint


@contextmanager
def silenced(*triggers: str) -> Iterator[None]:
    """Disables the triggers, to write rows as they were before a rule existed."""
    names = [f"pgtrigger_{trigger}_%" for trigger in triggers]
    with checked():
        sql(
            "SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) "
            "FROM pg_trigger WHERE tgname LIKE ANY(%s)",
            names,
        )
        yield
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("SET CONSTRAINTS ALL DEFERRED")
        sql("SELECT set_config('pgtrigger.ignore', '{}', true)")


def sql(query: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount
