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

    def of(
        self, model: Any, field: str, slugs: Iterable[str], key: str = "slug"
    ) -> dict[str, str]:
        """Slug -> value of `field`, for public records, in the order of the labels.
        `key` names the column of the slug.
        """
        kind = (model, field, key)
        labels = _whole.get(self.revision, kind, lambda: _all_labels(*kind))
        if labels is None:
            labels = self._single_labels(kind, slugs)
        placed = sorted((*labels[slug], slug) for slug in {*slugs} if slug in labels)
        return {slug: label for _place, label, slug in placed}

    def _single_labels(
        self, kind: tuple[Any, str, str], slugs: Iterable[str]
    ) -> dict[str, tuple[str, str]]:
        def load(missing: list[tuple[Any, str]]) -> dict[Any, Any]:
            names = [slug for _kind, slug in missing]
            labels = _by_slug(_rows(*kind).filter(**{f"{kind[2]}__in": names}))
            return {key: labels.get(key[1]) for key in missing}

        known = _single.get_many(self.revision, [(kind, slug) for slug in slugs], load)
        return {slug: label for (_kind, slug), label in known.items() if label}


def _all_labels(model: Any, field: str, key: str) -> dict[str, tuple[str, str]] | None:
    """The labels of all public records; None if there are more than MAX_WHOLE."""
    labels = _by_slug(_rows(model, field, key)[: MAX_WHOLE + 1])
    return labels if len(labels) <= MAX_WHOLE else None


def _by_slug(rows: QuerySet[Any]) -> dict[str, tuple[str, str]]:
    """Of two labels with one slug the first in reading order."""
    labels: dict[str, tuple[str, str]] = {}
    for slug, label, place in rows:
        labels[slug] = min(labels.get(slug, (place, label)), (place, label))
    return labels


@constant
def _rows(model: Any, field: str, key: str) -> QuerySet[Any]:
    """(slug, label, place in reading order) of public records; never evaluated."""
    return (
        model.objects.public()
        .order_by()
        .values_list(key, field)
        .annotate(in_order=sorted_by(model, field, field))
        .distinct()
    )
