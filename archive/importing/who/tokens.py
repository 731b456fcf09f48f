"""Whom the column or the map's table same_as names: a slug or uid, id: and the id of a
row of the same source, another source and an id, or “new”. A question mark at the end:
only if the archive has it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from archive.importing.who.persons import Person, Side
from archive.models import ExternalId
from statements.models import Speaker

NEW, OWN, PERHAPS = "new", "id", "?"


class Unknown(Exception):
    """Nothing has that name; the message says so."""


class Tokens:
    """Reads the tokens of all rows with one query for each way of naming."""

    def __init__(self, source: str, people: Iterable[Person]) -> None:
        self.source = source
        people = list(people)
        self._rows = {person.side for person in people}
        tokens = {person.values.get("same_as", "") for person in people}
        bare = {token.removesuffix(PERHAPS) for token in tokens}
        self._speakers = _speakers(token for token in bare if ":" not in token)
        self.imported = _imported({self._row(token) for token in bare if ":" in token})

    def side(self, token: str) -> Side | None:
        """None for what need not be there and is not. Raises Unknown."""
        bare = token.removesuffix(PERHAPS)
        is_optional = bare != token
        if ":" in bare:
            side = self._row(bare)
            if is_optional or side in self._rows or side in self.imported:
                return side
            raise Unknown(
                f"The source “{side.source}” has no row with the id {side.id}."
            )
        if not (uid := self._speakers.get(bare)) and not is_optional:
            raise Unknown(f"The archive has no speaker with the slug or uid “{bare}”.")
        return Side("", uid) if uid else None

    def _row(self, token: str) -> Side:
        source, _colon, key = token.partition(":")
        return Side(self.source if source == OWN else source.strip(), key.strip())


def _speakers(tokens: Iterable[str]) -> dict[str, str]:
    named = set(tokens) - {"", NEW}
    rows = Speaker.objects.filter(Q(uid__in=named) | Q(slug__in=named))
    uids: dict[str, str] = {}
    for uid, slug, into in rows.values_list("uid", "slug", "merged_into__uid"):
        uids |= dict.fromkeys((uid, slug), into or uid)
    return uids


def _imported(sides: set[Side]) -> set[Side]:
    rows = ExternalId.objects.filter(
        kind="speakers",
        source__in={side.source for side in sides},
        external_id__in={side.id for side in sides},
    )
    return sides & {Side(*each) for each in rows.values_list("source", "external_id")}
