"""The small charts of `archive.charts`, drawn as SVG by Jinja2."""

from __future__ import annotations

from typing import Any

from django import template

from archive.templatetags.rows import macro

register = template.Library()


@register.simple_tag
def chart(
    drawing: Any, id: str, title: str, csv: str = "", *, is_small: bool = False
) -> str:
    """A `Tally`, `Years` or `OverTime`; nothing for None. `id` is unique on the page.
    A small one, for rows of lists, has no table and no file.
    """
    return macro(drawing.macro)(drawing, id, title, csv, is_small) if drawing else ""
