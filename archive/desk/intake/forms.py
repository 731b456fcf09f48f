"""The two forms of the intake: what is pasted, and what is known about the article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive.core.dates import Precision
from archive.desk.intake import sources
from archive.desk.intake.reading import Hint, Origin, Reading
from archive.desk.intake.sentences import NO_HEADLINE, ORIGINS, refused
from archive.desk.intake.sources import MAX_BYTES, Refused
from archive.editing.passages import ExactTextField
from archive.editing.saving import Invalid
from archive.editing.sources import AddressField
from archive.models import ArticleKind, Outlet, Rights

SENT = (
    *("text", "headline", "published_on", "published_precision", "date_note"),
    *("byline", "outlet", "url", "kind", "rights"),
)
NOT_ABOUT = ("text", "hints", "original", "opened")
HEADLINE_MISSING = _(
    "Enter the headline. If the source printed none, write one and tick the box below."
)
LONG = {"class": "vTextField"}
ISO_LENGTHS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


class Unpunctuated(forms.Form):
    """No colon follows a label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class PasteForm(Unpunctuated):
    """`reading` is what was read, once the form is valid."""

    reading: Reading

    pasted = forms.CharField(
        label=_("Text or HTML of the article"),
        strip=False,
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 16, "class": "vLargeTextField words", "autofocus": True}
        ),
        help_text=_(
            "Paste the article as it was printed, or the source of its page. "
            "At most 1,000,000 characters of text, or a page of less than 5 MB."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".txt,.html,.htm,text/plain,text/html"}
        ),
        help_text=_("A .txt or .html file of at most 5 MB."),
    )
    address = AddressField(
        label=_("Address"),
        required=False,
        max_length=1000,
        widget=forms.URLInput(attrs=LONG),
        help_text=_("Where readers find the article, if you know it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        file, url = cleaned.get("file"), cleaned.get("address", "")
        name = "file" if file else "pasted"
        try:
            if file:
                if file.size > MAX_BYTES:
                    raise ValidationError(refused("too large"))
                self.reading = sources.read_file(file.read(), url)
            else:
                self.reading = sources.read_pasted(cleaned["pasted"], url)
        except Refused as refusal:
            self.add_error(name, refused(refusal.reason))
        except ValidationError as error:
            self.add_error(name, error)
        return cleaned


class StartForm(Unpunctuated):
    """Holds what is sent, valid or not: the article's own form validates it."""

    outlet_is_doubted = False

    text = ExactTextField(
        label=_("Text"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField words"}),
        help_text=_(
            "This text is stored permanently as the first version. Take out what the "
            "publisher did not print as part of the article. Do not change its words. "
            "At most 1,000,000 characters."
        ),
    )
    headline = forms.CharField(
        label=_("Headline"), required=False, widget=forms.TextInput(attrs=LONG)
    )
    headline_is_supplied = forms.BooleanField(
        label=_("Headline supplied by the archive"),
        required=False,
        help_text=_(
            "Tick this if the source printed no headline, and write one of your own. "
            "Readers see it in square brackets, as ours."
        ),
    )
    published_on = forms.CharField(
        label=_("Date"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vDateField", "size": 12}),
    )
    published_precision = forms.ChoiceField(
        label=_("Precision"), choices=Precision, required=False
    )
    published_is_inferred = forms.BooleanField(
        label=_("Date is inferred"), required=False
    )
    date_note = forms.CharField(
        label=_("Note on the date"),
        required=False,
        widget=forms.TextInput(attrs=LONG),
        help_text=_("How the date was inferred, for readers."),
    )
    outlet = forms.CharField(
        label=_("Outlet"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={**LONG, "list": "outlets", "autocomplete": "off"}
        ),
    )
    byline = forms.CharField(
        label=_("Byline"), required=False, widget=forms.TextInput(attrs=LONG)
    )
    url = forms.CharField(
        label=_("Address"),
        required=False,
        widget=forms.TextInput(attrs={**LONG, "inputmode": "url"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ArticleKind, required=False)
    rights = forms.ChoiceField(
        label=_("What readers see"), choices=Rights, required=False
    )
    hints = forms.CharField(required=False, widget=forms.HiddenInput)
    original = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def take(self, invalid: Invalid) -> None:
        """Shows at its fields why the article was not saved."""
        for name, sentences in invalid.errors.items():
            if name == "headline" and not self[name].value():
                sentences = [str(HEADLINE_MISSING)]  # noqa: PLW2901
            self.add_error(name if name in self.fields else None, list(sentences))
        self.outlet_is_doubted = bool(invalid.doubts) and "outlet" in invalid.errors

    def origin(self, name: str) -> Any:
        """From where the shown value comes; "" if it was typed."""
        hint = hints_of(self["hints"].value()).get(name)
        value = self[name].value()
        if name == "headline" and not (hint or value or self.errors):
            return NO_HEADLINE
        return ORIGINS[hint.origin] if hint and hint.value == value else ""

    def rows(self) -> list[tuple[Any, Any]]:
        """(field, origin of its value) of the fields about the article."""
        about = [self[name] for name in self.fields if name not in NOT_ABOUT]
        rows = [(field, self.origin(field.name)) for field in about]
        for field, origin in rows:
            _describe(field, origin)
        return rows

    def values(self) -> dict[str, Any]:
        return values_of({name: self[name].value() for name in self.fields})


def values_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser would send to the article's own form, and the outlet's name."""
    values: dict[str, Any] = {name: fields.get(name) or "" for name in SENT}
    for name in ("headline_is_supplied", "published_is_inferred"):
        values[name] = ["on"] if fields.get(name) else []
    return values


def _describe(field: Any, origin: Any) -> None:
    """Leads a screen reader to the help, which tells the origin, and to the errors."""
    parts = {"helptext": field.help_text or origin, "error": field.errors}
    ids = [f"{field.id_for_label}_{part}" for part, text in parts.items() if text]
    if ids:
        field.field.widget.attrs["aria-describedby"] = " ".join(ids)


def initial(reading: Reading, url: str = "") -> dict[str, Any]:
    """The values with which the second form is shown."""
    values: dict[str, Any] = {"kind": ArticleKind.NEWS, "rights": Rights.EXCERPTS}
    values["published_precision"] = Precision.DAY
    values |= {name: hint.value for name, hint in reading.fields.items()}
    hints = dict(reading.fields)
    if "headline" in hints:
        is_ours = hints["headline"].origin is Origin.FILE_NAME
        values["headline_is_supplied"] = is_ours
    if date := hints.get("published_on"):
        values["published_precision"] = ISO_LENGTHS[len(date.value)]
        values["published_on"] = f"{date.value}-01-01"[:10]
        if len(date.value) == 7:
            values["published_on"] = f"{date.value}-01"
        values["published_is_inferred"] = date.origin is Origin.ADDRESS
        hints["published_on"] = Hint(values["published_on"], date.origin)
    values["text"] = reading.text
    values["hints"] = json.dumps({n: [h.value, h.origin] for n, h in hints.items()})
    return values | ({"url": url} if url else {})


def hints_of(sent: Any) -> dict[str, Hint]:
    try:
        return {
            name: Hint(str(value), Origin(origin))
            for name, (value, origin) in json.loads(sent or "{}").items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def outlet_names() -> list[str]:
    return list(Outlet.objects.values_list("name", flat=True))
