"""Ranked results in one order: those of equal rank are sorted by date and id."""

from __future__ import annotations

import itertools
from typing import Any

from tantivy import Query, Searcher

WINDOW = 100  # results read before and behind a page, to see where its ranks begin
MAX_TIED = 10_000  # results of one rank that are put in a fixed order

Hit = tuple[float, Any]  # rank, address of the document


def keys(searcher: Searcher, field: str, hits: list[Any]) -> list[int]:
    addresses = [address for _rank, address in hits]
    return [int(value or 0) for value in searcher.fast_field_values(field, addresses)]


def hits(
    searcher: Searcher, combined: Query, offset: int, size: int
) -> tuple[list[Hit], int]:
    """The rank and the address of each record of a page, and the total.

    Results of equal rank are in the order of a list, newest first: tantivy's own order
    of them changes with each commit.

    It reads on before and behind the page until the rank changes. More than MAX_TIED
    results of one rank stay in tantivy's order, on every page.
    """
    low, high = max(0, offset - WINDOW), offset + size + WINDOW
    while True:
        result: Any = searcher.search(combined, high - low, offset=low)
        ranks = [rank for rank, _address in result.hits]
        shown = ranks[offset - low : offset - low + size]
        is_start = not low or not shown or ranks[0] != shown[0]
        is_end = len(ranks) < high - low or not shown or ranks[-1] != shown[-1]
        before = offset - low if is_start else 4 * (offset - low)
        behind = high - offset - size if is_end else 4 * (high - offset - size)
        further = (
            max(0, offset - min(before, MAX_TIED)),
            offset + size + min(behind, MAX_TIED),
        )
        if further == (low, high):
            in_order = _in_fixed_order(searcher, result.hits)
            return in_order[offset - low : offset - low + size], int(result.count)
        low, high = further


def _in_fixed_order(searcher: Searcher, hits: list[Hit]) -> list[Hit]:
    in_order: list[Hit] = []
    for _rank, group in itertools.groupby(hits, key=lambda hit: hit[0]):
        tied = list(group)
        if 1 < len(tied) <= MAX_TIED:
            pks, days = keys(searcher, "pk", tied), keys(searcher, "newest", tied)
            keyed = sorted(
                zip(days, pks, tied, strict=True),
                key=lambda row: row[:2],
                reverse=True,
            )
            tied = [hit for _day, _pk, hit in keyed]
        in_order += tied
    return in_order
