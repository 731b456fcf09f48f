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


def sql(query: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount
