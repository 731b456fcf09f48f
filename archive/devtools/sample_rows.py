"""Generated days, identifiers and frequencies, all drawn from one random generator, and
rows written by COPY.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from archive.core.publishing import UID_ALPHABET
from archive.extraction.quotation_ranges import RULE, ranges
from archive.models import QuotationRange

FIRST_DAY, DAYS = dt.date(2005, 1, 1), 7300


class RandomData:
    """Identifiers, days and statuses; a subclass has the words and the people."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.now = timezone.now()
        self.slugs = itertools.count(1)

    def slug(self, title: str) -> str:
        """Says that the record is a sample's; the number makes it unique."""
        words = slugify(title)[:60].strip("-")
        return f"sample-{words}-{next(self.slugs)}" if words else self.slug("record")

    def uid(self) -> str:
        return "".join(self.random.choices(UID_ALPHABET, k=10))

    def day(self) -> dt.date:
        """Later years have more articles."""
        return FIRST_DAY + dt.timedelta(days=int(DAYS * self.random.random() ** 0.6))

    def published(self) -> dict[str, Any]:
        """One in twenty is a draft."""
        is_draft = self.random.random() < 0.05
        stamps = {"created_at": self.now, "updated_at": self.now, "uid": self.uid()}
        return stamps | {
            "status": "draft" if is_draft else "published",
            "first_published_at": None if is_draft else self.now,
        }


class Zipf:
    """Draws the n-th of `items` about 1/n as often as the first; `flat` lifts the tail,
    as if so many commoner items were left out.
    """

    def __init__(self, random: Random, items: list[Any], flat: int = 1) -> None:
        self.random, self.items = random, items
        self.weights = list(
            itertools.accumulate(1 / (rank + flat) for rank in range(1, len(items) + 1))
        )

    def one(self) -> Any:
        return self.random.choices(self.items, cum_weights=self.weights)[0]


def copy(model: Any, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Writes the rows by COPY and returns their primary keys; text columns that a row
    omits are empty, other ones have their default.
    """
    table, first = (
        model._meta.db_table,
        (model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1,
    )
    empty = {
        field.column: ""
        for field in model._meta.concrete_fields
        if field.empty_strings_allowed and not field.null
    } | {
        field.column: field.default
        for field in model._meta.concrete_fields
        if isinstance(field.default, bool)
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
