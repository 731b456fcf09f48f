from typing import Any

from django import template
from django.template import Context

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
