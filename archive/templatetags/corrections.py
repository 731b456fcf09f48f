from collections.abc import Iterable
from typing import Any

from django import template

from archive.models import Correction

register = template.Library()


@register.inclusion_tag("archive/_corrections.html")
def corrections(*shown: Any) -> dict[str, Any]:
    """The public notes about the records, or lists of them, that a page shows."""
    records = [
        record
        for each in shown
        for record in (each if isinstance(each, Iterable) else [each])
    ]
    return {"corrections": Correction.objects.public().of(records)}
