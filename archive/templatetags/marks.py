import functools
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from archive.core.dates import When
from archive.search import snippets

register = template.Library()


@register.simple_tag(takes_context=True)
def marked(context: Context, text: Any) -> str:
    """The text with the words that this list was searched for marked."""
    listing = context.get("listing")
    return snippets.marked(str(text), listing.stems) if listing and listing.stems else str(text)


@register.simple_tag(takes_context=True)
def excerpt(context: Context, text: Any) -> str:
    """The part of a long text with the most of the words searched; nothing where none was."""
    listing = context.get("listing")
    return snippets.excerpt(str(text), listing.stems) if text and listing and listing.stems else ""


@register.simple_tag
def when(date: When | None) -> str:
    """The date as well as it is known; a list shows the same few over and over."""
    return _shown(date, get_language()) if date else ""


@functools.lru_cache(maxsize=10_000)
def _shown(date: When, _language: str | None) -> SafeString:
    mark = format_html(' <span class="inferred">{}</span>', gettext("(date inferred)")) if date.is_inferred else ""
    return format_html('<time class="num" datetime="{}">{}</time>{}', date.iso, date, mark)
