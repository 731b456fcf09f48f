"""The small charts of `archive.charts`, drawn as SVG by Jinja2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from archive.templatetags.rows import macro

register = template.Library()


@register.simple_tag
def chart(
    drawing: Any,
    id: str,
    title: str,
    csv: str | Sequence[tuple[str, str]] = "",
    *,
    is_small: bool = False,
) -> str:
    """A `Tally`, `Years` or `OverTime`; nothing for None. `id` is unique on the page.
    A small one, for rows of lists, has no table and no file. `csv` is one address, or
    several with their labels.
    """
    if not drawing:
        return ""
    files = [(csv, _("Numbers as CSV"))] if csv and isinstance(csv, str) else csv
    return macro(drawing.macro)(drawing, id, title, files, is_small)
