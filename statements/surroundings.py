"""What stands around a statement in its article, as far as the rights allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from archive.models import Rights
from statements.models import Statement, StatementPassage

MAX_PARAGRAPHS = 6


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph; `is_own` if the statement's words."""

    text: str
    is_own: bool


@dataclass(frozen=True)
class Neighbours:
    """The public statements before and after it in the article, of anybody and of its
    speaker.
    """

    before: Statement | None = None
    after: Statement | None = None
    previous: Statement | None = None
    next: Statement | None = None


def paragraphs(statement: Statement) -> list[list[Piece]]:
    """Where the full text may be shown, the paragraphs of the newest version that hold
    its words; of words that fill them, also those before and after.
    """
    if statement.article.rights != Rights.FULL_TEXT:
        return []
    passages = [each for each in statement.located_passages if each.is_current]
    if not passages:
        return []
    text = passages[0].version.text
    lines = list(_lines(text))
    holding = [
        index
        for index, (start, end) in enumerate(lines)
        if any(each.start < end and each.end > start for each in passages)
    ]
    first, last = holding[0], holding[-1]
    pieces = [_pieces(text, *line, passages) for line in lines[first : last + 1]]
    if all(piece.is_own for paragraph in pieces for piece in paragraph):
        first, last = max(first - 1, 0), last + 1
    around = lines[first : last + 1][:MAX_PARAGRAPHS]
    return [_pieces(text, *line, passages) for line in around]


def neighbours(statement: Statement) -> Neighbours:
    rows = list(
        Statement.objects.public()
        .filter(article=statement.article_id)
        .in_reading_order()
        .values_list("pk", "speaker_id")
    )
    everybody = [pk for pk, _speaker in rows]
    own = [pk for pk, speaker in rows if speaker == statement.speaker_id]
    before, after = _beside(everybody, statement.pk)
    previous, following = _beside(own, statement.pk)
    by_pk = (
        Statement.objects.public()
        .with_articles()
        .in_bulk([pk for pk in (before, after, previous, following) if pk])
    )
    return Neighbours(
        *(by_pk.get(pk or 0) for pk in (before, after, previous, following))
    )


def _beside(keys: list[int], key: int) -> tuple[int | None, int | None]:
    at = keys.index(key)
    return keys[at - 1] if at else None, next(iter(keys[at + 1 : at + 2]), None)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _pieces(
    text: str, start: int, end: int, passages: list[StatementPassage]
) -> list[Piece]:
    cuts = {start, end}
    for each in passages:
        cuts.update(cut for cut in (each.start, each.end) if start < cut < end)
    return [
        Piece(
            text[first:last],
            any(each.start <= first and each.end >= last for each in passages),
        )
        for first, last in pairwise(sorted(cuts))
    ]
