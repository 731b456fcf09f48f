"""Two editors of one record: what the second sends is merged with what the first saved.

A field that only one of them changed keeps that change. A field that both changed is a
conflict, which the second editor decides. The state that the second started from is
known by its state token, so by the events of the record's history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst

from archive.editing import history
from archive.editing.addresses import is_key
from archive.editing.sent import SentRows, as_sent, canonical, same, shown
from archive.wording.differences import DiffRun, differences

THEIRS, MINE = "theirs", "mine"
ASKED, ASKED_SINCE = "asked", "asked_since"
CHOICE, REMOVED_ROW = "keep-", "row-"


@dataclass(frozen=True)
class Conflict:
    """What two editors both changed. `name` identifies the field or row; `row` holds
    the values of a row that the first editor removed.
    """

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    row: list[tuple[str, str]] = field(default_factory=list)

    @property
    def their_runs(self) -> list[DiffRun]:
        return differences(self.before, self.theirs)

    @property
    def my_runs(self) -> list[DiffRun]:
        return differences(self.before, self.mine)


@dataclass(frozen=True)
class Merge:
    """`data` is what to save or to show again; `news` what others have changed."""

    data: QueryDict
    news: list[history.HistoryEntry]
    conflicts: list[Conflict]
    asked_since: str = ""
    is_outdated: bool = True


def is_outdated(record: Any, sent: QueryDict, states: Any = history) -> bool:
    """Returns whether somebody else has saved the record since the form was opened, or
    the form answers questions about that.
    """
    token = sent.get("state_token", "")
    return bool(token) and (ASKED in sent or token != states.state_token(record))


def merge(
    record: Any,
    sent: QueryDict,
    form: Any,
    formsets: Iterable[Any],
    states: Any = history,
) -> Merge:
    """`form` and `formsets` are unbound and show the record as it is now; `states`
    knows what it was like.
    """
    token, newest = sent.get("state_token", ""), states.state_token(record)
    merging = _Merging(record, sent.copy(), token, states)
    conflicts = list(merging.of_record(form))
    for formset in formsets:
        conflicts += merging.of_rows(formset)
    merging.data["state_token"] = newest
    news = states.changed_since(record, token) if token != newest else []
    return Merge(merging.data, news, conflicts, merging.first_token, token != newest)


class _Merging:
    def __init__(self, record: Any, data: QueryDict, token: str, states: Any) -> None:
        self.record, self.data = record, data
        self.asked = data.getlist(ASKED)
        self.first_token = data.get(ASKED_SINCE, "") if self.asked else token
        self.base = states.state_at(record, token)
        self.first = (
            states.state_at(record, self.first_token) if self.asked else self.base
        )

    def of_record(self, form: Any) -> Iterator[Conflict]:
        past = getattr(form, "past_values", dict)
        known = past(self.base.values), past(self.first.values)
        yield from self._fields(form, "", *known, "")

    def of_rows(self, formset: Any) -> Iterator[Conflict]:
        """Puts the rows that were sent in the order of those stored now, the new ones
        last.
        """
        rows = SentRows(self.data, formset)
        if rows.are_malformed:
            return
        base, first = (_rows(state, formset) for state in (self.base, self.first))
        rows.clear()
        for index, form in enumerate(formset.initial_forms):
            yield from self._row(rows, index, form, base, first)
        for pk, row in rows.gone.items():
            if pk in base and not row.get("DELETE"):
                yield from self._removed(rows, pk, row, base[pk])
        for name in self.asked:
            yield from self._removed_before(rows, name)
        rows.finish()

    def _row(
        self, rows: SentRows, index: int, form: Any, base: Any, first: Any
    ) -> Iterator[Conflict]:
        """Merges one stored row with the same row as it was sent."""
        row, pk = rows.take(form), form.instance.pk
        if row is None:
            rows.write(index, rows.stored(form))
            return
        name, label = f"{rows.prefix}.{pk}", rows.label(form.instance)
        if not row.get("DELETE") or pk not in base:
            rows.write(index, row)
            known = base.get(pk, {}), first.get(pk, {})
            yield from self._fields(form, f"{name}.", *known, f"{label}: ")
            return
        rows.write(index, {**rows.stored(form), "DELETE": row["DELETE"]})
        delete = f"{rows.prefix}-{index}-DELETE"
        if self._wants(name) == THEIRS:
            del self.data[delete]
        elif _differ(form, base[pk]) or name in self._unanswered():
            words = rows.words(form, base[pk]), rows.words(form)
            yield Conflict(name, label, *words, "")

    def _removed(
        self, rows: SentRows, pk: int, row: dict[str, list[str]], base: dict[str, Any]
    ) -> Iterator[Conflict]:
        """A row that somebody else removed: asked about if it was changed here."""
        empty = rows.formset.empty_form
        raw = {name: row.get(name, []) for name in empty.fields}
        if any(
            not same(field, base[name], raw[name])
            for name, field in empty.fields.items()
            if name in base
        ):
            yield self._conflict_of_removed(rows, f"{rows.prefix}.{pk}", raw, base)

    def _removed_before(self, rows: SentRows, name: str) -> Iterator[Conflict]:
        """The answer about such a row, whose values came back beside the question."""
        prefix = f"{REMOVED_ROW}{name}-"
        row = {
            key.removeprefix(prefix): self.data.getlist(key)
            for key in self.data
            if key.startswith(prefix)
        }
        if not row or name.partition(".")[0] != rows.prefix:
            return
        if self._wants(name) == MINE:
            rows.new.append(row)
        elif self._wants(name) != THEIRS:
            pk = int(pk) if is_key(pk := name.rpartition(".")[2]) else 0
            base = _rows(self.first, rows.formset).get(pk, {})
            yield self._conflict_of_removed(rows, name, row, base)

    def _conflict_of_removed(
        self, rows: SentRows, name: str, row: dict[str, list[str]], base: dict[str, Any]
    ) -> Conflict:
        empty = rows.formset.empty_form
        hidden = [
            (f"{REMOVED_ROW}{name}-{key}", value)
            for key, values in row.items()
            if key in empty.fields and key not in (rows.pk, rows.key, "DELETE")
            for value in values
        ]
        label = capfirst(rows.formset.model._meta.verbose_name)
        mine = rows.joined(empty, {key: row.get(key, []) for key in empty.fields})
        return Conflict(name, label, rows.words(empty, base), "", mine, hidden)

    def _fields(
        self, form: Any, prefix: str, base: Any, first: Any, label: str
    ) -> Iterator[Conflict]:
        """Takes their value of each field that only they changed; yields those that
        both changed.
        """
        for name, each in form.fields.items():
            if name not in base:
                continue
            key, path = form.add_prefix(name), f"{prefix}{name}"
            mine, theirs = self.data.getlist(key), as_sent(each, form[name].initial)
            if same(each, form[name].initial, mine):
                continue
            they_did = canonical(as_sent(each, base[name])) != canonical(theirs)
            i_did = not same(each, base[name], mine)
            if self._wants(path) == THEIRS or (they_did and not i_did):
                self.data.setlist(key, theirs)
            elif they_did or path in self._unanswered():
                old = first if path in self.asked and name in first else base
                before = as_sent(each, old[name])
                yield Conflict(
                    path,
                    f"{label}{capfirst(each.label or name)}",
                    shown(each, before),
                    shown(each, theirs),
                    shown(each, mine),
                )

    def _wants(self, name: str) -> str:
        return self.data.get(f"{CHOICE}{name}", "") if name in self.asked else ""

    def _unanswered(self) -> list[str]:
        return [name for name in self.asked if self._wants(name) not in (THEIRS, MINE)]


def _rows(state: history.PastState, formset: Any) -> dict[int, dict[str, Any]]:
    """The rows of a formset as they were, by primary key."""
    rows = state.rows.get(formset.model, {})
    if not hasattr(formset.form, "past_values"):
        return rows
    return {pk: formset.form.past_values(row) for pk, row in rows.items()}


def _differ(form: Any, base: dict[str, Any]) -> bool:
    """Returns whether a stored row has other values than `base`."""
    return any(
        canonical(as_sent(each, base[name]))
        != canonical(as_sent(each, form[name].initial))
        for name, each in form.fields.items()
        if name in base
    )
