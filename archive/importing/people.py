"""Which speaker a name stands for, where a row refers to one by name: exactly one with
this name or other name. Who the rows of speakers are is decided in `who`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from archive.editing.similar import ALIKE

# every name with the speakers that nearly have it, the most similar first
NEAR = """
    WITH names AS (SELECT DISTINCT unnest(%s::text[]) AS name),
    near AS (
        SELECT n.name, s.id FROM names n JOIN statements_speaker s
            ON s.name %% n.name AND similarity(s.name, n.name) >= %s
        UNION
        SELECT n.name, s.id FROM names n JOIN statements_speaker s
            ON archive_sort_key(s.name) = archive_sort_key(n.name)
    )
    SELECT near.name, s.id, s.name, s.slug FROM near
    JOIN statements_speaker s USING (id)
    WHERE s.merged_into_id IS NULL AND s.article_id IS NULL
    ORDER BY near.name, similarity(s.name, near.name) DESC, s.id
"""


class Near(NamedTuple):
    pk: int
    name: str
    slug: str


def folded(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def sort_keys(names: Iterable[str]) -> dict[str, str]:
    """Each name as `archive_sort_key` reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, archive_sort_key(name) FROM unnest(%s::text[]) AS name",
            [list(names)],
        )
        return dict(cursor.fetchall())


def by_name(names: Iterable[str]) -> dict[str, list[int]]:
    """The speakers with exactly this name or other name; capitals and the form of an
    apostrophe do not count.
    """
    keys = {name: folded(name) for name in names}
    pks: dict[str, list[int]] = {}
    for pk, name, other_names in _candidates(set(keys.values())):
        for key in {folded(each) for each in (name, *other_names.splitlines())}:
            pks.setdefault(key, []).append(pk)
    return {name: pks[key] for name, key in keys.items() if key in pks}


def _candidates(keys: set[str]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, name, other_names FROM statements_speaker
            WHERE merged_into_id IS NULL AND article_id IS NULL
            AND (lower(replace(name, '’', '''')) = ANY(%(keys)s) OR other_names <> ''
                AND string_to_array(lower(replace(other_names, '’', '''')), E'\\n')
                    && %(keys)s)
            ORDER BY id
            """,
            {"keys": list(keys)},
        )
        return cursor.fetchall()


def near(names: Iterable[str]) -> dict[str, list[Near]]:
    """The speakers with nearly this name, most similar first."""
    rows: dict[str, list[Near]] = {}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [list(names), ALIKE])
        for name, *speaker in cursor.fetchall():
            rows.setdefault(name, []).append(Near(*speaker))
    return rows


def candidates(name: str) -> str:
    """A sentence that names the speakers with nearly this name; "" if there is none."""
    rows = near([name]).get(name, [])
    return f" Nearly the same: {_listed(rows)}." if rows else ""


def _listed(rows: Iterable[Near]) -> str:
    return ", ".join(f"{each.name} ({each.slug})" for each in list(rows)[:3])
