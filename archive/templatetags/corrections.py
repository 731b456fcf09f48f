from collections.abc import Iterable
from typing import Any

from django import template

from archive.models import Correction
from archive.models import corrections as corrections_of
from archive.models.corrections import with_their_records

register = template.Library()


@register.inclusion_tag("archive/_corrections.html")
def corrections(*records: Any) -> dict[str, Any]:
    """The public corrections of records, or lists of records, that the page shows; the
    first is the record of the page.
    """
    flat = [
        record
        for item in records
        for record in (item if isinstance(item, Iterable) else [item])
    ]
    rows = Correction.objects.public().of(flat)
    return {"corrections": with_their_records(rows, flat[0], flat)}


@register.filter
def in_words(record: Any) -> str:
    return corrections_of.in_words(record)
