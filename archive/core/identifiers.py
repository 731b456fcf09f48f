"""Identifiers that other sources give a record (Popolo: scheme and identifier)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.core import triggers
from archive.core.constraints import visible
from archive.core.json_ld import Node
from archive.core.querysets import PublicQuerySet


class Identifier(models.Model):
    """The subclass adds the foreign key `hangs_from` with the related name
    `identifiers`.
    """

    natural = ("scheme", "identifier")

    scheme = models.CharField(_("scheme"), max_length=50)
    identifier = models.CharField(_("identifier"), max_length=100)

    objects = PublicQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["scheme", "identifier"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.identifier}"

    def natural_key(self) -> tuple[str, str]:
        return (self.scheme, self.identifier)


def constraints(owner: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(
            fields=["scheme", "identifier"], name=f"{owner}_identifier_once"
        ),
        visible("scheme", "identifier", name=f"{owner}_identifier_visible"),
    ]


def change_log(app: str, owner: str) -> list[pgtrigger.Trigger]:
    return triggers.change_log(f"{app}.{owner}", f"{owner}_id")


def nodes(identifiers: Iterable[Any]) -> list[Node]:
    """As schema.org writes them."""
    return [
        {
            "@type": "PropertyValue",
            "propertyID": identifier.scheme,
            "value": identifier.identifier,
        }
        for identifier in identifiers
    ]


def written(record: Any) -> tuple[str, ...]:
    """The cell of a file: scheme, blank, identifier."""
    return tuple(str(identifier) for identifier in record.identifiers.all())
