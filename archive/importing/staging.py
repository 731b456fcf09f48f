"""The rows of a run in a temporary table of the database, so that memory does not grow
with the files: what is new, changed, the same or gone is one query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection

from archive.importing.base import Block, Kind, Row
from archive.importing.problems import MOST, Problems
from archive.importing.rows import FileRow, hash_of

BLOCK = 1_000  # rows
BLOCK_SIZE = 4_000_000  # characters
NEW, CHANGED, SAME, GONE, TWICE = "new", "changed", "same", "gone", "twice"
LATER = "later"  # new, and the same record as another row of the run


def create() -> None:
    _run("DROP TABLE IF EXISTS importing_row")
    _run("""
        CREATE TEMPORARY TABLE importing_row (
            ordinal integer, file text, line integer, external_id text,
            row_hash text, content text, state text, entry bigint, record bigint,
            leader text
        ) ON COMMIT DROP
    """)


def drop() -> None:
    _run("DROP TABLE IF EXISTS importing_row")


def fill(rows: Iterable[FileRow]) -> None:
    """Writes the rows by COPY, as they are read."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY importing_row (ordinal, file, line, external_id, row_hash, content) "
            "FROM STDIN"
        ) as copy,
    ):
        for ordinal, row in enumerate(rows, 1):
            content = row.content
            copy.write_row(
                [
                    *(ordinal, row.file, row.line, row.external_id),
                    *(hash_of(content), content),
                ]
            )


def compare(kind: Kind, source: str) -> None:
    """Gives each row its state: what the archive knows of its id."""
    _run("CREATE INDEX ON importing_row (external_id)")
    _run("CREATE INDEX ON importing_row (ordinal)")
    _run("ANALYZE importing_row")
    table = kind.model._meta.db_table
    _run(
        f"""
        UPDATE importing_row r SET entry = e.id, record = e.record,
            state = CASE WHEN NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = e.record)
                THEN '{GONE}'
                WHEN e.row_hash = r.row_hash THEN '{SAME}' ELSE '{CHANGED}' END
        FROM archive_externalid e
        WHERE e.source = %s AND e.kind = %s AND e.external_id = r.external_id
        """,
        source,
        kind.name,
    )
    _run(f"UPDATE importing_row SET state = '{NEW}' WHERE state IS NULL")


def leave_out_duplicates(problems: Problems) -> None:
    """Rows whose id stands in an earlier row; they are problems."""
    _run(
        """
        UPDATE importing_row r SET state = %s FROM (
            SELECT external_id, min(ordinal) AS first FROM importing_row
            GROUP BY 1 HAVING count(*) > 1
        ) twice
        WHERE r.external_id = twice.external_id AND r.ordinal > twice.first
        """,
        TWICE,
    )
    rows = _run(
        """
        SELECT r.file, r.line, r.external_id, f.file, f.line
        FROM importing_row r JOIN importing_row f USING (external_id)
        WHERE r.state = %s AND f.state <> %s ORDER BY r.ordinal LIMIT %s
        """,
        *(TWICE, TWICE, MOST),
    )
    for file, line, external_id, first_file, first in rows:
        elsewhere = "" if file == first_file else f" of {first_file}"
        sentence = f"The id “{external_id}” stands in line {first}{elsewhere} too."
        problems.add(sentence, file, line, "id")
    problems.total += max(0, counts().get(TWICE, 0) - len(rows))


def counts() -> dict[str, int]:
    return dict(_run("SELECT state, count(*) FROM importing_row GROUP BY state"))


def lost(kind: Kind, source: str) -> tuple[int, int, list[str]]:
    """How many ids of the source are not in the files, how many it has in all, and the
    first of them.
    """
    missing = """
        FROM archive_externalid e WHERE e.source = %s AND e.kind = %s
        AND NOT EXISTS (SELECT 1 FROM importing_row r
            WHERE r.external_id = e.external_id)
    """
    ((count,),) = _run(f"SELECT count(*) {missing}", source, kind.name)
    ((total,),) = _run(
        "SELECT count(*) FROM archive_externalid WHERE source = %s AND kind = %s",
        source,
        kind.name,
    )
    first = _run(
        f"SELECT e.external_id {missing} ORDER BY e.id LIMIT {MOST}",
        source,
        kind.name,
    )
    return count, total, [external_id for (external_id,) in first]


def gone() -> list[tuple[str, int, str]]:
    """(file, line, id) of rows whose records an editor has deleted."""
    return _run(
        "SELECT file, line, external_id FROM importing_row WHERE state = %s "
        f"ORDER BY ordinal LIMIT {MOST}",
        GONE,
    )


