"""Pages as tests read them."""

from __future__ import annotations

import re
from typing import SupportsIndex

TAG = re.compile(r" ?(<[/!]?[a-zA-Z][^>]*?) ?(/?>) ?")


def tidy(html: str) -> str:
    """Drops the white space beside tags, which a template may place freely."""
    return TAG.sub(r"\1\2", re.sub(r"\s+", " ", html))


class Html(str):
    """A page without white space beside its tags; what is looked up in it is tidied
    in the same way.
    """

    __slots__ = ()

    def __new__(cls, html: str) -> Html:
        return super().__new__(cls, tidy(html))

    def __contains__(self, part: object) -> bool:
        return super().__contains__(tidy(str(part)))

    def count(self, part: str, *bounds: SupportsIndex | None) -> int:
        return super().count(tidy(part), *bounds)

    def split(  # type: ignore[override]
        self, part: str | None = None, maxsplit: SupportsIndex = -1
    ) -> list[Html]:
        pieces = super().split(part and tidy(part), maxsplit)
        return [Html(piece) for piece in pieces]

    def index(self, part: str, *bounds: SupportsIndex | None) -> int:
        return super().index(tidy(part), *bounds)
