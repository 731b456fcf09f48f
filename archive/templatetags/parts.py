"""What a list shows by the dozen. In the template language these few parts were most of what its page cost.

Whatever comes from the archive goes through `_safe`.
"""

from __future__ import annotations

import functools
from html import escape
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from archive.listing.facets import Facet
from archive.templatetags.marks import marked, when

register = template.Library()

SIGNS = {"group": "icons/group.svg", "organization": "icons/office.svg"}  # of a person: the initials


@register.simple_tag(takes_context=True)
def statement_row(context: Context, statement: Any) -> SafeString:
    """A statement as it is shown everywhere, with speaker, date and source."""
    positions = getattr(statement, "public_positions", ())  # not loaded for pages that are about them anyway
    aside = "".join(_borne(position, statement) for position in positions)
    return SafeString(
        f'<div class="res"><div class="bd">\n{_top(statement)}\n{words(context, statement)}\n'
        f"{who(context, statement.speaker, statement.role)}\n{_foot(statement)}\n"
        f'</div><div class="sd">{aside}</div></div>\n'
    )


@register.simple_tag(takes_context=True)
def words(context: Context, statement: Any) -> SafeString:
    """As they may be shown: verbatim ones in marks of ours, all others as the editors' sentence."""
    aside = f'<span class="context">[{_safe(statement.context)}]</span> ' if statement.context else ""
    text = _safe(marked(context, statement.text))
    if not statement.is_direct:
        return SafeString(f'<p class="q reported">{aside}{text}</p>')
    language = _safe(statement.article.language)
    return SafeString(f'<blockquote class="q" lang="{language}" dir="auto"><p>{aside}“{text}”</p></blockquote>')


@register.simple_tag(takes_context=True)
def who(context: Context, speaker: Any, role: Any = "") -> SafeString:
    """Who speaks, with the role as known beside the name; an unnamed group has no page."""
    sign = _picture(SIGNS[speaker.kind]) if speaker.kind in SIGNS else _safe(speaker.initials)
    name = _safe(marked(context, speaker.name))
    if speaker.article_id:
        name = f'<span class="nm">{name}</span>'
    else:
        name = f'<a class="nm" href="{_page(speaker)}">{name}</a>'
    held = f'<span class="rl">{_safe(role)}</span>' if role else ""
    return SafeString(f'<div class="who"><span class="av" aria-hidden="true">{sign}</span>{name}{held}</div>')


@register.simple_tag
def stance(position: Any) -> SafeString:
    """Icon and word, and whether it is inferred."""
    return _stance(position.stance, position.stance_label, position.is_inferred, get_language())


@register.simple_tag
def options(facet: Facet) -> SafeString:
    """A box to tick for each value of a facet."""
    language = get_language()
    return SafeString(
        "".join(
            f'<label class="opt{"" if option.count else " zero"}"><input type="checkbox" name="{facet.name}"'
            f' value="{_safe(option.value)}"{" checked" if option.is_active else ""}>'
            f'<span class="t">{_safe(option.label)}</span>'
            f'<span class="c num">{_number(option.count, language)}</span></label>\n'
            for option in facet.options
        )
    )


def _top(statement: Any) -> str:
    said = f" {when(statement.said)}" if statement.said_on else ""
    occasion = f" <span>{_safe(statement.occasion)}</span>" if statement.occasion else ""
    return f'<p class="top"><strong>{_safe(statement.form_label)}</strong>{said}{occasion}</p>'


def _foot(statement: Any) -> str:
    article, (source, the_statement) = statement.article, _labels(get_language())
    outlet = f", {_safe(article.outlet)}" if article.outlet_id else ""
    known = article.published not in (None, statement.said)  # else the first line bears the same date
    day = f", {when(article.published)}" if known else ""
    where = f'{source} <a href="{_safe(statement.source_address)}">{_safe(article)}</a>{outlet}{day}'
    link = f'<a href="{_page(statement)}">{the_statement}<span class="vh">: {_safe(statement)}</span></a>'
    return f'<p class="ft"><span>{where}</span> {link}</p>'


def _borne(position: Any, statement: Any) -> str:
    """A position the statement is evidence for; whose, where it is not the speaker's."""
    other = "" if position.speaker_id == statement.speaker_id else _safe(position.speaker)
    link = f'<a href="{_page(position)}">{_safe(position.proposal)}</a>'
    return f'<span class="mark">{stance(position)}\n{other}</span>{link}'


@functools.lru_cache(maxsize=10_000)
def _number(count: int | None, _language: str | None) -> str:
    return "" if count is None else number_format(count)


@functools.lru_cache(maxsize=100)
def _stance(name: str, label: str, is_inferred: bool, _language: str | None) -> SafeString:
    mark = f'<span class="inferred">{_safe(gettext("Inferred by the editors"))}</span>' if is_inferred else ""
    icon = render_to_string("policies/_icon.html", {"stance": name})
    return SafeString(f'<span class="st" data-stance="{_safe(name)}">{icon}{_safe(label)}</span>{mark}')


@functools.cache
def _labels(_language: str | None) -> tuple[str, str]:
    return _safe(gettext("Source:")), _safe(gettext("The statement"))


@functools.cache
def _picture(name: str) -> SafeString:
    return render_to_string(name)


def _page(record: Any) -> str:
    return _safe(record.get_absolute_url())


def _safe(text: Any) -> str:
    """Escaped, unless it says that it is. Django's own functions also ask each time whether it is a lazy text."""
    return text if isinstance(text, SafeString) else escape(str(text))
