"""Rows by their keys, in a query whose SQL is made once: what is public costs more to put into SQL than to ask."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import F, Lookup, Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
KEYS: list[Any] = []  # stands in the prepared query for those asked later


class Among(Lookup):
    """In one array, so that the SQL is the same however many there are."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self.rhs)


class Prepared(Generic[M]):
    """`rows` whose `key` is among those asked for: the very rows, columns and related records of the queryset.

    Of prefetches it knows nothing. The SQL holds no value of any request, and no key.
    """

    def __init__(self, rows: QuerySet[M], key: str = "pk") -> None:
        compiler = rows.filter(Among(F(key), KEYS)).query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = compiler.as_sql()
        self._compiler = compiler

    def of(self, keys: Iterable[Any]) -> list[M]:
        wanted = list(keys)
        params = tuple(wanted if param is KEYS else param for param in self._params)
        compiler = copy.copy(self._compiler)  # threads share the SQL, and not the connection
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_args, **_options: (self._sql, params)
        query = SimpleNamespace(get_compiler=lambda **_options: compiler)
        asked: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(asked))
