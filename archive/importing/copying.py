"""Rows into a table by COPY: a third of the time of `bulk_create`. Triggers, rules,
change log and history are on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED


def copy(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Writes rows, given by column; returns their primary keys. What a row leaves out
    has the model's default.
    """
    keys = _new_keys(model, len(rows))
    given = {name for row in rows for name in row}
    defaults = {
        each.attname: each
        for each in model._meta.concrete_fields
        if not each.primary_key
        and (each.db_default is NOT_PROVIDED or each.attname in given)
    }
    values = (
        [
            key,
            *(
                row[name] if name in row else _default(each)
                for name, each in defaults.items()
            ),
        ]
        for key, row in zip(keys, rows, strict=True)
    )
    copy_values(
        model, ["id", *(str(each.column) for each in defaults.values())], values
    )
    return keys


def copy_values(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Writes rows of these columns."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as writer,
    ):
        for row in rows:
            writer.write_row(row)


def _default(each: models.Field) -> Any:
    """Choices of enumerations as plain values, which COPY needs."""
    default = each.get_default()
    return getattr(default, "value", default)


def _new_keys(model: type[models.Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) "
            "FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]
