"""The map of a source: a TOML file that says where the columns of an import come from.

source = "city-council"
encoding = "windows-1252"            # default: UTF-8
delimiter = ";"                      # default: by the header
date_format = "%m/%d/%Y"             # of every date column; default: 2024-12-31
max_lost = 5                         # per cent

[columns]
title = "short_title"                          # another name
kind = { constant = "person" }
language = { from = "lang", default = "en" }
topics = { from = "tags", split = "|" }
stance = { from = "vote", values = { Aye = "supports", Nay = "opposes" } }
id = { from = ["bill", "member"], separator = "/" }
held_on = { from = "day", date_format = "%d.%m.%Y" }

[skip]                               # rows with one of these values
vote = ["Absent"]

[same_as]                            # speakers: the row's id, then slug, uid or new
"M-17" = "new"
"M-18" = "id:M-3"                    # another row of this source
"M-19" = "us-congress:J000312?"      # a row of another source; ?: perhaps not there yet
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.importing import cells
from archive.importing.cells import Wrong
from archive.importing.columns import Column
from archive.importing.problems import Unreadable

DEFAULT_MAX_LOST = 5.0
TEXTS = ("source", "encoding", "delimiter", "date_format")
RULE = {
    "from",
    "constant",
    "default",
    "split",
    "values",
    "separator",
    "date_format",
}


@dataclass(frozen=True)
class Rule:
    """Where one column comes from."""

    names: tuple[str, ...] = ()
    constant: str | None = None
    default: str = ""
    split: str = ""
    separator: str = " "
    values: Mapping[str, str] = field(default_factory=dict)
    date_format: str = ""

    def value(self, row: Mapping[str, Any]) -> str:
        if self.constant is not None:
            return self.constant
        parts = [text_of(row[name]) for name in self.names if name in row]
        text = self.separator.join(part for part in parts if part.strip())
        if self.values and text.strip() in self.values:
            text = self.values[text.strip()]
        if self.split:
            text = "; ".join(text.split(self.split))
        if not text.strip():
            return self.default
        return cells.in_form(self.date_format)(text) if self.date_format else text


@dataclass(frozen=True)
class Map:
    source: str = ""
    encoding: str = ""
    delimiter: str = ""
    date_format: str = ""
    max_lost: float = DEFAULT_MAX_LOST
    rules: Mapping[str, Rule] = field(default_factory=dict)
    skip: Mapping[str, frozenset[str]] = field(default_factory=dict)
    same_as: Mapping[str, str] = field(default_factory=dict)

    def skips(self, row: Mapping[str, Any]) -> bool:
        return any(
            text_of(row.get(name)).strip() in values
            for name, values in self.skip.items()
        )


def text_of(value: Any) -> str:
    """A cell as text: JSON files also have numbers, lists, true and null."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(text_of(each) for each in value)
    if isinstance(value, dict):
        raise Wrong("An object cannot be the value of a column.")
    return str(value)


def load(path: Path | None, columns: Iterable[Column]) -> Map:
    """Raises Unreadable."""
    if path is None:
        return Map()
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Unreadable(f"The map cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"The map is not TOML: {error}.") from error
    return _map(content, {column.name: column for column in columns})


def _map(content: dict[str, Any], columns: Mapping[str, Column]) -> Map:
    _only(content, {*TEXTS, "max_lost", "columns", "skip", "same_as"}, "key")
    for name in TEXTS:
        if not isinstance(content.get(name, ""), str):
            raise Unreadable(f"In the map, {name} must be a text.")
    _check_reading(content.get("encoding", ""), content.get("delimiter", ""))
    tables = {
        name: _table(content.get(name, {}), name)
        for name in ("columns", "skip", "same_as")
    }
    _only(tables["columns"], columns, "column")
    form = content.get("date_format", "")
    rules = {
        name: _rule(name, value, form if columns[name].is_date else "")
        for name, value in tables["columns"].items()
    }
    return Map(
        content.get("source", ""),
        content.get("encoding", ""),
        content.get("delimiter", ""),
        form,
        max_lost(content.get("max_lost", DEFAULT_MAX_LOST)),
        rules,
        {name: frozenset(map(text_of, _list(v))) for name, v in tables["skip"].items()},
        {name: str(value) for name, value in tables["same_as"].items()},
    )


def _check_reading(encoding: str, delimiter: str) -> None:
    try:
        b"a".decode(encoding or "utf-8")
    except (LookupError, UnicodeDecodeError) as error:
        raise Unreadable(f"“{encoding}” is no encoding that can be read.") from error
    if len(delimiter) > 1:
        raise Unreadable("In the map, delimiter must be one character.")


def max_lost(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable("max_lost is a number of per cent.")
    if not 0 <= value <= 100:
        raise Unreadable("max_lost is between 0 and 100 per cent.")
    return float(value)


def _rule(name: str, value: Any, form: str) -> Rule:
    if isinstance(value, str):
        return Rule((value,), date_format=form)
    table = _table(value, f"columns.{name}")
    _only(table, RULE, f"key of {name}")
    names = tuple(map(str, _list(table.get("from", []))))
    if not names and "constant" not in table:
        raise Unreadable(f"In the map, {name} needs from or constant.")
    constant = table.get("constant")
    return Rule(
        names,
        None if constant is None else text_of(constant),
        text_of(table.get("default")),
        str(table.get("split", "")),
        str(table.get("separator", " ")),
        {
            str(key): text_of(each)
            for key, each in _table(table.get("values", {}), f"{name}.values").items()
        },
        str(table.get("date_format", form)),
    )


def _table(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"In the map, {name} must be a table.")
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _only(table: Mapping[str, Any], names: Iterable[str], what: str) -> None:
    unknown = sorted(set(table) - set(names))
    if unknown:
        raise Unreadable(
            f"The map has an unknown {what} “{unknown[0]}”; there is "
            f"{', '.join(sorted(names))}."
        )
