from __future__ import annotations

from types import MappingProxyType
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, Subquery, Window
from django.db.models.functions import Coalesce, Least, RowNumber
from django.db.models.lookups import GreaterThan

from archive.core.dates import DayAfter
from archive.core.querysets import PublicQuerySet, count_of

MOST_ACTIVE = 1_000_000_000  # so that digits sort like numbers in the index


def affiliations(path: str = "speaker__", with_organizations: bool = False) -> Prefetch:
    """The public affiliations of the speakers at a path of rows. Into an attribute:
    prefetching into `affiliations` creates a manager and a queryset for each speaker.
    """
    affiliation: Any = apps.get_model("statements.Affiliation")
    rows = affiliation.objects.displayed()
    if with_organizations:
        rows = rows.select_related("organization")
    return Prefetch(f"{path}affiliations", rows, to_attr="known_affiliations")


ROW_FIELDS = [
    *(
        "uid",
        "form",
        "text",
        "context",
        "marks_exception",
        "attribution",
        "occasion",
        "said_on",
        "said_precision",
        "said_is_inferred",
    ),
    *(
        f"speaker__{name}"
        for name in ("kind", "name", "other_names", "slug", "article")
    ),
    *(
        f"article__{name}"
        for name in (
            "headline",
            "headline_is_supplied",
            "kind",
            "slug",
            "language",
            "url",
            "published_on",
        )
    ),
    *(
        "article__published_precision",
        "article__published_is_inferred",
        "article__outlet__name",
    ),
]


class SpeakerQuerySet(PublicQuerySet):
    def listed(self) -> Self:
        """Speakers with a page, in lists and facets: neither merged nor an article's
        unnamed group.
        """
        return self.filter(article__isnull=True, merged_into__isnull=True)

    def with_counts(self) -> Self:
        """Adds the numbers of public statements and stated positions."""
        statements, positions = (
            self._related(name).objects.public() for name in ("statements", "positions")
        )
        return self.annotate(
            statement_count=count_of(statements, "speaker"),
            position_count=count_of(positions.stated(), "speaker"),
        )

    def most_heard(self) -> Self:
        """The people with most public statements and those with most stated positions,
        in turn.
        """
        rows = self.filter(kind="person").with_counts()
        places = [
            Window(RowNumber(), order_by=[F(name).desc(), "sort_key"])
            for name in ("statement_count", "position_count")
        ]
        rows = rows.annotate(in_turn=Least(*places))
        rows = rows.filter(Q(statement_count__gt=0) | Q(position_count__gt=0))
        return rows.order_by("in_turn", "-statement_count", "sort_key")

    def with_activity(self) -> Self:
        """Adds `idleness`, which is the less, the more public statements and positions
        somebody has: lists begin with the most active.
        """
        said, held = (
            count_of(self._related(name).objects.public(), "speaker")
            for name in ("statements", "positions")
        )
        return self.annotate(idleness=MOST_ACTIVE - said - held)

    def _related(self, name: str) -> Any:
        return self.model._meta.get_field(name).related_model


class AffiliationQuerySet(PublicQuerySet):
    # a row that two merged speakers both had stays with the merged one
    PUBLIC_IF = MappingProxyType(
        {"is_published": True, "organization__merged_into": None}
    )

    def displayed(self) -> Self:
        """What readers may see of a public speaker."""
        return self.filter(**self.PUBLIC_IF)

    def held_on(self, day: Any) -> Self:
        """Those held on a day, which may be an expression such as OuterRef("day"). The
        same as `Affiliation.held_on`.
        """
        return self.filter(held_on(day))


def held_on(day: Any, prefix: str = "") -> Q:
    """The condition for an affiliation, reached through `prefix`, to be held on a
    day.
    """
    start, end, known_on = (f"{prefix}{name}" for name in ("start", "end", "known_on"))
    after_end = DayAfter(end, f"{prefix}end_precision")
    after_known = DayAfter(known_on, f"{prefix}known_precision")
    begun = Q(**{f"{start}__lte": day}) | Q(**{start: None, f"{known_on}__lte": day})
    is_open = Q(**{end: None})
    not_over = (
        is_open & Q(**{f"{start}__isnull": False})
        | Q(GreaterThan(after_end, day))
        | is_open & Q(GreaterThan(after_known, day))
    )
    return begun & not_over


class StatementQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """Adds `day`: when it was said, else the article's date."""
        return self.annotate(day=Coalesce("said_on", "article__published_on"))

    def in_reading_order(self) -> Self:
        """As the first words of each stand in the article."""
        return self.annotate(start=Min("passages__start")).order_by("start", "pk")

    def with_sources(self) -> Self:
        """Everything a row shows, in a fixed number of queries."""
        return self.with_articles().with_removals().prefetch_related(affiliations())

    def with_removals(self) -> Self:
        """Adds `removed_at`, when the source had removed words of it, and
        `keeps_words`, whether it still holds some of them.
        """
        passage: Any = self.model._meta.get_field("passages").related_model
        passages = passage.objects
        passages = passages.filter(statement=OuterRef("pk")).order_by()
        removed = passages.filter(removed_in__isnull=False)
        seen = Coalesce("removed_in__retrieved_at", "removed_in__created_at")
        first = removed.order_by("removed_in__number").values_list(seen)[:1]
        return self.annotate(
            removed_at=Subquery(first),
            keeps_words=Exists(passages.filter(removed_in=None)),
        )

    def as_rows(self) -> Self:
        """What a list shows of each, with sources and positions, and only the columns
        needed.
        """
        return self.as_rows_of_one().prefetch_related(affiliations())

    def as_rows_of_one(self) -> Self:
        """The same on the page of the speaker, who is loaded with affiliations."""
        rows = self.with_articles().with_removals().with_positions()
        return rows.only(*ROW_FIELDS)

    def with_articles(self) -> Self:
        """With speaker and article, but without affiliations."""
        return self.select_related("speaker", "article__outlet")

    def with_positions(self) -> Self:
        """Adds `public_positions`, the positions it is evidence for."""
        return self.prefetch_related(
            Prefetch("positions", self.positions(), to_attr="public_positions")
        )

    def positions(self) -> Any:
        """The public positions, as shown beside their evidence."""
        position: Any = self.model._meta.get_field("positions").related_model
        rows = (
            position.objects.public()
            .select_related("proposal", "speaker")
            .order_by("id")
        )
        return rows.only(
            "uid",
            "stance",
            "basis",
            "speaker__name",
            "proposal__slug",
            "proposal__title",
        )
