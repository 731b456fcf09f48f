"""The single definition of what is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Least

from archive.core.caches import constant

LARGE = 20_000


@constant
def public_q(model: type[models.Model], prefix: str = "") -> Q:
    """The condition for a row of `model`, reached through `prefix`, to be public.

    A record with a status has `is_public`, which the database maintains
    (`core.triggers`). A part is public if everything it hangs from is public and it
    meets its own `public_if`. Any other record is public if a public record refers to
    it, or a part `reveals` it.
    """
    if hasattr(model, "is_public"):
        return Q(**{f"{prefix}is_public": True})
    parents = getattr(model, "hangs_from", ())
    if not parents:
        return _something_public_hangs_on(model, prefix)
    q = Q(**{f"{prefix}{name}": value for name, value in _public_if(model).items()})
    for name in parents:
        parent: Any = model._meta.get_field(name).related_model
        q &= public_q(parent, f"{prefix}{name}__")
    return q


def _something_public_hangs_on(model: type[models.Model], prefix: str) -> Q:
    condition = Q(pk__in=[])
    for relation in model._meta.related_objects:
        child: Any = relation.related_model
        if hasattr(child, "is_public") and not child._meta.proxy:
            rows = child.objects.public().filter(
                **{relation.field.name: OuterRef(f"{prefix}pk")}
            )
            condition |= Q(Exists(rows))
        elif reveals := getattr(child, "reveals", {}).get(relation.field.name):
            rows = child._default_manager.filter(reveals, **_public_if(child))
            key = {relation.field.name: OuterRef(f"{prefix}pk")}
            condition |= Q(Exists(rows.filter(**key)))
    return condition


def _public_if(model: Any) -> Mapping[str, Any]:
    return getattr(model, "public_if", {})


def count_of(rows: models.QuerySet, link: str) -> Coalesce:
    """How many of `rows` refer to the outer row through `link`; a subquery, so that two
    counts do not multiply.
    """
    counts = (
        rows.filter(**{link: OuterRef("pk")})
        .order_by()
        .values(link)
        .annotate(count=Count("pk"))
    )
    return Coalesce(Subquery(counts.values("count")), 0)


class PublicQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(public_q(self.model))

    def is_large(self) -> bool:
        """Whether PostgreSQL estimates too many rows to count all values while a reader
        waits.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reltuples FROM pg_class WHERE oid = %s::regclass",
                [self.model._meta.db_table],
            )
            return bool(cursor.fetchone()[0] > LARGE)

    def counts_by(self, link: str, limit: int | None = None) -> dict[Any, int]:
        """Value of `link` -> number of rows, most frequent first, at most `limit`
        values.
        """
        counts = (
            self.order_by()
            .values(link)
            .annotate(count=Count("pk"))
            .order_by("-count", link)
        )
        return dict(counts.values_list(link, "count")[:limit])

    def with_ids(self, ids: Sequence[int]) -> list[Any]:
        """The records with these primary keys, in this order; missing keys
        are skipped.
        """
        rows = self.in_bulk(list(ids))
        return [rows[pk] for pk in ids if pk in rows]

    def added_since(self, moment: Any) -> Self:
        """Those first published since then."""
        return self.filter(first_published_at__gte=moment)

    def newest_first(self) -> Self:
        """By the `day` of `dated()`; undated records come last."""
        return self.order_by(F("day").desc(nulls_last=True), "id")

    def newest_published(self) -> Self:
        """By the first publication, newest first."""
        has_it = hasattr(self.model, "first_published_at")
        rows = self if has_it else self.with_first_published()
        return rows.order_by(F("first_published_at").desc(nulls_last=True), "-pk")

    def with_first_published(self) -> Self:
        """For records without a status. Adds `first_published_at`: of the first public
        record that refers to them, else when they were recorded.
        """
        firsts = []
        for relation in self.model._meta.related_objects:
            child: Any = relation.related_model
            if hasattr(child, "is_public") and not child._meta.proxy:
                rows = child.objects.public().order_by("first_published_at")
                rows = rows.filter(**{relation.field.name: OuterRef("pk")})
                firsts.append(Subquery(rows.values("first_published_at")[:1]))
        model: Any = self.model
        events = model.pgh_event_model.objects
        recorded = events.filter(pgh_obj=OuterRef("pk")).order_by("pgh_created_at")
        recorded = Subquery(recorded.values("pgh_created_at")[:1])
        return self.annotate(first_published_at=Coalesce(Least(*firsts), recorded))

    def get_by_natural_key(self, *key: str) -> Any:
        natural: tuple[str, ...] = self.model.natural  # type: ignore[attr-defined]
        return self.get(**dict(zip(natural, key, strict=True)))
