from collections.abc import Iterable
from typing import Any

from django import template

from archive.models import Correction

register = template.Library()


@register.inclusion_tag("archive/_corrections.html")
def corrections(*records: Any) -> dict[str, Any]:
    """The public corrections of records, or lists of records, that the page shows."""
    flat = [
        record
        for item in records
        for record in (item if isinstance(item, Iterable) else [item])
    ]
    return {"corrections": Correction.objects.public().of(flat)}
