"""What it costs to match a day's publications with everything that is followed."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from typing import Any

from archive.alerts.conditions import Matcher, Plain
from archive.alerts.news import KINDS
from archive.models import Topic
from archive.search.analysis import words
from policies.models import Proposal
from statements.models import Speaker, Statement

FOLLOWS = 100_000
PUBLISHED = 2_000  # records of one day
PARAMETERS = ("speaker", "topic", "proposal", "q", "speaker q", "topic stance")


def run(**_options: object) -> Iterator[str]:
    """In this archive, which must hold the records: `benchmark bulk` makes some."""
    conditions = list(itertools.islice(_drawn(), FOLLOWS))
    documents: list[Any] = list(
        itertools.islice(KINDS[Statement].index_documents(), PUBLISHED)
    )
    before = time.process_time()
    matcher = Matcher()
    for number, condition in enumerate(conditions):
        matcher.add(number, condition)
    compiled = time.process_time()
    matches = sum(len(matcher.matches(document)) for document in documents)
    matched = time.process_time()
    yield (
        f"{len(conditions):,} conditions kept in {compiled - before:.1f} s of CPU, "
        f"{len(documents):,} records matched in {matched - compiled:.1f} s: "
        f"{matches:,} matches"
    )


def _drawn() -> Iterator[Plain]:
    """Conditions of every kind on what the archive holds."""
    draw = random.Random(1)  # noqa: S311
    values = {
        "speaker": list(Speaker.objects.public().values_list("slug", flat=True)),
        "topic": list(Topic.objects.public().values_list("slug", flat=True)),
        "proposal": list(Proposal.objects.public().values_list("slug", flat=True)),
        "stance": ["supports", "opposes"],
    }
    texts = Statement.objects.public().order_by("pk").values_list("text", flat=True)
    spoken = [words(text) for text in texts[:PUBLISHED]]
    while True:
        condition: Plain = {"type": KINDS[Statement].type}
        for name in draw.choice(PARAMETERS).split():
            if name == "q":
                condition["text"] = " ".join(draw.choice(spoken)[:3])
            else:
                field = "joint" if name in ("proposal", "stance") else "any"
                condition.setdefault(field, {})[name] = [draw.choice(values[name])]
        yield condition
