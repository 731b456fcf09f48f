"""What every page has: a part that depends on nothing but the language is written once."""

from __future__ import annotations

import functools
from typing import Any

from django import template
from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, TextNode
from django.template.defaulttags import URLNode
from django.template.loader import render_to_string
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()

SECTIONS = {
    "proposals": _("Proposals"),
    "statements": _("Statements"),
    "positions": _("Positions"),
    "speakers": _("Speakers"),
    "articles": _("Articles"),
}
ICONS = "icons/"  # of included files, those that say nothing of a request


class Once(template.Node):
    """Remembers its text by language, as long as its template is loaded."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.written: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        text = self.written.get(language)
        if text is None:
            text = self.written[language] = self.nodelist.render(context)
        return text


@register.tag
def once(parser: Any, token: Any) -> Once:
    """{% once %}…{% endonce %}; refuses what may differ from one page to the next."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    for node in nodelist:
        if not _is_constant(node):
            raise TemplateSyntaxError(f"{{% once %}} in line {token.lineno}: {node!r} may differ from page to page.")
    return Once(nodelist)


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """The sections of the site; which one this page is, or is in."""
    path = getattr(context.get("request"), "path", "")
    return _navigation(tuple(_place(section, path) for section in _addresses()), get_language())


def _is_constant(node: template.Node) -> bool:
    """Whether it reads no variable, and sets none, which would be missing the second time."""
    if isinstance(node, IncludeNode):
        return _is_text(node.template) and node.template.var.startswith(ICONS) and not node.extra_context
    if isinstance(node, URLNode):
        return not (node.asvar or node.args or node.kwargs) and _is_text(node.view_name)
    if isinstance(node, StaticNode):
        return not node.varname and _is_text(node.path)
    if isinstance(node, TranslateNode):
        return not node.asvar and _is_text(node.filter_expression)
    return isinstance(node, TextNode)


def _is_text(expression: FilterExpression) -> bool:
    """Between marks, and nothing done to it. TranslateNode makes a variable of it that looks nothing up."""
    return getattr(expression.var, "lookups", None) is None and not expression.filters


def _place(section: str, path: str) -> str:
    """As `aria-current` has it."""
    return "page" if path == section else "true" if path.startswith(section) else ""


@functools.lru_cache(maxsize=100)
def _navigation(places: tuple[str, ...], _language: str | None) -> SafeString:
    sections = zip(_addresses(), SECTIONS.values(), places, strict=True)
    shown = [{"address": address, "name": name, "current": place} for address, name, place in sections]
    return render_to_string("_navigation.html", {"sections": shown})


@functools.cache
def _addresses() -> list[str]:
    return [reverse(name) for name in SECTIONS]
