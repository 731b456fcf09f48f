"""Builds index documents from the FilterSets, so that a filter means the same in the
index and in PostgreSQL.
"""

from __future__ import annotations

import itertools
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DataError, Error, transaction
from django.db.models import Exists, OuterRef, QuerySet

from archive.listing.filters import JointFilter, ValuesFilter
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.text_filter import TextFilter
from archive.search import fallback
from archive.search.schema import Indexable, IndexDocument, Unindexed

log = logging.getLogger(__name__)

BATCH_SIZE = 2_000
Changed = Mapping[str, set[int]]  # "app.model" -> primary keys


@dataclass(frozen=True)
class Kind:
    """One type of searchable record.

    `rows` returns the public rows with all columns that the FilterSet names. A record
    becomes stale when a record on one of the paths `rests_on` changes, at its end or on
    the way. Records related by `gathers` are also noted in the index, because they may
    move to another record, after which no path leads back. Records with equal
    `together` columns are compared with each other, so all are stale if one is. `tie`
    orders records of one day.
    """

    filterset: type[ArchiveFilterSet]
    rows: Callable[[], QuerySet[Any]]
    rests_on: tuple[str, ...]
    gathers: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    tie: Callable[..., int] = lambda pk: pk
    tie_columns: tuple[str, ...] = ("pk",)

    @property
    def type(self) -> str:
        return self.filterset.type

    @property
    def model(self) -> Any:
        return self.filterset._meta.model

    def stale(self, changed: Changed) -> set[int]:
        """Primary keys of the records that these changes may affect, by the current
        rows.
        """
        stale_pks = set(changed.get(self.model._meta.label_lower, ()))
        for path, label in self.paths.items():
            if pks := changed.get(label):
                stale_pks.update(
                    self.model._default_manager.filter(
                        **{f"{path}__in": pks}
                    ).values_list("pk", flat=True)
                )
        return stale_pks | {pk for pk, *_group in self._beside(stale_pks)}

    def _beside(self, pks: Iterable[int]) -> Iterable[tuple[Any, ...]]:
        """(primary key, *`together`) of these records and those equal in them."""
        if not self.together:
            return ()
        rows = self.model._default_manager.order_by()
        equal = {name: OuterRef(name) for name in self.together}
        these = Exists(rows.filter(pk__in=pks, **equal))
        beside: Any = rows.filter(these).values_list("pk", *self.together)
        return beside

    @property
    def paths(self) -> dict[str, str]:
        """Every path of `rests_on` and every step of it, with the label of
        its model.
        """
        labels = {}
        for path in self.rests_on:
            model, steps = self.model, path.split("__")
            for depth, step in enumerate(steps, 1):
                model = model._meta.get_field(step).related_model
                labels["__".join(steps[:depth])] = model._meta.label_lower
        return labels

    def index_documents(self, pks: Iterable[int] | None = None) -> Iterator[Indexable]:
        """The public records among `pks`, or all of them. A record that cannot be read
        is yielded as Unindexed.
        """
        if pks is None:
            pks = (
                self.rows()
                .order_by("pk")
                .values_list("pk", flat=True)
                .iterator(chunk_size=BATCH_SIZE)
            )
        remaining = iter(pks)
        while chunk := list(itertools.islice(remaining, BATCH_SIZE)):
            yield from self._readable(chunk)

    def _readable(self, pks: list[int]) -> Iterable[Indexable]:
        """Bisects the records to isolate one that cannot be read."""
        try:
            with transaction.atomic():
                return self._index_documents(self.rows().order_by().filter(pk__in=pks))
        except Exception as error:
            if isinstance(error, Error) and not isinstance(error, DataError):
                raise  # the database is unreachable; no record is at fault
            if len(pks) == 1:
                log.exception("The search index leaves out %s %d.", self.type, pks[0])
                return [Unindexed(self.type, pks[0])]
        half = len(pks) // 2
        return [*self._readable(pks[:half]), *self._readable(pks[half:])]

    def _index_documents(self, rows: QuerySet[Any]) -> Iterable[IndexDocument]:
        """A record published between two of these queries is skipped; its own change
        brings it in later.
        """
        documents = {document.pk: document for document in self._with_texts(rows)}
        for name, pk, value, is_listed in self._values(rows):
            if pk in documents:
                target: Any = (
                    documents[pk].values if is_listed else documents[pk].unlisted
                )
                target.setdefault(name, []).append(value)
        for pk, text in self._texts_of_many(rows.filter(pk__in=documents)):
            documents[pk].body.append(text)
            documents[pk].public.append(text)
        for pk, row in self._joint_rows(rows):
            if pk in documents:
                documents[pk].joint.append(row)
        for relation in self.gathers:
            label = self.model._meta.get_field(relation).related_model._meta.label_lower
            related = self.model._default_manager.filter(
                pk__in=documents, **{f"{relation}__isnull": False}
            )
            for pk, related_pk in related.values_list("pk", relation):
                documents[pk].rests_on.append(f"{label}:{related_pk}")
        self._rest_on_each_other(documents)
        return documents.values()

    def _rest_on_each_other(self, documents: Mapping[int, IndexDocument]) -> None:
        """Notes the records beside each, because they may move away."""
        groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for pk, *group in self._beside(documents):
            groups[tuple(group)].append(pk)
        label = self.model._meta.label_lower
        for pks in groups.values():
            for pk in documents.keys() & set(pks):
                others = (f"{label}:{other}" for other in pks if other != pk)
                documents[pk].rests_on.extend(others)

    def _values(self, rows: QuerySet[Any]) -> Iterator[tuple[str, int, str, bool]]:
        for name, filter_ in self.filterset.base_filters.items():
            if isinstance(filter_, ValuesFilter):
                yield from ((name, *row) for row in filter_.values(rows))

    @property
    def text_filter(self) -> TextFilter:
        text: TextFilter = self.filterset.base_filters["q"]
        return text

    def _texts_of_many(self, rows: QuerySet[Any]) -> Iterator[tuple[int, str]]:
        for column in self.text_filter.many:
            shown = fallback.displayed(rows.model, column)
            texts = rows.filter(**{f"{column}__gt": ""}, **shown)
            yield from texts.values_list("pk", column)

    def _with_texts(self, rows: QuerySet[Any]) -> Iterator[IndexDocument]:
        text = self.text_filter
        is_dated = self.filterset.is_dated
        columns = [
            *text.columns,
            *self.tie_columns,
            *(("day",) if is_dated else self.filterset.order),
        ]
        public_indexes = [text.columns.index(column) for column in text.public_columns]
        for pk, *row in rows.values_list("pk", *columns):
            words = [value or "" for value in row[: len(text.columns)]]
            tie, order_values = (
                row[len(words) : len(words) + len(self.tie_columns)],
                row[len(words) + len(self.tie_columns) :],
            )
            yield IndexDocument(
                self.type,
                pk,
                words,
                [words[index] for index in public_indexes],
                title=" ".join(words[text.columns.index(name)] for name in text.titles),
                sense=" ".join(words[text.columns.index(name)] for name in text.sense),
                day=order_values[0] if is_dated else None,
                tie=self.tie(*tie),
                name=""
                if is_dated
                else "\0".join(
                    f"{value:020}" if isinstance(value, int) else value
                    for value in order_values
                ),
                values={},
                unlisted={},
                joint=[],
                rests_on=[],
            )

    def _joint_rows(self, rows: QuerySet[Any]) -> Iterator[tuple[int, dict[str, str]]]:
        joint = {
            name: filter_
            for name, filter_ in self.filterset.base_filters.items()
            if isinstance(filter_, JointFilter)
        }
        if joint:
            filter_ = next(iter(joint.values()))
            for pk, *values in filter_.related_to(rows).values_list(
                filter_.reverse_name(rows.model),
                *(filter_.path for filter_ in joint.values()),
            ):
                yield (
                    pk,
                    {
                        name: value
                        for name, value in zip(joint, values, strict=True)
                        if value is not None
                    },
                )


def stale(kinds: Iterable[Kind], changed: Changed) -> dict[str, set[int]]:
    """Primary keys of the records that these changes may affect, by type."""
    pks_by_type: dict[str, set[int]] = defaultdict(set)
    for kind in kinds:
        pks_by_type[kind.type] |= kind.stale(changed)
    return pks_by_type
