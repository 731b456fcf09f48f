"""The rows of a file as values of an import's columns, each with its id and a hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.importing import cells, formats
from archive.importing.base import Kind
from archive.importing.cells import Wrong
from archive.importing.columns import Column
from archive.importing.formats import Options, Record
from archive.importing.mapping import Map, Rule, text_of
from archive.importing.problems import Problems, Unreadable

REPLACED, SURROGATE = "\ufffd", re.compile("[\ud800-\udfff]")
MAX_REMEMBERED, MOST_READ = 100, 20_000  # characters; cells that are remembered
MOST_SHAPES = 200  # of JSON records: the sets of names that they have


@dataclass
class FileRow:
    """A row that can be used: its columns' values, as JSON can hold them."""

    file: str
    line: int
    external_id: str
    values: dict[str, Any]

    @property
    def content(self) -> str:
        return json.dumps(self.values, ensure_ascii=False, sort_keys=True)


def hash_of(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass
class Reading:
    """Reads files of one kind; collects what is wrong in `problems`."""

    kind: Kind
    map: Map
    problems: Problems
    is_complete: bool = True  # False: the rest of a file could not be read
    count: int = 0
    _shapes: dict[tuple[str, ...], list[tuple[Column, Rule]]] = field(
        default_factory=dict
    )
    _read: dict[tuple[str, str], Any] = field(default_factory=dict)

    def rows(self, path: Path, tick: Callable[[int], object]) -> Iterator[FileRow]:
        """Lines of one record that differ in the column that `repeats` become one."""
        previous: FileRow | None = None
        for row in self._rows(path, tick):
            if previous and self._is_continued(previous, row):
                previous.values[self.kind.repeats] += row.values[self.kind.repeats]
                continue
            if previous:
                yield previous
            previous = row
        if previous:
            yield previous

    def _is_continued(self, previous: FileRow, row: FileRow) -> bool:
        name = self.kind.repeats
        if not name or row.external_id != previous.external_id:
            return False
        ours, theirs = (
            {key: value for key, value in each.values.items() if key != name}
            for each in (previous, row)
        )
        return ours == theirs and bool(previous.values.get(name) and row.values[name])

    def _rows(self, path: Path, tick: Callable[[int], object]) -> Iterator[FileRow]:
        known = Options(self.map.encoding, self.map.delimiter, self._count_known)
        try:
            with closing(formats.records(path, known, tick)) as records:
                yield from self._usable(path.name, records)
        except Unreadable as error:
            self.is_complete = False
            self.problems.add(error.sentence, path.name, error.line)

    def _usable(self, file: str, records: Iterable[Record]) -> Iterator[FileRow]:
        for index, record in enumerate(records):
            self.count += 1
            if not index and not self._has_needed(file, record):
                self.is_complete = False
                return
            if row := self._row(file, record):
                yield row

    def _count_known(self, names: list[str]) -> int:
        return len(self._bound(tuple(names)))

    def _bound(self, names: tuple[str, ...]) -> list[tuple[Column, Rule]]:
        """The columns that a record with these names has, and where from."""
        if names not in self._shapes:
            if len(self._shapes) > MOST_SHAPES:
                self._shapes.clear()
            pairs = [(each, self._rule(each, names)) for each in self.kind.columns]
            self._shapes[names] = [(each, rule) for each, rule in pairs if rule]
        return self._shapes[names]

    def _rule(self, column: Column, names: tuple[str, ...]) -> Rule | None:
        if rule := self.map.rules.get(column.name):
            is_there = rule.constant is not None or set(rule.names) & set(names)
            return rule if is_there or rule.default else None
        spelled = {name.strip().casefold().replace(" ", "_"): name for name in names}
        name = next(
            (
                spelled[each]
                for each in (column.name, *column.aliases)
                if each in spelled
            ),
            None,
        )
        form = self.map.date_format if column.is_date else ""
        return Rule((name,), date_format=form) if name is not None else None

    def _has_needed(self, file: str, record: Record) -> bool:
        if record.problem:
            return True
        names = tuple(record.cells)
        bound = self._bound(names)
        present = {column.name for column, _rule in bound}
        missing = [
            names[-1]
            if len(names) == 1
            else f"{names[-1]} (or {', '.join(names[:-1])})"
            for names in self.kind.needed
            if not present & set(names)
        ]
        for name in missing:
            self.problems.add(f"The file has no column {name}.", file)
        if not missing:
            self._tell_unread(file, names, bound)
        return not missing

    def _tell_unread(
        self, file: str, names: tuple[str, ...], bound: list[tuple[Column, Rule]]
    ) -> None:
        used = {name for _column, rule in bound for name in rule.names}
        unread = [name for name in names if name not in used | set(self.map.skip)]
        if unread:
            self.problems.notice(f"{file}: columns not read: {', '.join(unread)}.")

    def _row(self, file: str, record: Record) -> FileRow | None:
        before = self.problems.total
        if record.problem or self._is_skipped(file, record):
            if record.problem:
                self.problems.add(record.problem, file, record.line)
            return None
        values = dict(self._values(file, record))
        if before == self.problems.total:
            self._check_needed(file, record.line, values)
        if before != self.problems.total:
            return None
        external_id = self._external_id(values)
        if not external_id:
            self.problems.add("The row has no id.", file, record.line, "id")
            return None
        if same_as := self.map.same_as.get(external_id):
            values["same_as"] = same_as
        return FileRow(file, record.line, external_id, values)

    def _is_skipped(self, file: str, record: Record) -> bool:
        try:
            return bool(self.map.skip) and self.map.skips(record.cells)
        except Wrong as wrong:
            self.problems.add(str(wrong), file, record.line)
            return True

    def _check_needed(self, file: str, line: int, values: Mapping[str, Any]) -> None:
        for names in self.kind.needed:
            if not any(values.get(name) for name in names):
                self.problems.add("This must not be empty.", file, line, names[-1])

    def _values(self, file: str, record: Record) -> Iterator[tuple[str, Any]]:
        for column, rule in self._bound(tuple(record.cells)):
            try:
                text = rule.value(record.cells)
                value = self._value(column, text, file, record.line)
            except Wrong as wrong:
                self.problems.add(str(wrong), file, record.line, column.name)
                continue
            if value is not None:
                yield column.name, value

    def _value(self, column: Column, text: str, file: str, line: int) -> Any:
        """None stands for a cell that says nothing."""
        if (column.name, text) in self._read:
            return copy(self._read[column.name, text])
        if not text.strip():
            return None if column.keeps_default else ""
        if REPLACED in text:
            raise Wrong(
                "This has the character U+FFFD, which stands for a letter that was "
                "lost when the file was converted."
            )
        if "\0" in text:
            raise Wrong("This has a NUL: it is not text.")
        if SURROGATE.search(text):
            raise Wrong("This has half a character (a lone surrogate).")
        value = column.read(text)
        if _lost_characters(text, value):
            self.problems.notice(
                "Invisible characters were taken out.", file, line, column.name
            )
        elif len(text) <= MAX_REMEMBERED:
            self._remember(column, text, value)
        return value

    def _remember(self, column: Column, text: str, value: Any) -> None:
        """Names, dates and choices occur again and again."""
        if len(self._read) >= MOST_READ:
            self._read.clear()
        self._read[column.name, text] = value

    def _external_id(self, values: Mapping[str, Any]) -> str:
        if "id" in values:
            return str(values["id"])
        if values.get("uid"):
            return str(values["uid"])
        parts = (_as_text(values.get(name)) for name in self.kind.key)
        joined = " | ".join(part for part in parts if part)
        return joined if len(joined) <= 500 else hash_of(joined)


def _as_text(value: Any) -> str:
    return "" if value is None else text_of(value)


def _lost_characters(text: str, value: Any) -> bool:
    """Whether reading took out more than blanks."""
    if text.isascii() and text.isprintable():
        return False
    if not isinstance(value, str) or not value:
        return False
    kept, left = (_counted(each) for each in (value, text))
    return left > kept + text.count("\r") and not cells.UID.fullmatch(value)


def _counted(text: str) -> int:
    """Without blanks, and without semicolons, which separate values."""
    return len("".join(text.replace(";", "").split()))