def new_rows() -> list[tuple[int, str, int, str, str]]:
    """(ordinal, file, line, id, content) of the rows that the archive does not know."""
    return _run(
        "SELECT ordinal, file, line, external_id, content FROM importing_row "
        f"WHERE state = '{NEW}' ORDER BY ordinal"
    )


def changed_rows(text: str) -> list[tuple[int, str, int, str, str]]:
    """The same of rows that the archive knows with other values, and that hold a
    text.
    """
    return _run(
        "SELECT ordinal, file, line, external_id, content FROM importing_row "
        f"WHERE state = '{CHANGED}' AND strpos(content, %s) > 0 ORDER BY ordinal",
        text,
    )


def settle(targets: Mapping[int, int], leaders: Mapping[int, str]) -> None:
    """By ordinal: which record a new row is, or with which other row it is one."""
    _run(
        "UPDATE importing_row r SET record = t.record "
        "FROM unnest(%s::integer[], %s::bigint[]) AS t (ordinal, record) "
        "WHERE r.ordinal = t.ordinal",
        *(list(targets), list(targets.values())),
    )
    _run(
        f"UPDATE importing_row r SET state = '{LATER}', leader = t.leader "
        "FROM unnest(%s::integer[], %s::text[]) AS t (ordinal, leader) "
        "WHERE r.ordinal = t.ordinal",
        *(list(leaders), list(leaders.values())),
    )


def follow_leaders(kind: Kind, source: str) -> int:
    """Gives rows that waited for another row's record that record, and puts them at the
    end; returns the last ordinal before them.
    """
    ((last,),) = _run("SELECT coalesce(max(ordinal), 0) FROM importing_row")
    _run(
        f"""
        UPDATE importing_row r SET record = e.record, state = '{NEW}',
            ordinal = r.ordinal + %s
        FROM archive_externalid e WHERE r.state = '{LATER}'
        AND e.source = %s AND e.kind = %s AND e.external_id = r.leader
        """,
        *(last, source, kind.name),
    )
    return int(last)


def blocks(source: str, problems: Problems, last: int = 0) -> Iterator[Block]:
    """The new and changed rows, in blocks of bounded size."""
    while rows := _run(
        f"""
        SELECT ordinal, file, line, external_id, row_hash, content, entry, record,
            base, hash_before FROM (
            SELECT r.*, e.fields::text AS base, e.row_hash AS hash_before,
                sum(length(content)) OVER (ORDER BY ordinal) - length(content) AS before
            FROM (
                SELECT * FROM importing_row WHERE ordinal > %s
                AND state IN ('{NEW}', '{CHANGED}') ORDER BY ordinal LIMIT {BLOCK}
            ) r LEFT JOIN archive_externalid e ON e.id = r.entry
        ) sized WHERE before < {BLOCK_SIZE} ORDER BY ordinal
        """,
        last,
    ):
        last = rows[-1][0]
        yield Block(source, [_row(*row[1:]) for row in rows], problems)


def _row(
    file: str, line: int, external_id: str, row_hash: str, content: str, *known: Any
) -> Row:
    entry, record, base, hash_before = known
    return Row(
        *(file, line, external_id, row_hash, json.loads(content), entry, record),
        base=json.loads(base) if base else {},
        hash_before=hash_before or "",
    )


def draft_records(kind: Kind) -> Iterator[list[tuple[int, str, int]]]:
    """(primary key, file, line) of the rows' records that are drafts, were never public
    and came from an earlier run, in blocks.
    """
    table, last = kind.model._meta.db_table, 0
    while rows := _run(
        f"""
        SELECT t.id, r.file, r.line, r.ordinal FROM importing_row r
        JOIN {table} t ON t.id = r.record
        JOIN archive_externalid e ON e.id = r.entry AND NOT e.is_linked
        WHERE r.ordinal > %s AND t.status = 'draft' AND t.first_published_at IS NULL
        ORDER BY r.ordinal LIMIT {BLOCK}
        """,
        last,
    ):
        last = rows[-1][3]
        yield [row[:3] for row in rows]


def unpublished_records(kind: Kind) -> Iterator[list[int]]:
    """Primary keys of the rows' records that are not ticked as published, in blocks."""
    table, last = kind.model._meta.db_table, 0
    while rows := _run(
        f"""
        SELECT t.id, r.ordinal FROM importing_row r
        JOIN {table} t ON t.id = r.record
        JOIN archive_externalid e ON e.id = r.entry AND NOT e.is_linked
        WHERE r.ordinal > %s AND NOT t.is_published
        ORDER BY r.ordinal LIMIT {BLOCK}
        """,
        last,
    ):
        last = rows[-1][1]
        yield [pk for pk, _ordinal in rows]


def _run(query: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else None
