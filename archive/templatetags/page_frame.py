"""The parts of a page around its content."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.core import caches

register = template.Library()

SECTIONS = {"speakers", "topics", "proposals", "compare", "statements", "help/data"}


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """The site sections; `aria-current` is "page" on a section's own page and "true"
    below it.
    """
    path = getattr(context.get("request"), "path_info", "")
    section = next((name for name in SECTIONS if path.startswith(f"/{name}/")), "")
    below = path.removeprefix(f"/{section}/") if section else ""
    return constant(
        "_navigation.html", section=section, current="true" if below else "page"
    )


@register.simple_tag
def constant(name: str, **values: str) -> SafeString:
    """{% constant "_footer.html" %}: a template rendered once per language and
    arguments.

    It has no access to the page's context, so it cannot leak one reader's data to
    another.
    """
    if settings.DEBUG:
        return render_to_string(name, values)
    return _constant(name, get_language(), tuple(values.items()))


@caches.constant
def _constant(
    name: str, _language: str | None, values: tuple[tuple[str, str], ...]
) -> SafeString:
    return render_to_string(name, dict(values))
