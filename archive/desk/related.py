"""The speaker, the addressee and the topics of a record that a card becomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from archive.desk.people import RECORD, People, folded, resolve
from archive.desk.values import EDITS, who
from archive.editing.addresses import is_key
from archive.editing.saving import Invalid, save
from archive.models import Suggestion, SuggestionKind, Topic
from statements.models import Speaker
from statements.models.speakers import SpeakerKind


def speaker_of(
    request: HttpRequest, suggestion: Suggestion, values: Mapping[str, Any]
) -> Speaker:
    choice = who(values)
    if not choice and suggestion.speakers:
        people = People(suggestion.article, [suggestion.speakers[0]["name"]])
        if sure := people.sure(suggestion.speakers):
            choice = sure.value
    kind = str(values.get("speaker_kind") or _likely_kind(suggestion))
    return resolve(
        request, suggestion.article, choice, kind, bool(values.get("speaker_is_new"))
    )


def _likely_kind(suggestion: Suggestion) -> str:
    """The kind of a speaker whose name was typed: the engine's guess."""
    if suggestion.speakers:
        return str(suggestion.speakers[0]["kind"])
    is_list = suggestion.kind == SuggestionKind.LIST
    return SpeakerKind.ORGANIZATION if is_list else SpeakerKind.PERSON


def addressee(
    request: HttpRequest, suggestion: Suggestion, values: Mapping[str, Any]
) -> dict[str, str]:
    name = str(values.get("addressed_to", "")).strip()
    if "addressed_to" not in values:
        return {}
    if not name:
        return {"addressed_to": ""}
    try:
        speaker = resolve(request, suggestion.article, name, SpeakerKind.ORGANIZATION)
    except Invalid as invalid:
        messages = [one for each in invalid.errors.values() for one in each]
        raise Invalid({"addressed_to": messages}) from invalid
    return {"addressed_to": str(speaker.pk)}


def topics(request: HttpRequest, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The topics ticked and those typed, separated by commas; new ones are created."""
    if "topics" not in values and not values.get("topics_other"):
        return {}
    keys = [key for key in values.get("topics", []) if is_key(key)]
    for name in str(values.get("topics_other", "")).split(","):
        if not (name := " ".join(name.split())):
            continue
        topic = Topic.objects.filter(name__iexact=name).first()
        topic = topic or _new_topic(request, name, values)
        keys.append(str(topic.pk))
    return {"topics": keys}


def _new_topic(request: HttpRequest, name: str, values: Mapping[str, Any]) -> Topic:
    fields = {"name": name, "confirmed": values.get("confirmed", "")}
    try:
        topic: Topic = save(request, Topic, fields).record
    except Invalid as invalid:
        messages = [one for each in invalid.errors.values() for one in each]
        raise Invalid({"topics": messages}, invalid.doubts) from invalid
    return topic


def name_of(suggestion: Suggestion) -> str:
    """The name chosen or typed for an open card, else the engine's first, folded."""
    chosen = who({**suggestion.values, **suggestion.values.get(EDITS, {})})
    if chosen.startswith(RECORD):
        rows = Speaker.objects.filter(pk=chosen.removeprefix(RECORD))
        return folded(rows.values_list("name", flat=True).first() or "")
    if chosen:
        return folded(chosen.rpartition(":")[2])
    return folded(suggestion.speakers[0]["name"]) if suggestion.speakers else ""
