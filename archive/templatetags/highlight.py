from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from markupsafe import Markup

from archive.search import snippets

register = template.Library()


def searched(context: Context) -> frozenset[str]:
    """The stems of the words searched in the list on this page."""
    listing = context.get("listing")
    return listing.stems if listing else frozenset()


def highlighted(text: Any, stems: frozenset[str]) -> str:
    """The text with these stems marked; HTML is left as it is."""
    if isinstance(text, (SafeString, Markup)):
        return text  # of a Django or a Jinja template
    if not stems:
        return str(text)
    return snippets.marked(str(text), stems)


@register.simple_tag(takes_context=True)
def marked(context: Context, text: Any) -> str:
    """The text with the searched words marked."""
    return highlighted(text, searched(context))


@register.simple_tag(takes_context=True)
def excerpt(context: Context, text: Any) -> str:
    """The part of a long text with the most searched words; empty without a search."""
    stems = searched(context)
    return snippets.excerpt(str(text), stems) if text and stems else ""
