"""What the head of a page tells machines."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.core import json_ld as linked_data
from archive.core.dates import When
from archive.core.json_ld import Node
from archive.models.json_ld import authors

register = template.Library()
WHITE_SPACE = " \t\n\r\f"  # HTML's, which a no-break space is not


class Capture(template.Node):
    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        text = self.nodelist.render(context).strip(WHITE_SPACE)
        context[self.name] = SafeString(re.sub(f"[{WHITE_SPACE}]+", " ", text))
        return SafeString("")


@register.tag
def capture(parser: Any, token: Any) -> Capture:
    """{% capture name %}…{% endcapture %}: the text of a block becomes a variable, on
    one line. A browser collapses white space in text, but not in an attribute.
    """
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(name, nodelist)


@register.filter(is_safe=True)
def without_site(title: str) -> str:
    """For previews, which name the site beside the title."""
    return title.removesuffix(" — " + _("On Record"))


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """With the host of this request. Refusals never ask: the host may be what is
    refused.
    """
    address: str = context["request"].build_absolute_uri(path)
    return address


@register.simple_tag(takes_context=True)
def permanent(context: Context, record: Any) -> str:
    """The address of a record that stays, whatever becomes of its slug."""
    return absolute(context, linked_data.permanent(record))


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The one address of what is shown; "" for an address that cannot be answered."""
    request, listing = context["request"], context.get("listing")
    if listing and not listing.is_valid:
        return ""
    pairs = _narrowing(listing) if listing else []
    page = context.get("page")
    if page is not None and page.number > 1:
        pairs.append(("page", str(page.number)))
    return absolute(context, request.path + (f"?{urlencode(pairs)}" if pairs else ""))


@register.simple_tag(takes_context=True)
def jsonld(context: Context, *nodes: Node) -> SafeString:
    """What stands in `<script type="application/ld+json">`, where no text can end the
    script.
    """
    site = context["request"].build_absolute_uri("/").removesuffix("/")
    return SafeString(linked_data.script(list(nodes), site))


@register.simple_tag
def breadcrumbs(*steps: Any) -> Node:
    """name path name path …, of every step of the breadcrumbs and of the page
    itself.
    """
    return linked_data.breadcrumbs(*zip(steps[::2], steps[1::2], strict=True))


@register.filter
def as_known(when: When | None) -> str:
    """2024-12-12, 2024-12 or 2024; nothing if it is inferred."""
    return linked_data.day(when)


register.filter("authors", authors)


def _narrowing(listing: Any) -> list[tuple[str, str]]:
    """What decides which rows there are, in the order of the FilterSet; neither their
    order nor what is unfolded.
    """
    parameters = {**listing.active, **listing.beside}
    return [
        (name, value) for name, values in parameters.items() for value in sorted(values)
    ]
