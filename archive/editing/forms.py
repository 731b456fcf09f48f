"""The base form of every record: database rules become field errors, and no input is
lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from archive.core.publishing import Status
from archive.core.rules import broken, refusal, sentences
from archive.editing import history
from archive.editing.history_pages import undone_corrections
from archive.editing.texts import ParagraphsField
from archive.models import Correction, CorrectionKind

MINOR = "minor"
PUBLIC_CHANGE = [
    (MINOR, _("No, it only affects cataloguing, or fixes a slip that misled nobody")),
    (CorrectionKind.CORRECTION, _("Yes, a correction: what readers saw was wrong")),
    (
        CorrectionKind.CLARIFICATION,
        _("Yes, a clarification: it was right but could mislead"),
    ),
]

WITHDRAWN_IN_PUBLIC = _(
    "Readers have seen the correction that you withdraw: tell them with a note."
)
BOTH_CHANGED = _(
    "Somebody else has changed the same words as you. Choose above, then save again. "
    "Nothing is saved yet, and nothing you typed is lost."
)

DELETED = _(
    "Somebody else deleted this record while you were editing it. The form below has "
    "what you typed. Save it as a new record."
)


def asks_for_correction(record: Any) -> bool:
    """Returns whether changing the record needs the question “Is this a correction?”:
    the record is public or published, and a public note can refer to it.
    """
    if not record.pk or not hasattr(record, "uid") or isinstance(record, Correction):
        return False
    if hasattr(record, "status"):
        return record.status == Status.PUBLISHED
    return type(record).objects.public().filter(pk=record.pk).exists()


class Corrections(forms.ModelMultipleChoiceField):
    def label_from_instance(self, correction: Any) -> str:
        return f"{date_format(correction.date)}: {correction.note}"


class RecordForm(forms.ModelForm):
    """`state_token` identifies the state that the form was rendered from. `refused` is
    the error with which the database refused the same input.
    """

    request: HttpRequest
    refused: IntegrityError | None = None
    rule_fields: dict[str, str] = {}
    doubts: Sequence[Any] = ()

    state_token = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(label=_("Save anyway"), required=False)
    withdrawn_corrections = Corrections(
        Correction.objects.none(),
        label=_("Withdraw the correction"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "This state is older than the correction. Tick it if the correction was "
            "wrong; the public note below then says why."
        ),
    )
    correction = forms.ChoiceField(
        label=_("Is this a correction?"),
        choices=PUBLIC_CHANGE,
        widget=forms.RadioSelect,
    )
    correction_note = ParagraphsField(
        label=_("Public note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_(
            "Tell readers what was wrong and what is right now. The note appears on "
            "the record and on /corrections/."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["state_token"] = history.state_token(self.instance)
        if not self.asks_for_correction:
            del self.fields["correction"], self.fields["correction_note"]
        undone = undone_corrections(self.request, self.instance)
        if self.asks_for_correction and undone.exists():
            field: Any = self.fields["withdrawn_corrections"]
            field.queryset = undone
        else:
            del self.fields["withdrawn_corrections"]

    @property
    def asks_for_correction(self) -> bool:
        return asks_for_correction(self.instance)

    @property
    def correction_kind(self) -> str:
        """The kind of public note to write; "" for none."""
        kind = self.cleaned_data.get("correction", MINOR)
        return "" if kind == MINOR else kind

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if getattr(self.request, "conflicts", ()):
            self.add_error(None, BOTH_CHANGED)
        if getattr(self.request, "is_deleted", False):
            self.add_error(None, DELETED)
        if (
            self.asks_for_correction
            and self.correction_kind
            and not self.cleaned_data.get("correction_note")
        ):
            self.add_error(
                "correction_note",
                _("A correction needs a note that tells readers what changed."),
            )
        if self.cleaned_data.get("withdrawn_corrections") and not self.correction_kind:
            self.add_error("correction", WITHDRAWN_IN_PUBLIC)
        if cleaned is not None and not cleaned.get("confirmed"):
            self.doubts = list(self.find_doubts(cleaned))
            for doubt in self.doubts:
                self.add_error(None, doubt)
        if self.refused:
            field = self.rule_fields.get(broken(self.refused))
            self.add_error(
                field if field in self.fields else None, refusal(self.refused)
            )
        return cleaned

    def find_doubts(self, cleaned: dict[str, Any]) -> Iterable[Any]:
        """Yields warnings that the editor must resolve before saving, or override by
        ticking `confirmed`.
        """
        return ()

    def full_clean(self) -> None:
        """Moves the error of a CHECK constraint, which names no field, to the field
        that the constraint is about.
        """
        super().full_clean()
        known = sentences()
        fields = {
            known[rule]: name
            for rule, name in self.rule_fields.items()
            if rule in known
        }
        general: Any = self.errors.get(NON_FIELD_ERRORS)
        for error in list(general.data) if general else []:
            name = fields.get(str(error.message))
            if name in self.fields:
                general.data.remove(error)
                self.add_error(name, error)
        if general is not None and not general.data:
            del self.errors[NON_FIELD_ERRORS]
