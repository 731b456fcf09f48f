"""What a person reads for a slug, asked once for each state of the archive: every list shows the same few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.core.caches import by_revision

MOST = 20_000


class Labels:
    """Those that are public. What is read later than the state it is kept for can only be newer, never older."""

    def __init__(self) -> None:
        self.known: dict[tuple[Any, str, str], str | None] = {}

    def of(self, model: Any, field: str, slugs: Iterable[str]) -> dict[str, str]:
        wanted = list(slugs)
        if len(self.known) > MOST:
            self.known = {}
        known = self.known  # another thread may begin anew meanwhile
        if missing := [slug for slug in wanted if (model, field, slug) not in known]:
            found = dict(model.objects.public().filter(slug__in=missing).order_by().values_list("slug", field))
            known.update({(model, field, slug): found.get(slug) for slug in missing})
        return {slug: label for slug in wanted if (label := known[model, field, slug]) is not None}


def current() -> Labels:
    """One query; begins anew whenever anything has changed."""
    return by_revision("labels", Labels)
