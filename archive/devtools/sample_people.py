"""Writes the sample's speakers, and what they were between two dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.devtools.sample_rows import RandomData, copy
from archive.devtools.sample_world import Person, Voice, World
from archive.wording.sort_names import sort_name
from statements.models import Affiliation, Speaker

SOURCE = "https://example.org/source"
NOTE = "Made up for the sample archive."
LEGISLATORS = ("Member", "Senator")  # the last word of their titles


def write(sample: RandomData, world: World) -> None:
    write_speakers(sample, world.voices)
    copy(Affiliation, (row for person in world.people for row in _rows(sample, person)))


def write_speakers(sample: RandomData, voices: list[Voice]) -> None:
    rows = (
        {
            "kind": voice.kind,
            "name": voice.name,
            "sort_name": sort_name(voice.name, voice.kind),
            "slug": sample.slug(voice.name),
            "uid": sample.uid(),
            "summary": NOTE,
        }
        for voice in voices
    )
    for voice, key in zip(voices, copy(Speaker, rows), strict=True):
        voice.key = key


def _rows(sample: RandomData, person: Person) -> Iterator[dict[str, Any]]:
    """Offices and memberships with their dates, the party since the first of them; of
    those without an office, what a source said on one day.
    """
    for post in person.posts:
        is_seat = post.title.split()[-1] in LEGISLATORS
        yield affiliation(
            person,
            "member" if is_seat else "office",
            title=post.title,
            organization_id=post.body.key,
            place=post.place,
            start=post.start,
            end=post.end,
        )
    if person.party:
        yield affiliation(
            person,
            "party",
            organization_id=person.party.key,
            start=person.posts[-1].start,
        )
    if person.civil:
        yield affiliation(
            person,
            "office",
            title=person.civil[0].upper() + person.civil[1:],
            organization_id=person.civil_body.key if person.civil_body else None,
            place=person.place,
            known_on=sample.day(),
            known_is_inferred=sample.random.random() < 0.5,
        )


def affiliation(person: Person, kind: str, **fields: Any) -> dict[str, Any]:
    return {
        "speaker_id": person.key,
        "kind": kind,
        "title": "",
        "organization_id": None,
        "place": "",
        "start": None,
        "start_precision": "day",
        "end": None,
        "end_precision": "day",
        "known_on": None,
        "known_precision": "day",
        "known_is_inferred": False,
        "source_url": SOURCE,
        "is_published": True,
        **fields,
    }
