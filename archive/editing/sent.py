"""What a browser sends for a form's fields and for the rows of a formset."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from archive.editing.addresses import is_key
from archive.wording.shortening import truncate


class SentRows:
    """The rows of one formset as they were sent; a row maps the names of its fields to
    the values sent. `gone` are those of them that are stored no longer.
    """

    def __init__(self, data: QueryDict, formset: Any) -> None:
        self.data, self.formset, self.prefix = data, formset, formset.prefix
        self.pk, self.key = formset.model._meta.pk.name, formset.fk.name
        self.gone: dict[int, dict[str, list[str]]] = {}
        self.new: list[dict[str, list[str]]] = []
        self.count = 0
        total = data.get(f"{self.prefix}-TOTAL_FORMS", "")
        self.are_malformed = not total.isdecimal() or len(total) > 4
        for index in range(0 if self.are_malformed else int(total)):
            start = f"{self.prefix}-{index}-"
            row = {
                key.removeprefix(start): data.getlist(key)
                for key in data
                if key.startswith(start)
            }
            pk = (row.get(self.pk) or [""])[0]
            if is_key(pk):
                self.gone[int(pk)] = row
            else:
                self.new.append(row)

    def clear(self) -> None:
        mine = re.compile(rf"{re.escape(self.prefix)}-\d+-")
        for key in [key for key in self.data if mine.match(key)]:
            del self.data[key]

    def take(self, form: Any) -> dict[str, list[str]] | None:
        return self.gone.pop(form.instance.pk, None)

    def write(self, index: int, row: dict[str, list[str]]) -> None:
        for name, values in row.items():
            self.data.setlist(f"{self.prefix}-{index}-{name}", values)
        self.count = index + 1

    def stored(self, form: Any) -> dict[str, list[str]]:
        """A row as it is in the database; a new one that equals it is dropped."""
        row = {
            name: as_sent(each, form[name].initial)
            for name, each in form.fields.items()
            if name not in ("DELETE", self.pk)
        }
        self.new = [
            new
            for new in self.new
            if any(
                canonical(new.get(name, [])) != canonical(values)
                for name, values in row.items()
                if name != self.key
            )
        ]
        return {**row, self.pk: [str(form.instance.pk)]}

    def finish(self) -> None:
        initial = self.count
        for row in self.new:
            self.write(self.count, row)
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(initial)
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(self.count)

    def make_new(self) -> None:
        """Drops the keys of all rows, and the rows that were to be deleted."""
        rows = [*self.gone.values(), *self.new]
        self.clear()
        self.new = [
            {n: values for n, values in row.items() if n not in (self.pk, self.key)}
            for row in rows
            if not row.get("DELETE")
        ]
        self.finish()

    def label(self, row: Any) -> str:
        return f"{capfirst(row._meta.verbose_name)} “{truncate(str(row))}”"

    def words(self, form: Any, values: dict[str, Any] | None = None) -> str:
        """The row in words: as it is now, or with `values`."""
        return self.joined(
            form,
            {
                name: as_sent(each, form[name].initial if values is None else value)
                for name, each in form.fields.items()
                if (value := (values or {}).get(name)) is not None or values is None
            },
        )

    def joined(self, form: Any, sent: dict[str, list[str]]) -> str:
        hidden = {self.pk, self.key, "DELETE"}
        words = (
            shown(form.fields[name], values)
            for name, values in sent.items()
            if name not in hidden and not form.fields[name].widget.is_hidden
        )
        return ", ".join(filter(None, words))


def with_prefixes(formsets: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, ...]]:
    """(formset, inline, prefix) with the prefixes that the admin gives them."""
    counts = Counter[str]()
    for formset, inline in formsets:
        prefix = formset.get_default_prefix()
        counts[prefix] += 1
        count = counts[prefix]
        yield formset, inline, prefix if count == 1 else f"{prefix}-{count}"


def as_sent(each: forms.Field, value: Any) -> list[str]:
    """Returns what a browser sends for a field that holds `value`."""
    if isinstance(each, forms.BooleanField) and not isinstance(
        each, forms.NullBooleanField
    ):
        return ["on"] if value else []
    displayed = _widget(each).format_value(each.prepare_value(value))
    values = displayed if isinstance(displayed, list | tuple) else [displayed]
    return ["" if one is None else str(one) for one in values]


def shown(each: forms.Field, sent: list[str]) -> str:
    """Returns what was sent in words: names instead of keys, labels of choices."""
    if isinstance(each, forms.ModelChoiceField):
        keys = [key for key in sent if key.isdecimal() and len(key) < 19]
        rows: Any = each.queryset
        return "; ".join(map(str, rows.filter(pk__in=keys))) if keys else ""
    if isinstance(each, forms.BooleanField) and not isinstance(
        each, forms.NullBooleanField
    ):
        return _("Yes") if sent else _("No")
    labels = {str(key): label for key, label in getattr(_widget(each), "choices", [])}
    return ", ".join(str(labels.get(value, value)) for value in sent)


def _widget(each: forms.Field) -> Any:
    """Without the links that the admin puts around it."""
    return getattr(each.widget, "widget", each.widget)


def canonical(sent: list[str]) -> list[str]:
    """Values in one order; forms send line ends as CRLF."""
    return sorted(
        text for value in sent if (text := value.replace("\r\n", "\n").strip())
    )


def same(each: forms.Field, value: Any, sent: list[str]) -> bool:
    """Returns whether `sent` says the same as the stored `value`."""
    if canonical(as_sent(each, value)) == canonical(sent):
        return True
    if len(sent) > 1 or isinstance(each, forms.ModelMultipleChoiceField):
        return False
    if isinstance(value, str) and "\n" in value:
        return False
    raw = QueryDict(mutable=True)
    raw.setlist("x", sent)
    return not each.has_changed(value, _widget(each).value_from_datadict(raw, {}, "x"))
