"""The OpenAPI document, and the page that explains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.core.caches import constant
from archive.data.api import MAX_SIZE, api
from archive.data.problems import CONTENT_TYPE

Json = dict[str, Any]
EVERYWHERE = ("cursor", "size", "facets", "page", "all")  # explained once


@dataclass(frozen=True)
class Term:
    """A parameter or a field: `kind` as in JSON."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Operation:
    path: str
    summary: str
    parameters: list[Term]
    fields: list[Term]

    @property
    def anchor(self) -> str:
        return "-".join(part.strip("{}") for part in self.path.split("/") if part)


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(document())


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    described = explained()
    shared = {each.name: each for each in described[0].parameters}
    context = {
        "operations": described,
        "shared": [shared[name] for name in EVERYWHERE],
        "everywhere": EVERYWHERE,
        "max_size": MAX_SIZE,
    }
    return render(request, "archive/api.html", context)


@constant
def document() -> Json:
    """OpenAPI 3.1. Errors have a content type of their own, and an empty default means
    that the parameter is not sent: django-ninja can say neither.
    """
    described: Json = dict(api.get_openapi_schema(path_prefix=reverse("api")))
    for operation in _operations(described):
        for parameter in operation["parameters"]:
            if parameter["schema"].get("default") in ("", []):
                del parameter["schema"]["default"]
        for status, response in operation["responses"].items():
            if int(status) >= 400 and "content" in response:
                (schema,) = response["content"].values()
                response["content"] = {CONTENT_TYPE: schema}
    return described


@constant
def explained() -> list[Operation]:
    """The operations of the document, for the page."""
    described, schemas = document(), document()["components"]["schemas"]
    return [
        Operation(
            path,
            operation["summary"],
            [_term(each["name"], each["schema"]) for each in operation["parameters"]],
            _fields(operation, schemas),
        )
        for path, methods in described["paths"].items()
        for operation in methods.values()
    ]


def _operations(described: Json) -> Iterator[Json]:
    for methods in described["paths"].values():
        yield from methods.values()


def _fields(operation: Json, schemas: Json) -> list[Term]:
    """Those of a record of the answer: of a result, if it is a page of them."""
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    answer = schemas.get(_referred(answer), answer)
    results = answer["properties"].get("results")
    if results:
        answer = schemas.get(_referred(results["items"]), {"properties": {}})
    return [_term(name, schema) for name, schema in answer["properties"].items()]


def _term(name: str, schema: Json) -> Term:
    return Term(name, _kind(schema), schema.get("description", ""))


def _kind(schema: Json) -> str:
    if "anyOf" in schema:
        return _(" or ").join(_kind(each) for each in schema["anyOf"])
    if "items" in schema:
        return _("list of %(kind)s") % {"kind": _kind(schema["items"])}
    if referred := _referred(schema):
        return referred
    return str(schema.get("format") or schema.get("const") or schema.get("type", ""))


def _referred(schema: Json) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
