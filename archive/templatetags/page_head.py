"""Metadata in the head of a page."""

from __future__ import annotations

import contextlib
import re
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.core import json_ld as linked_data
from archive.core.dates import When
from archive.core.json_ld import Node
from archive.models.json_ld import authors

register = template.Library()
WHITE_SPACE = " \t\n\r\f"  # as HTML defines it, without the no-break space


class Capture(template.Node):
    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        text = self.nodelist.render(context).strip(WHITE_SPACE)
        context[self.name] = SafeString(re.sub(f"[{WHITE_SPACE}]+", " ", text))
        return SafeString("")


@register.tag
def capture(parser: Any, token: Any) -> Capture:
    """{% capture name %}…{% endcapture %}: stores the rendered block in a variable, on
    one line. A browser collapses white space in text, but not in an attribute.
    """
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(name, nodelist)


@register.filter(is_safe=True)
def without_site(title: str) -> str:
    """The title without the site's name, which link previews show separately."""
    return title.removesuffix(" — " + _("On Record"))


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """The absolute URL with the host of this request. Error pages must not use it,
    since the host may be what is refused.
    """
    url: str = context["request"].build_absolute_uri(path)
    return url


@register.simple_tag(takes_context=True)
def share_picture(context: Context) -> dict[str, str]:
    """The picture of a link preview: the card of the page's record, which the title
    describes, else the site's picture with its `alt`.
    """
    request = context["request"]
    match = request.resolver_match
    if match and not getattr(request, "preview", None):
        with contextlib.suppress(NoReverseMatch):
            kwargs = match.captured_kwargs
            return {"address": reverse(f"{match.url_name}-card", kwargs=kwargs)}
    alt = _("On Record: who said what, who proposed it, who stands where")
    return {"address": static("pictures/share.png"), "alt": alt}


@register.simple_tag(takes_context=True)
def permanent(context: Context, record: Any) -> str:
    """The permanent URL of a record, independent of its slug."""
    return absolute(context, linked_data.permanent(record))


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The canonical URL of the page; "" if its parameters are invalid."""
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
    """The content of `<script type="application/ld+json">`, escaped so that no text can
    end the script.
    """
    site = context["request"].build_absolute_uri("/").removesuffix("/")
    return SafeString(linked_data.script(list(nodes), site))


@register.simple_tag
def breadcrumbs(*steps: Any) -> Node:
    """Takes name, path, name, path … of every step and of the page itself."""
    return linked_data.breadcrumbs(*zip(steps[::2], steps[1::2], strict=True))


@register.filter
def as_known(when: When | None) -> str:
    """2024-12-12, 2024-12 or 2024; empty if the date is inferred."""
    return linked_data.day(when)


register.filter("authors", authors)


def _narrowing(listing: Any) -> list[tuple[str, str]]:
    """The parameters that select rows, in FilterSet order; not those for sorting or
    unfolding.
    """
    parameters = {**listing.active, **listing.page_parameters}
    return [
        (name, value) for name, values in parameters.items() for value in sorted(values)
    ]
