"""Statements that say something like one statement, as a language model reads them."""

from __future__ import annotations

from contextlib import suppress

from archive.listing.answer import reading
from archive.search import Unavailable
from archive.search.similar import similar
from statements.models import Statement

SHOWN = 4
LEAST = 0.55  # cosine; below it, half of the pairs of the demo are about other things


def similar_statements(statement: Statement) -> list[Statement]:
    """By others, or by the speaker in another article; nearest first."""
    pks: list[int] = []
    with suppress(Unavailable), reading() as (index, searcher):
        pks = similar(searcher, index.schema, "statements", statement.pk, LEAST)
    if not pks:
        return []
    rows = (
        Statement.objects.public()
        .as_rows()
        .exclude(article=statement.article_id, speaker=statement.speaker_id)
        .in_bulk(pks)
    )
    return [rows[pk] for pk in pks if pk in rows][:SHOWN]
