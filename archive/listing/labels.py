"""Labels of slugs in reading order, cached by revision: every list shows the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.core.caches import Cache, constant
from archive.core.sorting import sorted_by

MAX_WHOLE = 2_000

_whole: Cache[dict[str, tuple[str, str]] | None] = Cache(20)
_single: Cache[tuple[str, str] | None] = Cache(20_000)


@dataclass(frozen=True)
class Labels:
    """Labels of records that are public at this revision."""

    revision: Hashable

    def of(self, model: Any, field: str, slugs: Iterable[str]) -> dict[str, str]:
        """Slug -> value of `field`, for public records, in the order of the labels."""
        labels = _whole.get(
            self.revision, (model, field), lambda: _all_labels(model, field)
        )
        if labels is None:
            labels = self._single_labels(model, field, slugs)
        placed = sorted((*labels[slug], slug) for slug in {*slugs} if slug in labels)
        return {slug: label for _place, label, slug in placed}

    def _single_labels(
        self, model: Any, field: str, slugs: Iterable[str]
    ) -> dict[str, tuple[str, str]]:
        def load(missing: list[tuple[Any, str, str]]) -> dict[Any, Any]:
            rows = _rows(model, field).filter(slug__in=[key[2] for key in missing])
            labels = _by_slug(rows)
            return {key: labels.get(key[2]) for key in missing}

        known = _single.get_many(
            self.revision, [(model, field, slug) for slug in slugs], load
        )
        return {key[2]: label for key, label in known.items() if label}


def _all_labels(model: Any, field: str) -> dict[str, tuple[str, str]] | None:
    """The labels of all public records; None if there are more than MAX_WHOLE."""
    labels = _by_slug(_rows(model, field)[: MAX_WHOLE + 1])
    return labels if len(labels) <= MAX_WHOLE else None


def _by_slug(rows: QuerySet[Any]) -> dict[str, tuple[str, str]]:
    return {slug: (place, label) for slug, label, place in rows}


@constant
def _rows(model: Any, field: str) -> QuerySet[Any]:
    """(slug, label, place in reading order) of public records; never evaluated."""
    return (
        model.objects.public()
        .order_by()
        .values_list("slug", field)
        .annotate(place=sorted_by(model, field, field))
    )
