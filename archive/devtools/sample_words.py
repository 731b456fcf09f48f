"""Generated words, names, days and timestamps, all drawn from one random generator, and
rows written by COPY.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from archive.core.publishing import UID_ALPHABET
from archive.extraction.quotation_ranges import RULE, ranges
from archive.models import QuotationRange
from archive.search.analysis import STOP_WORDS

SYLLABLES = [
    a + b
    for a in "b c d f g l m n p r s t v br st tr".split()
    for b in "a e i o u an er in or".split()
]
FIRST_DAY, DAYS = dt.date(2005, 1, 1), 7300


class RandomData:
    """Words occur with realistic (Zipf) frequencies: a few often, most rarely. So do
    outlets, topics and speakers.
    """

    outlets: Zipf
    topics: Zipf
    speakers: Zipf

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        telling = self._vocabulary(20_000)
        small = sorted(STOP_WORDS - {"s", "t"})
        self.words = Zipf(
            self.random,
            [
                *itertools.chain(*zip(small, telling, strict=False)),
                *telling[len(small) :],
            ],
        )
        self.now = timezone.now()

    def sentence(self, count: int) -> str:
        return " ".join(self.words.draw(count)).capitalize() + "."

    def uid(self) -> str:
        return "".join(self.random.choices(UID_ALPHABET, k=10))

    def day(self) -> dt.date:
        """Later years have more articles."""
        return FIRST_DAY + dt.timedelta(days=int(DAYS * self.random.random() ** 0.6))

    def names(self, count: int, form: str) -> Iterator[tuple[str, str]]:
        for index in range(count):
            name = " ".join(word.capitalize() for word in self.words.rare(2))
            yield form.format(name), f"sample-{name.lower().replace(' ', '-')}-{index}"

    def published(self) -> dict[str, Any]:
        """One in twenty is a draft."""
        is_draft = self.random.random() < 0.05
        stamps = {"created_at": self.now, "updated_at": self.now, "uid": self.uid()}
        return stamps | {
            "status": "draft" if is_draft else "published",
            "first_published_at": None if is_draft else self.now,
        }

    def with_topics(self, model: Any, pks: list[int]) -> None:
        foreign_key = f"{model._meta.model_name}_id"
        pairs = {
            (pk, self.topics.one())
            for pk in pks
            for _ in range(self.random.choice([1, 1, 2, 3]))
        }
        copy(
            model.topics.through,
            ({foreign_key: pk, "topic_id": topic} for pk, topic in sorted(pairs)),
        )

    def _vocabulary(self, count: int) -> list[str]:
        words: dict[str, None] = {}
        while len(words) < count:
            words[
                "".join(
                    self.random.choices(SYLLABLES, k=self.random.choice([2, 3, 3, 4]))
                )
            ] = None
        return list(words)


class Zipf:
    """Draws the n-th of `items` about 1/n as often as the first."""

    def __init__(self, random: Random, items: list[Any]) -> None:
        self.random, self.items = random, items
        self.weights = list(
            itertools.accumulate(1 / rank for rank in range(2, len(items) + 2))
        )

    def draw(self, count: int) -> list[Any]:
        return self.random.choices(self.items, cum_weights=self.weights, k=count)

    def one(self) -> Any:
        return self.draw(1)[0]

    def rare(self, count: int) -> list[Any]:
        return self.random.choices(self.items[len(self.items) // 100 :], k=count)


def copy(model: Any, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Writes the rows by COPY and returns their primary keys; text columns that a row
    omits are empty.
    """
    table, first = (
        model._meta.db_table,
        (model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1,
    )
    empty = {
        field.column: ""
        for field in model._meta.concrete_fields
        if field.empty_strings_allowed and not field.null
    }
    full_rows = ({**empty, **row} for row in rows)
    head = next(full_rows)
    names, last = ", ".join(f'"{name}"' for name in ["id", *head]), first - 1
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as rows_of:
            for last, row in enumerate(itertools.chain([head], full_rows), first):
                rows_of.write_row([last, *(row[name] for name in head)])
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last]
        )
    return list(range(first, last + 1))


def copy_ranges(versions: list[int], texts: list[str]) -> None:
    """The ranges of quotation marks of each version, by its text."""
    copy(
        QuotationRange,
        (
            {"version_id": pk, "start": start, "end": end, "rule": RULE}
            for pk, text in zip(versions, texts, strict=True)
            for start, end in ranges(text)
        ),
    )
