import functools
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import get_language

from archive.base import When
from archive.search import snippets

register = template.Library()


@register.simple_tag(takes_context=True)
def marked(context: Context, text: Any) -> str:
    """The text with the words that this list was searched for marked."""
    found = context.get("found")
    return snippets.marked(str(text), found.stems) if found and found.stems else str(text)


@register.simple_tag(takes_context=True)
def excerpt(context: Context, text: Any) -> str:
    """The part of a long text with the most of the words searched; nothing where none was."""
    found = context.get("found")
    return snippets.excerpt(str(text), found.stems) if text and found and found.stems else ""


@register.simple_tag
def when(date: When | None) -> str:
    """As `_when.html` shows it; a list shows the same few dates over and over."""
    return _shown(date, get_language()) if date else ""


@functools.lru_cache(maxsize=10_000)
def _shown(date: When, _language: str | None) -> str:
    return render_to_string("_when.html", {"when": date})
