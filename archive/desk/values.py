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
TICKS = ("said_is_inferred", "speaker_is_new", "confirmed")


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
    return values


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
