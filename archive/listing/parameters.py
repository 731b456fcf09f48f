"""The parameters of a list as an OpenAPI document describes them, made from the
filterset that checks them, so that the two cannot drift apart.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, WithJsonSchema, create_model

from archive.listing.filters import (
    DayFilter,
    PageFilter,
    SortFilter,
    UnfoldFilter,
    ValuesFilter,
)
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.forms import MAX_VALUES
from archive.listing.text_filter import TextFilter
from archive.search import MAX_CHARACTERS

WORD = r"^[-a-zA-Z0-9_]{0,80}$"
_LEAP = (
    r"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][48]|[2468]0|[13579][26])00)"
)
_SHORT = r"(?:0?[1-9]|1\d|2[0-8])"
_MONTHS = (
    rf"(?:0?[13578]|1[02])(?:-(?:0?[1-9]|[12]\d|3[01]))?"
    rf"|(?:0?[469]|11)(?:-(?:0?[1-9]|[12]\d|30))?|0?2(?:-{_SHORT})?"
)
_YEAR = r"(?:[1-9]\d{3}|0[1-9]\d\d|00[1-9]\d|000[1-9])"
# a day that is in the calendar, a month, a year, or nothing
DAY = rf"^(?:{_YEAR}(?:-(?:{_MONTHS}))?|{_LEAP}-0?2-29)?$".replace(r"\d", "[0-9]")
TEXT = r"^[^\u0000]*$"


def query_schema(
    name: str, filterset: type[ArchiveFilterSet] | None, **further: Any
) -> type[BaseModel]:
    """A model that accepts whatever is sent: the filterset refuses what is malformed.
    `further` are fields with a check of their own.
    """
    filters = filterset().filters if filterset else {}
    fields: dict[str, Any] = {
        name: parameter(filter_) for name, filter_ in filters.items()
    }
    return create_model(name, **fields, **further)


def text_of(description: str, **schema: Any) -> Any:
    """A parameter that is read as text and described by this JSON schema."""
    sent = Annotated[str, WithJsonSchema({"type": "string", **schema})]
    return (sent, Field("", description=description))


def _values(description: str, **schema: Any) -> Any:
    sent = Annotated[str, WithJsonSchema({"type": "string", "pattern": WORD, **schema})]
    many = Annotated[list[sent], Field(json_schema_extra={"maxItems": MAX_VALUES})]
    return (many, Field([], description=description))


@singledispatch
def parameter(filter_: Any) -> Any:
    """Type and description of a filter's parameter."""
    raise TypeError(f"{type(filter_).__name__} has no description for the API.")


@parameter.register
def _of_values(filter_: ValuesFilter) -> Any:
    again = _("Repeat it for alternatives; an address has at most %(most)s values.")
    again = again % {"most": MAX_VALUES}
    if not filter_.is_choice:
        slug = _("%(label)s: the slug.") % {"label": filter_.label}
        return _values(f"{slug} {again}")
    choices = ", ".join(value for value, _label in filter_.choices)
    return _values(f"{filter_.label}: {choices}. {again}")


@parameter.register
def _of_text(_filter: TextFilter) -> Any:
    words = _('Words, "phrases", -minus, OR, as on the search page.')
    return text_of(words, maxLength=MAX_CHARACTERS, pattern=TEXT)


@parameter.register
def _of_day(filter_: DayFilter) -> Any:
    day = _("A day as 2024-12-31, a month as 2024-12, a year as 2024.")
    return text_of(f"{filter_.label}: {day}", pattern=DAY)


@parameter.register
def _of_sort(filter_: SortFilter) -> Any:
    values = [value for value, _label in filter_.extra["choices"]]
    words = _("The order: %(values)s.") % {"values": ", ".join(values)}
    return text_of(words, pattern=f"^({'|'.join(values)})?$")


@parameter.register
def _of_page(_filter: PageFilter) -> Any:
    words = _("A page of results, as on the site. To read all results, use cursor.")
    return text_of(words, type="integer", minimum=1, maximum=10**9)


@parameter.register
def _of_unfolded(_filter: UnfoldFilter) -> Any:
    words = _("Facets that list up to 1,000 values instead of the 12 most frequent.")
    return _values(f"{words} {_('Repeat it for several.')}")
