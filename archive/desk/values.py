"""The fields of a card: what the editors' forms send, what is saved while they work,
and what the record's own form in the admin gets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from archive.models import SuggestionKind

MAX_VALUE = 5_000  # characters of a field
MAX_ITEMS = 200  # of a list
EDITS = "edits"  # of an accepted suggestion, not yet saved in its record
MOVED = "moved"  # among the edits: the ends of the words are not yet saved either
POSITION = "position"  # typed in the form of a position, by field
EARLIER = "earlier"  # the words before each change, to undo it
ITEM = re.compile(r"item-(\d{1,3})-title")

WHO = ("speaker", "speaker_other", "speaker_kind", "speaker_is_new")
FIELDS: dict[str, tuple[str, ...]] = {
    SuggestionKind.STATEMENT: (
        *WHO,
        "form",
        "attribution",
        "occasion",
        "said_on",
        "said_precision",
        "said_is_inferred",
        "text",
        "context",
        "marks_exception",
        "topics_other",
        "confirmed",
    ),
    SuggestionKind.PROPOSAL: (*WHO, "title", "text", "addressed_to", "topics_other"),
    SuggestionKind.LIST: (
        *WHO,
        "title",
        "addressed_to",
        "issued_on",
        "introduction",
        "is_complete",
    ),
}
SEVERAL = ("topics",)
AT_ONCE = ("speaker_is_new", "confirmed")  # answers to a question: never kept
OF_POSITION = (
    *("speaker", "proposal", "other", "stance", "basis"),
    *("conditions", "rationale"),
)
EVIDENCE = "evidence"
TICKS = ("said_is_inferred", "speaker_is_new", "confirmed")


def without_nul(data: QueryDict) -> QueryDict:
    """What was sent without NUL, which PostgreSQL does not store."""
    clean = data.copy()
    for name, values in data.lists():
        clean.setlist(name, [each.replace("\x00", "") for each in values])
    return clean


def sent(kind: str, data: QueryDict) -> dict[str, Any]:
    """The card's fields among what was sent. A field that is not sent stays as it is;
    of ticks and lists, `fields` names those that the form has.
    """
    values: dict[str, Any] = {
        name: data[name][:MAX_VALUE]
        for name in data
        if name in FIELDS[kind] and name not in TICKS
    }
    for name in data.getlist("fields"):
        if name in TICKS and name in FIELDS[kind]:
            values[name] = data.get(name, "")
        if name in SEVERAL:
            values[name] = data.getlist(name)[:MAX_ITEMS]
    if kind == SuggestionKind.LIST:
        values |= {
            name: data[name][:MAX_VALUE] for name in data if ITEM.fullmatch(name)
        }
    if position := sent_position(data):
        values[POSITION] = position
    return values


def sent_position(data: QueryDict) -> dict[str, Any]:
    """The fields of the position's form; {} if it was not sent."""
    values: dict[str, Any] = {
        name: data[f"{POSITION}-{name}"][:MAX_VALUE]
        for name in OF_POSITION
        if f"{POSITION}-{name}" in data
    }
    if values:
        values[EVIDENCE] = data.getlist(f"{POSITION}-{EVIDENCE}")[:MAX_ITEMS]
    return values


def seen_before(data: QueryDict) -> dict[str, Any]:
    """The values that the changed fields had when the page showed them."""
    prefix = "was-"
    return {
        name.removeprefix(prefix): data.getlist(name)
        for name in data
        if name.startswith(prefix)
    }


def merged(
    values: Mapping[str, Any], seen: Mapping[str, Any], stored: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values to store, and those that somebody else stored in the same fields after
    they were seen. Of several choices, those added and removed by each count.
    """
    result, theirs = dict(values), {}
    for name in values:
        if name not in seen or name not in stored:
            continue
        mine, now, before = values[name], stored[name], seen[name]
        if name in SEVERAL:
            added = [each for each in mine if each not in now]
            removed = {each for each in before if each not in mine}
            result[name] = [each for each in now if each not in removed] + [
                each for each in added if each not in before
            ]
        elif now not in (mine, before[0] if before else ""):
            theirs[name] = now
    return result, theirs


def for_record(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the record's own form."""
    own = {
        name: value
        for name, value in values.items()
        if name in FIELDS[kind]
        and name not in WHO
        and name not in ("topics_other", "addressed_to")
        and (value or name not in TICKS)
    }
    if not own.get("said_on"):
        own.pop("said_is_inferred", None)
    return own


def who(values: Mapping[str, Any]) -> str:
    """A typed name counts more than a choice."""
    return str(values.get("speaker_other", "")).strip() or str(
        values.get("speaker", "")
    )
