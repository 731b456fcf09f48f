"""Rows by their keys, in a query that is written once and planned once: for what is public both cost more than asking.

A process writes the SQL once; a connection's fifth question on is answered by a plan that PostgreSQL has kept.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
KEYS = ":keys"  # stands in the SQL for those asked later


class Prepared(Generic[M]):
    """`rows` whose `key` is among those asked for: the very rows, columns and related records of the queryset.

    Of prefetches it knows nothing. The SQL holds no value of any request, and no key.
    """

    def __init__(self, rows: QuerySet[M], key: str = "pk") -> None:
        among = Func(F(key), template=f"%(expressions)s = ANY({KEYS})", output_field=BooleanField())
        self._compiler = rows.filter(among).query.get_compiler(DEFAULT_DB_ALIAS)
        # What never changes is written out: PostgreSQL keeps no plan that might suit other values.
        database: Any = connections[DEFAULT_DB_ALIAS]
        sql = database.ops.compose_sql(*self._compiler.as_sql())
        self._sql = sql.replace("%", "%%").replace(KEYS, "%s")

    def of(self, keys: Iterable[Any]) -> list[M]:
        compiler = copy.copy(self._compiler)  # threads share the SQL, and not the connection
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.execute_sql = lambda **_options: [self._answer(list(keys))]
        query = SimpleNamespace(get_compiler=lambda **_options: compiler)
        asked: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(asked))

    def _answer(self, keys: list[Any]) -> list[tuple[Any, ...]]:
        """Django's own cursors write the values into the SQL, which is then another one each time."""
        with connections[DEFAULT_DB_ALIAS].cursor() as asking:
            asking.cursor = psycopg.Cursor(asking.db.connection)
            asking.execute(self._sql, [keys])
            rows: list[tuple[Any, ...]] = asking.fetchall()
            return rows
