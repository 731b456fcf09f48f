"""How many of the questions of citizens are answered right by the site search of this
archive, which must hold the demo's records.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.site_search import ask

QUESTIONS = Path(__file__).parent.parent / "questions" / "citizens.toml"
AMONG = 3  # the first results, unless a question asks for the very first

Found = list[tuple[str, Any]]  # (type, record), best first
Chips = list[tuple[str, str]]  # (parameter, value)


def run(**_options: object) -> Iterator[str]:
    """Yields one line for each wrong answer, then the number of right ones by set."""
    for name, questions in load().items():
        wrong = [each for each in questions if not is_right(each, *results(each["q"]))]
        for each in wrong:
            yield f"{name}, wrong: {each['q']}"
        yield f"{name}: {len(questions) - len(wrong)} of {len(questions)} right"


def load() -> dict[str, list[dict[str, Any]]]:
    """The questions by set."""
    return tomllib.loads(QUESTIONS.read_text("utf-8"))


def results(typed: str) -> tuple[Found, Chips]:
    """The first page of what the site search shows, and how it read the words."""
    answers = ask(typed)
    chips = [
        (name, value)
        for name, values in answers.reading.parameters.items()
        for value in values
    ]
    return [(hit.kind, hit.record) for hit in answers.results], chips


def is_right(question: Mapping[str, Any], found: Found, chips: Chips) -> bool:
    first = found[: question.get("first", AMONG)]
    hits: Sequence[bool] = [
        any(_is(key, kind, record) for kind, record in first)
        for key in question["right"]
    ]
    chip = question.get("chip")
    is_read = chip is None or tuple(chip) in chips
    return is_read and (all(hits) if question.get("all") else any(hits))


def _is(key: str, kind: str, record: Any) -> bool:
    """Whether the key names this record."""
    named, *parts = key.split("/")
    if named != kind:
        return False
    if kind == "statements":
        speaker, word = parts
        says = word.lower() in record.text.lower()
        return says and speaker in ("*", record.speaker.slug)
    if kind == "positions":
        return parts == [record.speaker.slug, record.proposal.slug]
    return parts == [record.slug]
