"""The parts of a record that an import writes into other tables: topics, evidence,
passages, identifiers, the text of an article.

A part's value is what JSON can hold, so that it can be compared and put back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model

from archive.models import Article, ArticleVersion, QuotationRange
from archive.models.quotation_ranges import rows_for
from statements.models import Turn

Pairs = Sequence[tuple[int, Any]]


@dataclass(frozen=True)
class Part:
    """One part of the records of a kind."""

    name: str
    empty: Any = None

    def stored(self, value: Any) -> Any:
        """What is kept of a value to compare it later."""
        return value

    def read(self, owners: Collection[int]) -> dict[int, Any]:
        """Owner -> value; owners without any are left out."""
        raise NotImplementedError

    def add(self, pairs: Pairs) -> None:
        """Writes the values of records that have none."""
        raise NotImplementedError

    def remove(self, owners: Collection[int]) -> None:
        raise NotImplementedError

    def replace(self, pairs: Pairs) -> None:
        self.remove([owner for owner, _value in pairs])
        self.add(pairs)

    def restore(self, owner: int, before: Any, after: Any) -> None:
        """Puts back the value that `after` replaced."""
        self.replace([(owner, before)])


@dataclass(frozen=True)
class Rows(Part):
    """Rows of a table that refer to the record; `owner` is their foreign key and
    `columns` the columns that make a value: one a plain list, several a list of lists.
    """

    model: Any = None
    owner: str = ""
    columns: tuple[str, ...] = ()
    order: str = ""

    def read(self, owners: Collection[int]) -> dict[int, Any]:
        rows = self.model._base_manager.filter(**{f"{self.owner}__in": owners})
        values: dict[int, Any] = {}
        order = [self.order] if self.order else self.columns
        for owner, *cells in rows.order_by(*order).values_list(
            self.owner, *self.columns
        ):
            values.setdefault(owner, []).append(
                cells if len(self.columns) > 1 else cells[0]
            )
        return values

    def add(self, pairs: Pairs) -> None:
        rows = [
            self.model(**{self.owner: owner}, **self._cells(each, ordinal))
            for owner, value in pairs
            for ordinal, each in enumerate(value or (), 1)
        ]
        self.model._base_manager.bulk_create(rows, batch_size=2_000)

    def _cells(self, value: Any, ordinal: int) -> dict[str, Any]:
        cells = value if len(self.columns) > 1 else [value]
        numbered = {self.order: ordinal} if self.order == "ordinal" else {}
        return dict(zip(self.columns, cells, strict=True)) | numbered

    def remove(self, owners: Collection[int]) -> None:
        self.model._base_manager.filter(**{f"{self.owner}__in": owners}).delete()


def links(name: str, through: type[Model], owner: str, target: str) -> Rows:
    return Rows(name, [], through, owner, (target,))


def identifiers(model: type[Model], owner: str) -> Rows:
    return Rows("identifiers", [], model, owner, ("scheme", "identifier"))


def passages(model: type[Model], owner: str) -> Rows:
    columns = ("version_id", "start", "end", "exact")
    return Rows("passages", [], model, owner, columns, "ordinal")


@dataclass(frozen=True)
class Text(Part):
    """The newest version of an article's text; another text is another version. Only
    its hash is kept for comparison.
    """

    name: str = "text"
    empty: Any = ""

    def stored(self, value: Any) -> Any:
        return hashlib.sha256(value.encode()).hexdigest() if value else ""

    def read(self, owners: Collection[int]) -> dict[int, Any]:
        rows = ArticleVersion.objects.filter(article__in=owners).order_by("number")
        return dict(rows.values_list("article_id", "sha256"))

    def add(self, pairs: Pairs) -> None:
        filled = [(owner, text) for owner, text in pairs if text]
        numbers = self._numbers([owner for owner, _text in filled])
        versions = ArticleVersion.objects.bulk_create(
            ArticleVersion(
                article_id=owner, number=numbers.get(owner, 0) + 1, text=text
            )
            for owner, text in filled
        )
        for version in versions:
            QuotationRange.objects.bulk_create(rows_for(version), batch_size=2_000)

    def replace(self, pairs: Pairs) -> None:
        self.add(pairs)

    def remove(self, owners: Collection[int]) -> None:
        ArticleVersion.objects.filter(article__in=owners).delete()

    def restore(self, owner: int, before: Any, after: Any) -> None:
        ArticleVersion.objects.filter(article=owner, sha256=after).order_by(
            "-number"
        ).first().delete()  # type: ignore[union-attr]

    @staticmethod
    def _numbers(owners: Iterable[int]) -> dict[int, int]:
        rows = Article.objects.filter(pk__in=owners)
        return dict(
            rows.annotate(last=Max("versions__number"))
            .exclude(last=None)
            .values_list("pk", "last")
        )


@dataclass(frozen=True)
class Turns(Part):
    """The speaker whose own words the newest text of an article is; [speaker, [start,
    end], …] if they are only parts of it.
    """

    name: str = "turn"

    def read(self, owners: Collection[int]) -> dict[int, Any]:
        turns: dict[int, dict[int, list[list[int]]]] = {}
        newest = newest_versions(owners)
        lengths = {version.pk: len(version.text) for version in newest.values()}
        rows = Turn.objects.filter(version__in=lengths).order_by("start", "pk")
        for owner, speaker, *span in rows.values_list(
            "version__article_id", "speaker_id", "start", "end"
        ):
            turns.setdefault(owner, {}).setdefault(speaker, []).append(span)
        return {
            owner: _turn(by_speaker, lengths[newest[owner].pk])
            for owner, by_speaker in turns.items()
            if len(by_speaker) == 1
        }

    def add(self, pairs: Pairs) -> None:
        turns = {owner: turn for owner, turn in pairs if turn}
        Turn.objects.bulk_create(
            Turn(version=version, speaker_id=speaker, start=start, end=end)
            for owner, version in newest_versions(turns).items()
            for speaker, start, end in _spans(turns[owner], len(version.text))
        )

    def remove(self, owners: Collection[int]) -> None:
        Turn.objects.filter(version__article__in=owners).delete()


def newest_versions(owners: Iterable[int]) -> dict[int, ArticleVersion]:
    """By article."""
    rows = ArticleVersion.objects.filter(article__in=owners).order_by("number")
    return {version.article_id: version for version in rows}


def _turn(by_speaker: dict[int, list[list[int]]], length: int) -> Any:
    ((speaker, spans),) = by_speaker.items()
    return speaker if spans == [[0, length]] else [speaker, *spans]


def _spans(turn: Any, length: int) -> list[tuple[int, int, int]]:
    speaker, *spans = turn if isinstance(turn, list) else [turn, [0, length]]
    return [(speaker, start, end) for start, end in spans]
