"""Tags that lists render by the dozen, in Jinja2 for speed (see README.md)."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.formats import number_format
from django.utils.translation import gettext
from jinja2 import Environment, FileSystemLoader

from archive.core.caches import constant
from archive.core.dates import When
from archive.listing.facets import Facet
from archive.search import snippets
from archive.templatetags.highlight import highlighted, searched

register = template.Library()


@register.simple_tag(takes_context=True)
def statement_row(context: Context, statement: Any) -> str:
    """A statement in any list, with speaker, date and source, and the positions it is
    evidence for.
    """
    return macro("statements/_statement.jinja")(statement, searched(context))


@register.simple_tag(takes_context=True)
def why(context: Context, row: Any) -> str:
    """What the row was found in, if it shows no searched word."""
    reasons: dict[int, tuple[Any, str]] = context["listing"].reasons
    reason = reasons.get(row.pk)
    return macro("_why.jinja")(reason) if reason else ""


@register.simple_tag(takes_context=True)
def found(context: Context, hit: Any) -> str:
    """One result among all kinds, with its kind and why it was found."""
    return macro("found/_hit.jinja")(hit, searched(context))


@register.simple_tag(takes_context=True)
def words(context: Context, statement: Any) -> str:
    """Verbatim words in quotation marks; all other forms as the editors' sentence."""
    return macro("statements/_words.jinja")(statement, searched(context))


@register.simple_tag(takes_context=True)
def speaker(context: Context, speaker: Any, title: Any = "") -> str:
    """The speaker, with the title if it is known."""
    return macro("statements/_speaker.jinja")(speaker, title, searched(context))


@register.simple_tag(takes_context=True)
def position_row(context: Context, position: Any) -> str:
    """A row of Where people stand."""
    return macro("policies/_position.jinja")(position, searched(context))


@register.simple_tag(takes_context=True)
def grounds(context: Context, position: Any) -> str:
    """Stance and basis, evidence and source of a position: three cells of a table."""
    return macro("policies/_grounds.jinja")(position, searched(context))


@register.simple_tag(takes_context=True)
def evidence(context: Context, position: Any) -> str:
    """What a position rests on."""
    return macro("policies/_evidence.jinja")(position, searched(context))


@register.simple_tag(takes_context=True)
def voice_card(context: Context, voice: Any) -> str:
    """A quotation of one side of a proposal."""
    differs = voice.position.speaker_id in context["differing"]
    return macro("policies/_voice.jinja")(voice, differs, searched(context))


@register.simple_tag
def roll_names(side: Any, differing: set[int]) -> str:
    """Who took one stance at a roll call."""
    return macro("policies/_names.jinja")(side, differing)


@register.simple_tag
def change_row(change: Any, displayed: set[int]) -> str:
    """How one speaker's position changed."""
    return macro("policies/_change_row.jinja")(change, displayed)


@register.simple_tag
def sources(position: Any) -> str:
    """Where a position's evidence was published."""
    return macro("policies/_sources.jinja")(position)


@register.simple_tag
def compare_cell(cell: Any) -> str:
    """What is known about one speaker on one proposal."""
    return macro("policies/_cell.jinja")(cell)


@register.simple_tag
def quoted_cell(cell: Any) -> str:
    """The same with the words that the newest position rests on."""
    return macro("policies/_quoted.jinja")(cell)


@register.simple_tag
def stance(position: Any) -> str:
    """Icon and label of a position's stance, and whether it is inferred."""
    return macro("policies/_stance.jinja")(position)


@register.simple_tag
def change(position: Any) -> str:
    """A changed position: the stance before it, an arrow, and its own."""
    return macro("policies/_change.jinja")(position)


@register.simple_tag
def stance_icon(stance: str) -> str:
    """The icon of a stance; for "" the icon of differing positions."""
    return macro("policies/_icon.jinja")(stance)


@register.simple_tag
def date(when: When) -> str:
    """The date as precisely as it is known, and whether it is inferred."""
    return macro("_date.jinja")(when)


@register.simple_tag
def facet(facet: Facet, path: str) -> str:
    """A checkbox for each value of a facet of the list at this path."""
    return macro("_facet.jinja")(facet, path)


def macro(name: str) -> Any:
    """The macro of a Jinja2 template, named like its file: _words.jinja defines
    `words`.
    """
    module = _environment().get_template(name).module
    return getattr(
        module, name.rpartition("/")[2].removeprefix("_").removesuffix(".jinja")
    )


@constant
def _environment() -> Environment:
    templates = FileSystemLoader(settings.BASE_DIR / "templates")
    jinja = Environment(
        loader=templates,
        autoescape=True,
        auto_reload=settings.DEBUG,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals["_"] = gettext
    jinja.filters.update(marked=highlighted, localize=_localize, excerpt=_excerpt)
    return jinja


def _excerpt(text: Any, stems: frozenset[str]) -> str:
    """The part of a long text with most searched words; its beginning without any."""
    return snippets.excerpt(str(text), stems)


def _localize(value: int | None) -> str:
    """With digit grouping in the language's format; empty for an unknown value."""
    if value is None:
        return ""
    # no language groups fewer than four digits
    return str(value) if value < 1_000 else number_format(value)
