"""The turns of a speech or a press release: words that are one speaker's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from archive.desk.people import resolve
from archive.editing.saving import Invalid, save
from archive.models import ArticleVersion
from statements.models import Turn
from statements.models.speakers import SpeakerKind


@transaction.atomic
def add_turn(
    request: HttpRequest, version: ArticleVersion, data: Mapping[str, Any]
) -> Turn:
    """Records that words of the version, or all of it, are one speaker's own."""
    try:
        speaker = resolve(
            request,
            version.article,
            str(data.get("turn_speaker", "")),
            str(data.get("turn_kind") or SpeakerKind.PERSON),
            bool(data.get("turn_is_new")),
        )
        words = str(data.get("turn_words", ""))
        fields = {"version": version.pk, "speaker": speaker.pk, "exact": words}
        turn: Turn = save(request, Turn, fields).record
    except Invalid as invalid:
        messages = [one for each in invalid.errors.values() for one in each]
        raise Invalid({"turn": messages}, invalid.doubts) from invalid
    return turn
