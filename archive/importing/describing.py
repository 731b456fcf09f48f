"""The columns of all kinds as the table of the README."""

from __future__ import annotations

from collections.abc import Iterator

from archive.importing.columns import Column, Reference
from archive.importing.kinds import KINDS

HEAD = ("| column, other names for it | of | meaning |", "|---|---|---|")


def table() -> Iterator[str]:
    """One line a column; a star marks the kinds that need it."""
    yield from HEAD
    columns, references = _columns(), _references()
    for column, kinds in columns.values():
        names = ", ".join(f"`{name}`" for name in (column.name, *column.aliases))
        yield f"| {names} | {_of(kinds)} | {column.meaning} |"
    for reference, kinds in references.values():
        names = ", ".join(f"`{name}`" for name in (reference.name, *reference.aliases))
        yield f"| {names} (+ `_id`, `_uid`) | {_of(kinds)} | {reference.meaning}. |"


def _of(kinds: dict[str, bool]) -> str:
    if len(kinds) == len(KINDS) and not any(kinds.values()):
        return "all"
    return ", ".join(f"{name}{'*' * is_needed}" for name, is_needed in kinds.items())


def _columns() -> dict[tuple[object, ...], tuple[Column, dict[str, bool]]]:
    rows: dict[tuple[object, ...], tuple[Column, dict[str, bool]]] = {}
    for kind in KINDS.values():
        of_references = {each.name for ref in kind.references for each in ref.columns}
        for column in kind.columns:
            if column.name not in of_references:
                key = (column.name, column.aliases, column.meaning)
                _column, kinds = rows.setdefault(key, (column, {}))
                kinds[kind.name] = column.is_needed
    return rows


def _references() -> dict[tuple[object, ...], tuple[Reference, dict[str, bool]]]:
    rows: dict[tuple[object, ...], tuple[Reference, dict[str, bool]]] = {}
    for kind in KINDS.values():
        for reference in kind.references:
            key = (reference.name, reference.aliases, reference.meaning)
            _reference, kinds = rows.setdefault(key, (reference, {}))
            kinds[kind.name] = reference.is_needed
    return rows
