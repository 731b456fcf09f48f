from typing import Any

from django import template

from archive.core.caches import by_revision
from archive.models import DataSet

register = template.Library()

KINDS = {
    "Article": "articles",
    "Statement": "statements",
    "Speaker": "speakers",
    "Proposal": "proposals",
    "Position": "positions",
}


@register.inclusion_tag("archive/_credits.html")
def credits(record: Any, *further: list[Any]) -> dict[str, Any]:
    """The sets that the record of the page, or further records on it, came from."""
    if not by_revision("has data sets", DataSet.objects.exists):
        return {"sets": []}
    keys: dict[str, list[int]] = {}
    for each in [record, *(each for rows in further for each in rows)]:
        keys.setdefault(KINDS[type(each).__name__], []).append(each.pk)
    return {"sets": DataSet.objects.having(keys)}
