"""The form of a list: checks the parameters of an address for pages and files."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive import search
from archive.core.caches import constant
from archive.listing import synonyms
from archive.search.language import TextQuery

MAX_VALUES = 40  # of all parameters of an address; its page then takes 60 to 100 ms
DAY = re.compile(
    r"([0-9]{4})(?:-(0?[1-9]|1[0-2])(?:-(0?[1-9]|[12][0-9]|3[01]))?)?"  # no part is 0
)
DATE_FORMS = _("Write a day as 2024-12-31, a month as 2024-12, a year as 2024.")
NO_DAY = _("%(typed)s is not in the calendar. Write a day as 2024-12-31.")
WELL_FORMED = re.compile(r"[-a-zA-Z0-9_]{1,80}")


class ValuesField(forms.Field):
    """?speaker=a&speaker=b gives ["a", "b"]. Unknown values match nothing; malformed
    values are invalid.
    """

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        values = list(dict.fromkeys(value for value in value or () if value))
        if not all(WELL_FORMED.fullmatch(value) for value in values):
            raise ValidationError(_("This value is not valid."))
        return values


class TextField(forms.CharField):
    """Parses the text and adds synonyms on validation; accepts a TextQuery
    unchanged.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=search.MAX_CHARACTERS, **options)

    def clean(self, value: Any) -> TextQuery:
        return (
            value
            if isinstance(value, TextQuery)
            else synonyms.expanded(search.parse(super().clean(value)))
        )


class TypedDay(NamedTuple):
    """A day, and the words in the address that stand for it."""

    day: dt.date
    typed: str


class DayField(forms.CharField):
    """A day, a month or a year; the last two stand for their first day or, with
    `is_end`, for their last.
    """

    def __init__(self, *, is_end: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.is_end = is_end

    def clean(self, value: Any) -> TypedDay | None:
        typed = super().clean(value)
        if not typed:
            return None
        if not (match := DAY.fullmatch(typed)):
            raise ValidationError(DATE_FORMS)
        year, month, day = (int(part or 0) for part in match.groups())
        month = month or (12 if self.is_end else 1)
        try:
            last = calendar.monthrange(year, month)[1] if self.is_end else 1
            return TypedDay(dt.date(year, month, day or last), typed)
        except ValueError:
            raise ValidationError(NO_DAY, params={"typed": typed}) from None


class FilterForm(forms.Form):
    """Refuses an address with too many values, for every page and file alike."""

    def clean(self) -> dict[str, Any]:
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if isinstance(value, list)
        }
        count = sum(map(len, values.values()))
        if count > MAX_VALUES:
            self.add_error(
                max(values, key=lambda name: len(values[name])),
                ValidationError(
                    _(
                        "This address has %(count)s filter values; the limit is "
                        "%(most)s. Remove some, or search in several steps."
                    ),
                    params={"count": count, "most": MAX_VALUES},
                ),
            )
        return self.cleaned_data


@constant
def form_class(filterset: Any) -> type[forms.Form]:
    """The form of a FilterSet class, created once. Its fields hold no request state, so
    all forms share them.
    """
    fields = {name: filter_.field for name, filter_ in filterset.base_filters.items()}
    for field in fields.values():
        field.__deepcopy__ = functools.partial(_shared, field)
    return type(f"{filterset.__name__}Form", (FilterForm,), fields)


def _shared(field: forms.Field, _memo: object) -> forms.Field:
    return field
