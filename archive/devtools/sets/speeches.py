"""The set of the governors' speeches of 2019."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from archive.devtools.sets import own_words
from archive.devtools.sets.packing import read_csv, read_lines, write_csv, write_lines
from archive.devtools.sets.parties import ORGANIZATIONS, party_row
from archive.extraction.normalize import normalize
from archive.wording.topic_rules import TopicRules

YEAR = "2019"
OFFICE, PARTY = "office", "party"


def build(source: Path, target: Path, rules: TopicRules) -> None:
    governors = read_csv(source / "speakers.csv")
    speeches = {
        row["external_id"]: row for row in read_lines(source / "articles.jsonl")
    }
    marked = read_csv(source / "statements.csv")
    speaker_of = {
        row["article_external_id"]: row["speaker_external_id"] for row in marked
    }
    write_csv(
        target / "speakers.csv.xz",
        ("id", "kind", "name"),
        [
            *ORGANIZATIONS,
            *(
                {"id": row["external_id"], "kind": "person", "name": row["full_name"]}
                for row in governors
            ),
        ],
    )
    write_csv(
        target / "affiliations.csv.xz",
        (
            *("id", "speaker_id", "kind", "title", "organization_id", "place"),
            *("known_on", "source_url"),
        ),
        _affiliations(governors, speeches, speaker_of),
    )
    write_csv(
        target / "outlets.csv.xz",
        ("name",),
        [
            {"name": name}
            for name in sorted({s["publisher"] for s in speeches.values()})
        ],
    )
    write_lines(target / "articles.jsonl.xz", _articles(speeches, speaker_of))
    write_csv(
        target / "statements.csv.xz",
        (
            *("id", "article_id", "speaker_id", "form", "start", "end"),
            *("topics", "topics_by_rule"),
        ),
        statements(speeches, marked, rules),
    )


def _affiliations(
    governors: Iterable[dict[str, str]],
    speeches: dict[str, dict[str, Any]],
    speaker_of: dict[str, str],
) -> Iterator[dict[str, str]]:
    speech_of = {speaker: speeches[key] for key, speaker in speaker_of.items()}
    for row in governors:
        speaker = row["external_id"]
        shared = {
            "speaker_id": speaker,
            "known_on": YEAR,
            "source_url": speech_of[speaker]["source_url"],
        }
        yield shared | {
            "id": f"{speaker} {OFFICE}",
            "kind": OFFICE,
            "title": row["role"],
            "place": row["jurisdiction"],
        }
        yield shared | party_row(speaker, row["party"])


def _articles(
    speeches: dict[str, dict[str, Any]], speaker_of: dict[str, str]
) -> Iterator[dict[str, Any]]:
    for key, row in speeches.items():
        if normalize(row["body"]) != row["body"]:
            raise ValueError(f"{key}: the offsets would not fit the stored text")
        parts = own_words.own_parts(row["body"])
        yield {
            "id": key,
            "headline": row["title"],
            "headline_is_supplied": "yes",
            "kind": "speech",
            "published_on": row["published"],
            "outlet": row["publisher"],
            "url": row["source_url"],
            "rights": "full_text",
            "speaker_id": speaker_of[key],
            "identifiers": f"FiveThirtyEight {key}",
            "turn_start": "; ".join(str(start) for start, _end in parts),
            "turn_end": "; ".join(str(end) for _start, end in parts),
            "text": row["body"],
        }


def statements(
    speeches: dict[str, dict[str, Any]],
    marked: Iterable[dict[str, str]],
    rules: TopicRules,
) -> Iterator[dict[str, str]]:
    """One for each marked paragraph that is the speaker's own."""
    quoted = {key: own_words.quotations(row["body"]) for key, row in speeches.items()}
    for row in marked:
        key = row["article_external_id"]
        text = speeches[key]["body"]
        span = int(row["char_start"]), int(row["char_end"])
        pieces = own_words.trimmed(text, span)
        if not pieces or any(
            own_words.is_of_others(text, piece, quoted[key]) for piece in pieces
        ):
            continue
        topics = rules.topics(" ".join(text[start:end] for start, end in pieces))
        yield {
            "id": f"{key} {span[0]}",
            "article_id": key,
            "speaker_id": row["speaker_external_id"],
            "form": "direct",
            "start": "; ".join(str(start) for start, _end in pieces),
            "end": "; ".join(str(end) for _start, end in pieces),
            "topics": "; ".join(topics),
            "topics_by_rule": "yes" if topics else "",
        }
