"""Saves a record as its admin form does, without a browser's form: the same
permissions, fields, warnings, database rules and history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.forms import all_valid
from django.http import HttpRequest, QueryDict

from archive.core.rules import broken, checked, refusal, take_turn
from archive.editing.sent import as_sent

Span = tuple[int, int]
PASSAGES = "passages"


class Invalid(Exception):
    """The record was not saved. `errors` maps a field's name to its messages, "" is the
    whole record; `doubts` are warnings among them that “confirmed” overrides.
    """

    def __init__(
        self, errors: dict[str, list[str]], doubts: Sequence[str] = ()
    ) -> None:
        super().__init__("; ".join(one for each in errors.values() for one in each))
        self.errors, self.doubts = errors, list(doubts)


@dataclass
class Saved:
    record: Any
    messages: list[str] = field(default_factory=list)


def save(
    request: HttpRequest,
    model: type[models.Model],
    values: Mapping[str, Any],
    record: Any = None,
    spans: Sequence[Span] | None = None,
    text: str = "",
) -> Saved:
    """Creates a record, or changes `record`, in one transaction.

    `values` are the form's fields that differ from what the form would show, as a
    browser sends them (a list for several choices); `spans` replaces the passages by
    these runs of `text`, the article's newest version. Raises Invalid, and
    PermissionDenied.
    """
    site_admin: Any = admin.site.get_model_admin(model)
    sent = copy(request)
    sent.method = "POST"
    waiting: list[Any] = []
    sent.waiting_messages = waiting  # type: ignore[attr-defined]
    try:
        with checked():
            take_turn()
            saved = _Saving(site_admin, sent, record).save(values, spans, text)
    except IntegrityError as error:
        name = site_admin.rule_fields.get(broken(error), "")
        raise Invalid({name: [refusal(error)]}) from error
    saved.refresh_from_db()
    return Saved(saved, [str(message[0]) for message, _options in waiting])


class _Saving:
    def __init__(self, model_admin: Any, request: HttpRequest, record: Any) -> None:
        self.admin, self.request, self.record = model_admin, request, record
        allowed = (
            model_admin.has_change_permission(request, record)
            if record
            else model_admin.has_add_permission(request)
        )
        if not allowed:
            raise PermissionDenied

    def save(
        self, values: Mapping[str, Any], spans: Sequence[Span] | None, text: str
    ) -> Any:
        data = self._sent(values, spans, text)
        self.request.POST = data  # type: ignore[assignment]
        change = self.record is not None
        if change:
            self.record = self.admin.get_object(self.request, str(self.record.pk))
        form = self.admin.get_form(self.request, self.record, change=change)(
            self.request.POST, instance=self.record
        )
        is_valid = form.is_valid()
        new = (
            self.admin.save_form(self.request, form, change)
            if is_valid
            else form.instance
        )
        formsets = [
            formset(data=self.request.POST, instance=new, prefix=prefix, queryset=rows)
            for formset, prefix, rows in self._formsets()
        ]
        if not all_valid(formsets) or not is_valid:
            raise Invalid(*_problems(form, formsets))
        self.admin.save_model(self.request, new, form, change)
        self.admin.save_related(self.request, form, formsets, change)
        message = self.admin.construct_change_message(
            self.request, form, formsets, not change
        )
        (self.admin.log_change if change else self.admin.log_addition)(
            self.request, new, message
        )
        return new

    def _formsets(self) -> Iterator[tuple[Any, str, Any]]:
        prefixes = Counter[str]()
        for formset, inline in self.admin.get_formsets_with_inlines(
            self.request, self.record
        ):
            prefix = formset.get_default_prefix()
            prefixes[prefix] += 1
            if prefixes[prefix] > 1:
                prefix = f"{prefix}-{prefixes[prefix]}"
            yield formset, prefix, inline.get_queryset(self.request)

    def _sent(
        self, values: Mapping[str, Any], spans: Sequence[Span] | None, text: str
    ) -> QueryDict:
        """What a browser would send for the form with these values in it."""
        data = QueryDict(mutable=True)
        form = self.admin.get_form(self.request, self.record)(instance=self.record)
        for name, each in form.fields.items():
            data.setlist(name, as_sent(each, form[name].initial))
        for name, value in values.items():
            data.setlist(name, value if isinstance(value, list) else [str(value)])
        for formset, prefix, rows in self._formsets():
            shown = formset(instance=self.record, prefix=prefix, queryset=rows)
            words = spans if prefix == PASSAGES else None
            _send_rows(data, shown, words, text)
        return data


def _send_rows(
    data: QueryDict, formset: Any, spans: Sequence[Span] | None, text: str
) -> None:
    """Adds the rows of a formset; if there are spans, they replace the stored rows."""
    stored, prefix = formset.initial_forms, formset.prefix
    total = len(stored) if spans is None else max(len(stored), len(spans))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    data[f"{prefix}-TOTAL_FORMS"] = str(total)
    for index, form in enumerate(stored):
        for name, each in form.fields.items():
            values = as_sent(each, form[name].initial)
            data.setlist(f"{prefix}-{index}-{name}", values)
        if spans is not None and index >= len(spans):
            data[f"{prefix}-{index}-DELETE"] = "on"
    for index, (start, end) in enumerate(spans or ()):
        data[f"{prefix}-{index}-exact"] = text[start:end]
        data[f"{prefix}-{index}-location"] = f"{start}:{end}"


def _problems(
    form: Any, formsets: Sequence[Any]
) -> tuple[dict[str, list[str]], list[str]]:
    errors: dict[str, list[str]] = {}
    doubts = [str(doubt) for doubt in form.doubts]
    _collect(errors, form)
    for formset in formsets:
        for each in formset.forms:
            doubts += [str(doubt) for doubt in getattr(each, "doubts", ())]
            _collect(errors, each)
        errors.setdefault("", []).extend(map(str, formset.non_form_errors()))
    return {name: each for name, each in errors.items() if each}, doubts


def _collect(errors: dict[str, list[str]], form: Any) -> None:
    for name, messages in form.errors.items():
        key = "" if name == "__all__" else name
        errors.setdefault(key, []).extend(map(str, messages))
