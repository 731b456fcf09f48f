"""Labels of slugs, cached by revision, because every list shows the same few."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from archive.core.caches import Cache

_labels: Cache[str | None] = Cache(20_000)


@dataclass(frozen=True)
class Labels:
    """Labels of records that are public at this revision."""

    revision: Hashable

    def of(self, model: Any, field: str, slugs: Iterable[str]) -> dict[str, str]:
        """Slug -> value of `field`, for public records."""

        def load(
            missing: list[tuple[Any, str, str]],
        ) -> dict[tuple[Any, str, str], str | None]:
            rows = (
                model.objects.public()
                .filter(slug__in=[key[2] for key in missing])
                .order_by()
            )
            labels = dict(rows.values_list("slug", field))
            return {key: labels.get(key[2]) for key in missing}

        known = _labels.get_many(
            self.revision, [(model, field, slug) for slug in slugs], load
        )
        return {key[2]: label for key, label in known.items() if label is not None}
