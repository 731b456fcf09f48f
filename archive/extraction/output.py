"""Converts drafts to plain dicts for JSON: the whole draft, or one line in the format
of the extraction scorer.
"""

import dataclasses
from collections.abc import Callable
from enum import Enum
from typing import Any

from archive.extraction.model import ArticleDraft, Statement, StatementForm
from archive.extraction.normalize import original_offsets


def as_dict(draft: ArticleDraft) -> dict[str, Any]:
    """Returns everything in *draft* under the names of the dataclasses' fields; enums
    become their values.
    """
    return {key: _plain(value) for key, value in _fields(draft).items()}


def as_line(identifier: object, original: str, draft: ArticleDraft) -> dict[str, Any]:
    """Returns {"id", "quotes": [...]} with one entry per passage; offsets count code
    points of *original* (not normalized).

    A quote has start, end, kind (direct, partial, indirect) and, if known, speaker,
    speaker_start, speaker_end.
    """
    offsets = original_offsets(original)
    to_original = offsets.__getitem__ if offsets is not None else _same
    quotes = [
        quote
        for statement in draft.statements
        for quote in _quotes(statement, to_original)
    ]
    return {"id": identifier, "quotes": quotes}


def _quotes(
    statement: Statement, to_original: Callable[[int], int]
) -> list[dict[str, Any]]:
    kind = (
        StatementForm.INDIRECT
        if statement.form is StatementForm.COLLECTIVE
        else statement.form
    )
    speaker: dict[str, Any] = {}
    if statement.speaker.name is not None:
        speaker["speaker"] = statement.speaker.name
    if statement.speaker.mention is not None:
        speaker["speaker_start"] = to_original(statement.speaker.mention.start)
        speaker["speaker_end"] = to_original(statement.speaker.mention.end)
    return [
        {"start": to_original(p.start), "end": to_original(p.end), "kind": kind.value}
        | speaker
        for p in statement.passages
    ]


def _same(offset: int) -> int:
    return offset


def _fields(record: Any) -> dict[str, Any]:
    return {
        field.name: getattr(record, field.name) for field in dataclasses.fields(record)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {key: _plain(inner) for key, inner in _fields(value).items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value
