"""Dates as editors type them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.utils.translation import gettext_lazy as _

# A year has four digits, and no form leaves open which number is the month.
DATE_FORMATS = ["%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"]
INVALID = _("Write the date as 2024-12-31, with all four digits of the year.")


class DayField(forms.DateField):
    """Refuses 12/05/68 and 12/05/2024, of which nobody knows the year or the month."""

    widget = AdminDateWidget
    input_formats = DATE_FORMATS
    default_error_messages = {"invalid": INVALID}


class TimeField(forms.SplitDateTimeField):
    """A point in time; its day is typed like any other."""

    widget = AdminSplitDateTime
    default_error_messages = {
        **forms.SplitDateTimeField.default_error_messages,
        "invalid_date": INVALID,
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"input_date_formats": DATE_FORMATS, **options})
