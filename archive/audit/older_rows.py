"""Rows that are older than a CHECK of their table and break it.

A migration that adds a CHECK does not withdraw or refuse what is stored already
(`NOT VALID`); PostgreSQL asks for it when the row is next written. No trigger and no
role can silence a CHECK, so only these rows can break one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from archive.audit.visibility import Findings

UNVALIDATED = """
    SELECT conrelid::regclass::text, conname, pg_get_expr(conbin, conrelid)
    FROM pg_constraint
    WHERE contype = 'c' AND NOT convalidated ORDER BY 1, 2
"""


def older_rows() -> Findings:
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table, name, condition in _rows(UNVALIDATED):
        model = models[table]
        holds = RawSQL(condition, (), output_field=BooleanField())  # noqa: S611
        for record in model._default_manager.exclude(holds).order_by("pk"):
            yield record, f"stored before the rule {name}, which it breaks"


def _rows(query: str) -> Iterator[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        yield from cursor.fetchall()
