"""Labels of slugs in reading order, cached by revision: every list shows the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from archive.core.caches import Cache
from archive.core.sorting import sorted_by

_labels: Cache[tuple[str, str] | None] = Cache(20_000)


@dataclass(frozen=True)
class Labels:
    """Labels of records that are public at this revision."""

    revision: Hashable

    def of(self, model: Any, field: str, slugs: Iterable[str]) -> dict[str, str]:
        """Slug -> value of `field`, for public records, in the order of the labels."""

        def load(
            missing: list[tuple[Any, str, str]],
        ) -> dict[tuple[Any, str, str], tuple[str, str] | None]:
            rows = (
                model.objects.public()
                .filter(slug__in=[key[2] for key in missing])
                .order_by()
                .values("slug", field)
                .annotate(place=sorted_by(model, field, field))
            )
            labels = {row["slug"]: (row["place"], row[field]) for row in rows}
            return {key: labels.get(key[2]) for key in missing}

        known = _labels.get_many(
            self.revision, [(model, field, slug) for slug in slugs], load
        )
        placed = sorted((*label, key[2]) for key, label in known.items() if label)
        return {slug: label for _place, label, slug in placed}
