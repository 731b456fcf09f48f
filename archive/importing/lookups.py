"""Finds the records that rows refer to: by the id of the same source, by uid or slug,
or by name. One query for each way and block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from archive.core.sorting import SortKey
from archive.importing import people
from archive.importing.base import Block, Kind, Row
from archive.importing.columns import Reference
from archive.models import Article, ExternalId, Outlet, Topic
from policies.models import Proposal, ProposalList
from statements.models import Speaker, Statement

MODELS: dict[str, tuple[Any, str]] = {
    "outlets": (Outlet, "outlet"),
    "speakers": (Speaker, "speaker"),
    "articles": (Article, "article"),
    "statements": (Statement, "statement"),
    "lists": (ProposalList, "list"),
    "proposals": (Proposal, "proposal"),
}
MAX_TOPIC = 100

Matches = dict[str, list[int]]


def resolve(kind: Kind, block: Block) -> None:
    """Fills in the rows' fields from plain columns, dates, references and topics."""
    plain = [column for column in kind.own if column.field]
    for row in block.rows:
        row.fields = {
            column.field: column.empty if row.values[column.name] == "" else value
            for column in plain
            if (value := row.values.get(column.name)) is not None
        }
    for reference in kind.references:
        _refer(reference, block)
    if "topics" in kind.part_names:
        _topics(block)
    if "identifiers" in kind.part_names:
        _identifiers(block)
    kind.finish(block)


def _refer(reference: Reference, block: Block) -> None:
    by_id, by_uid, by_name = (column.name for column in reference.columns)
    ways: list[tuple[str, Callable[[str, set[str]], Matches]]] = [
        (by_id, lambda kind, ids: by_external_id(block.source, kind, ids)),
        (by_uid, by_token),
        (by_name, by_title),
    ]
    rest = [row for row in block.rows if row.values.keys() & {by_id, by_uid, by_name}]
    for name, find in ways:
        now = [row for row in rest if row.values.get(name)]
        rest = [row for row in rest if not row.values.get(name)]
        pks = find(reference.kind, {row.values[name] for row in now}) if now else {}
        for row in now:
            _take(reference, name, pks.get(row.values[name], []), row, block)
    for row in rest:
        row.fields[reference.attname] = None


def _take(
    reference: Reference, column: str, pks: list[int], row: Row, block: Block
) -> None:
    if len(pks) == 1:
        row.fields[reference.attname] = pks[0]
        return
    value, one = row.values[column], MODELS[reference.kind][1]
    if pks:
        block.wrong(row, _several(reference, one, value, pks), column)
    elif column.endswith("_id"):
        sentence = f"The source “{block.source}” has no {one} with the id “{value}”."
        block.wrong(row, f"{sentence} Import {reference.kind} first.", column)
    else:
        is_name = reference.kind == "speakers" and not column.endswith("_uid")
        near = people.candidates(value) if is_name and block.has_room else ""
        block.wrong(row, f"The archive has no {one} “{value}”.{near}", column)


def _several(reference: Reference, one: str, value: str, pks: list[int]) -> str:
    model = MODELS[reference.kind][0]
    slugs = model.objects.filter(pk__in=pks).values_list(
        "uid" if one == "statement" else "slug", flat=True
    )
    return (
        f"“{value}” may be any of {', '.join(sorted(slugs)[:5])}: put one of these "
        f"into the column {reference.name}_uid."
    )


def by_external_id(source: str, kind: str, ids: Iterable[str]) -> Matches:
    entries = ExternalId.objects.of(source, kind).filter(external_id__in=list(ids))
    records = dict(entries.values_list("external_id", "record"))
    present = _present(kind, set(records.values()))
    return {
        key: [present[record]] for key, record in records.items() if record in present
    }


def _present(kind: str, pks: set[int]) -> dict[int, int]:
    """Those that the archive still has; a merged speaker leads to the other one."""
    rows = MODELS[kind][0].objects.filter(pk__in=pks)
    if kind == "speakers":
        return {pk: into or pk for pk, into in rows.values_list("pk", "merged_into")}
    return {pk: pk for pk in rows.values_list("pk", flat=True)}


def by_token(kind: str, tokens: Iterable[str]) -> Matches:
    model, tokens = MODELS[kind][0], list(tokens)
    names = [each.name for each in model._meta.fields if each.name in ("uid", "slug")]
    condition = Q(pk__in=[])
    for name in names:
        condition |= Q(**{f"{name}__in": tokens})
    merged = ["merged_into"] if kind == "speakers" else []
    pks: Matches = {}
    for pk, *keys in model.objects.filter(condition).values_list("pk", *names, *merged):
        into = keys.pop() if merged else None
        for key in keys:
            pks.setdefault(key, []).append(into or pk)
    return {key: list(dict.fromkeys(each)) for key, each in pks.items()}


def by_title(kind: str, names: Iterable[str]) -> Matches:
    if kind == "speakers":
        return people.by_name(names)
    if kind == "outlets":
        return outlets_named(names)
    if kind == "articles":
        return _articles(set(names))
    model, titles = MODELS[kind][0], list(names)
    return _grouped(model.objects.filter(title__in=titles).values_list("title", "pk"))


def outlets_named(names: Iterable[str]) -> Matches:
    """Capitals, accents and apostrophes do not count."""
    return _read_alike(Outlet, names)


def _read_alike(model: Any, names: Iterable[str]) -> Matches:
    keys = people.sort_keys(names)
    rows = model.objects.annotate(read=SortKey("name")).filter(
        read__in=list(set(keys.values()))
    )
    pks = _grouped(rows.values_list("read", "pk"))
    return {name: pks[key] for name, key in keys.items() if key in pks}


def _articles(names: set[str]) -> Matches:
    titles = {name.strip("[]") if name[:1] == "[" else name: name for name in names}
    rows = Article.objects.filter(
        Q(headline__in=titles) | Q(url__in=names) | Q(archived_url__in=names)
    )
    pks: Matches = {}
    for pk, *keys in rows.values_list("pk", "headline", "url", "archived_url"):
        for key in dict.fromkeys(titles.get(each, each) for each in keys if each):
            pks.setdefault(key, []).append(pk)
    return pks


def _grouped(pairs: Iterable[tuple[str, int]]) -> Matches:
    pks: Matches = {}
    for key, pk in pairs:
        pks.setdefault(key, []).append(pk)
    return pks


def _identifiers(block: Block) -> None:
    for row in block.rows:
        if "identifiers" in row.values:
            row.fields["identifiers"] = sorted(row.values["identifiers"] or [])


def _topics(block: Block) -> None:
    rows = [row for row in block.rows if "topics" in row.values]
    names = {name for row in rows for name in row.values["topics"]}
    known = {name: pks[0] for name, pks in _read_alike(Topic, names).items()}
    known |= _new_topics(names - known.keys(), block)
    for row in rows:
        for name in row.values["topics"]:
            if name not in known:
                block.wrong(row, f"“{name[:40]}…” is too long for a topic.", "topics")
        pks = {known[name] for name in row.values["topics"] if name in known}
        row.fields["topics"] = sorted(pks)


def _new_topics(names: set[str], block: Block) -> dict[str, int]:
    keys = people.sort_keys(name for name in names if len(name) <= MAX_TOPIC)
    by_key: dict[str, int] = {}
    for name, key in sorted(keys.items()):
        if key not in by_key:
            by_key[key] = block.new_topics[name] = Topic.objects.create(name=name).pk
    return {name: by_key[key] for name, key in keys.items()}
