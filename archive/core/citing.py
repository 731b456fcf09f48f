"""The box that shows how a record is cited."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from archive.citations import Citation, Texts, texts
from archive.citations.formats import FORMATS


@dataclass(frozen=True)
class Box:
    """`files` are (name of the format, address)."""

    texts: list[Texts]
    files: list[tuple[str, str]]


def box(citation: Citation, address: str = "", query: str = "") -> Box:
    """`address` is that of the page of the citation, by default a record's."""
    address = address or reverse("cite", args=[citation.reference.key])
    stem = address.rstrip("/")
    return Box(
        texts(citation),
        [(each.name, f"{stem}.{each.suffix}{query}") for each in FORMATS],
    )


def site(request: HttpRequest) -> str:
    """https://host."""
    return request.build_absolute_uri("/").rstrip("/")
