"""Which speaker a name stands for. Two people are never made one silently: a name that
is nearly another's is a problem that names the candidates, and an operator decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from archive.editing.similar import ALIKE
from archive.importing.base import Block, Row
from archive.models import ExternalId
from statements.models import Speaker

NEW = "new"
HOW = (
    "Put its slug or uid into the column same_as if it is the same, “new” if it is "
    "another, or decide in the map under [same_as]."
)
# every name with the speakers that nearly have it, the most similar first
NEAR = """
    WITH names AS (SELECT DISTINCT unnest(%s::text[]) AS name),
    near AS (
        SELECT n.name, s.id FROM names n JOIN statements_speaker s
            ON s.name %% n.name AND similarity(s.name, n.name) >= %s
        UNION
        SELECT n.name, s.id FROM names n JOIN statements_speaker s
            ON archive_sort_key(s.name) = archive_sort_key(n.name)
    )
    SELECT near.name, s.id, s.name, s.slug FROM near
    JOIN statements_speaker s USING (id)
    WHERE s.merged_into_id IS NULL AND s.article_id IS NULL
    ORDER BY near.name, similarity(s.name, near.name) DESC, s.id
"""


class Near(NamedTuple):
    pk: int
    name: str
    slug: str


def folded(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def sort_keys(names: Iterable[str]) -> dict[str, str]:
    """Each name as `archive_sort_key` reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, archive_sort_key(name) FROM unnest(%s::text[]) AS name",
            [list(names)],
        )
        return dict(cursor.fetchall())


def by_name(names: Iterable[str]) -> dict[str, list[int]]:
    """The speakers with exactly this name or other name; capitals and the form of an
    apostrophe do not count.
    """
    keys = {name: folded(name) for name in names}
    pks: dict[str, list[int]] = {}
    for pk, name, other_names in _candidates(set(keys.values())):
        for key in {folded(each) for each in (name, *other_names.splitlines())}:
            pks.setdefault(key, []).append(pk)
    return {name: pks[key] for name, key in keys.items() if key in pks}


def _candidates(keys: set[str]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, name, other_names FROM statements_speaker
            WHERE merged_into_id IS NULL AND article_id IS NULL
            AND (lower(replace(name, '’', '''')) = ANY(%(keys)s) OR other_names <> ''
                AND string_to_array(lower(replace(other_names, '’', '''')), E'\\n')
                    && %(keys)s)
            ORDER BY id
            """,
            {"keys": list(keys)},
        )
        return cursor.fetchall()


def near(names: Iterable[str]) -> dict[str, list[Near]]:
    """The speakers with nearly this name, most similar first."""
    rows: dict[str, list[Near]] = {}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [list(names), ALIKE])
        for name, *speaker in cursor.fetchall():
            rows.setdefault(name, []).append(Near(*speaker))
    return rows


def candidates(name: str) -> str:
    """A sentence that names the speakers with nearly this name; "" if there is none."""
    rows = near([name]).get(name, [])
    return f" Nearly the same: {_listed(rows)}." if rows else ""


def _listed(rows: Iterable[Near]) -> str:
    return ", ".join(f"{each.name} ({each.slug})" for each in list(rows)[:3])


def match(block: Block) -> None:
    """Finds the speakers that new rows of the kind `speakers` stand for: as decided, by
    their Wikidata identifier, by exact name. A source tells its own people apart, so
    they are not compared with each other.
    """
    rows = [row for row in block.new_rows if row.target is None]
    decided = {row.external_id for row in rows if row.values.get("same_as")}
    _as_decided(block, [row for row in rows if row.external_id in decided])
    rows = [row for row in rows if row.external_id not in decided and row.is_ok]
    _by_wikidata([row for row in rows if row.fields.get("wikidata_id")])
    rows = [
        row for row in rows if row.target is None and not row.fields.get("article_id")
    ]
    _by_name(block, rows)
    _each_once(block)


def _as_decided(block: Block, rows: list[Row]) -> None:
    tokens = {row.values["same_as"] for row in rows}
    speakers = Speaker.objects.filter(Q(uid__in=tokens) | Q(slug__in=tokens))
    pks: dict[str, int] = {}
    for pk, uid, slug, into in speakers.values_list("pk", "uid", "slug", "merged_into"):
        pks |= dict.fromkeys((uid, slug), into or pk)
    for row in rows:
        token = row.values["same_as"]
        if token in pks:
            row.target = pks[token]
        elif token != NEW:
            sentence = f"The archive has no speaker with the slug or uid “{token}”."
            block.wrong(row, sentence, "same_as")


def _by_wikidata(rows: list[Row]) -> None:
    ids = {row.fields["wikidata_id"] for row in rows}
    speakers = Speaker.objects.filter(wikidata_id__in=ids, merged_into=None)
    pks = dict(speakers.order_by("-pk").values_list("wikidata_id", "pk"))
    for row in rows:
        row.target = pks.get(row.fields["wikidata_id"])


def _by_name(block: Block, rows: list[Row]) -> None:
    names = {row.fields["name"] for row in rows}
    exact, alike = by_name(names), near(names)
    pks = {pk for each in exact.values() for pk in each}
    pks |= {each.pk for rows_near in alike.values() for each in rows_near}
    ours = _of_source(block.source, pks)
    for row in rows:
        name = row.fields["name"]
        same = [pk for pk in exact.get(name, []) if pk not in ours]
        others = [each for each in alike.get(name, []) if each.pk not in ours]
        if len(same) == 1 and _agrees(row, same[0]):
            row.target = same[0]
        elif same or others:
            block.wrong(row, _undecided(name, same, others), "name")


def _of_source(source: str, pks: set[int]) -> set[int]:
    entries = ExternalId.objects.of(source, "speakers").filter(record__in=pks)
    return set(entries.values_list("record", flat=True))


def _agrees(row: Row, pk: int) -> bool:
    """Whether nothing tells the row and the speaker of the same name apart."""
    kind, wikidata_id = Speaker.objects.values_list("kind", "wikidata_id").get(pk=pk)
    ours = row.fields.get("wikidata_id")
    return row.fields.get("kind", kind) == kind and (
        not ours or not wikidata_id or ours == wikidata_id
    )


def _undecided(name: str, same: list[int], others: list[Near]) -> str:
    listed = _listed(others) or ", ".join(
        Speaker.objects.filter(pk__in=same).values_list("slug", flat=True)
    )
    if same:
        return f"More than one speaker may be “{name}”: {listed}. {HOW}"
    return f"“{name}” is nearly the name of {listed}. {HOW}"


def _each_once(block: Block) -> None:
    """Two rows of a source are two people, unless an operator says otherwise."""
    targets: dict[int, Row] = {}
    for row in block.new_rows:
        if row.target is None or row.values.get("same_as"):
            continue
        first = targets.setdefault(row.target, row)
        if first is not row:
            block.wrong(
                row,
                f"This row and line {first.line} would be the same speaker. {HOW}",
                "name",
            )
