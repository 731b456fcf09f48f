"""Errors of the API as application/problem+json (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from archive.data.schemas import GoneProblem, Problem
from archive.models.withdrawn import Gone, reason

CONTENT_TYPE = "application/problem+json"


class Malformed(Exception):
    """Carries what is wrong with each parameter; becomes a 400, or a 404 if they are
    well formed and name nothing.
    """

    def __init__(
        self, errors: Mapping[str, Sequence[Any]], status: int = HTTPStatus.BAD_REQUEST
    ) -> None:
        super().__init__(*errors)
        self.status = status
        self.errors = {name: [*map(str, words)] for name, words in errors.items()}


def problem(status: int, detail: str = "", **further: Any) -> HttpResponse:
    title = HTTPStatus(status).phrase
    kind = GoneProblem if status == HTTPStatus.GONE else Problem
    body = kind(title=title, status=status, detail=detail or title, **further)
    return HttpResponse(
        body.model_dump_json(), status=status, content_type=CONTENT_TYPE
    )


def malformed(_request: HttpRequest, error: Malformed) -> HttpResponse:
    detail = "; ".join(
        f"{name}: {' '.join(words)}" for name, words in error.errors.items()
    )
    return problem(error.status, detail, parameters=error.errors)


def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter that no filterset checks, such as `size`."""
    errors: dict[str, list[str]] = {}
    for each in error.errors:
        errors.setdefault(str(each["loc"][-1]), []).append(each["msg"])
    return malformed(request, Malformed(errors))


def missing(_request: HttpRequest, error: Http404) -> HttpResponse:
    """404; or 410 with the public reason if a public record was withdrawn."""
    if isinstance(error, Gone):
        note = reason(error.record)
        further = {"reason": note.note, "date": note.date} if note else {}
        return problem(HTTPStatus.GONE, _("This record was withdrawn."), **further)
    words = str(error.args[0]) if error.args else _("There is no such record.")
    return problem(HTTPStatus.NOT_FOUND, words)


def handle_with_problems(api: NinjaAPI) -> None:
    handlers: list[tuple[Any, Any]] = [
        (Malformed, malformed),
        (ValidationError, refused),
        (Http404, missing),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)
