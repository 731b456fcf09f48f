"""The same kinds of records from PostgreSQL, for when there is no index: kind by kind,
each in the order of its list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.search.across import Found
from archive.site_search.kinds import KindListing

ORDER = ("speakers", "proposals", "statements", "articles")


def found(
    by_kind: Mapping[str, KindListing], without: Sequence[str], offset: int, size: int
) -> Found:
    counts: dict[str, int] = {}
    records: list[tuple[str, int, float]] = []
    for kind in (name for name in ORDER if name in by_kind):
        hidden = [int(key.partition(":")[2]) for key in without if kind in key]
        rows = by_kind[kind].filterset.results()
        counts[kind] = rows.count()
        shown = rows.exclude(pk__in=hidden) if hidden else rows
        start, left = max(0, offset), size - len(records)
        if left and start < counts[kind]:
            pks = shown.values_list("pk", flat=True)[start : start + left]
            records += [(kind, pk, 0.0) for pk in pks]
        offset -= counts[kind] - len(hidden)
    return Found(tuple(records), counts, is_whole=bool(records))
