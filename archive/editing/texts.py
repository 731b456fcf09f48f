"""Fields for texts that editors type: what nobody sees is taken out at entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.forms import Textarea

from archive.wording import invisible


class LineField(forms.CharField):
    """A name, a title or a short note: one line."""

    def to_python(self, value: Any) -> str:
        return invisible.one_line(str(super().to_python(value)))


class ParagraphsField(forms.CharField):
    widget = Textarea

    def to_python(self, value: Any) -> str:
        return invisible.paragraphs(str(super().to_python(value)))


TEXTS: dict[Any, Any] = {
    models.CharField: {"form_class": LineField},
    models.TextField: {
        "form_class": ParagraphsField,
        "widget": Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    },
}
