"""The operations of /api/v1/. Every list has the parameters of its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query
from pydantic import Field, WithJsonSchema, create_model

from archive.data import answers, changes, cursors, searching
from archive.data.answers import Asked, as_json
from archive.data.problems import handle_with_problems
from archive.data.resources import RESOURCES
from archive.data.schemas import GoneProblem, Page, Problem, TopicRecord
from archive.listing.parameters import query_schema, text_of
from archive.listing.resources import Resource, all_rows
from archive.pages.topics import with_counts

MAX_SIZE = 100
VERSION = "1"

api = NinjaAPI(
    title="On Record",
    version=VERSION,
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
)
handle_with_problems(api)

CURSOR = text_of(
    "Where the page begins: the value of cursor in the page before it.",
    pattern=cursors.PATTERN,
)
SIZE = (
    int,
    Field(20, ge=1, le=MAX_SIZE, description="How many results a page has."),
)
YES = Annotated[Literal["true", "false"], WithJsonSchema({"type": "boolean"})]
FACETS = (YES, Field("false", description="Count the results by value."))
ERRORS: dict[int, Any] = {400: Problem, 404: Problem, 503: Problem}


def operation(
    path: str, name: str, response: dict[int, Any], summary: str, tag: str
) -> Callable[[Any], Any]:
    return api.get(
        path,
        response=response,
        url_name=name,
        operation_id=name.replace("-", "_"),
        summary=summary,
        tags=[tag],
    )


def with_query(view: Any, query: Any) -> Any:
    """Puts the model of the parameters, made at run time, into the signature."""
    view.__annotations__ = {**view.__annotations__, "query": Annotated[query, Query()]}
    return view


def add_list(resource: Resource) -> None:
    page: Any = Page[resource.schema]  # type: ignore[name-defined]
    page = create_model(f"{resource.name.capitalize()}Page", __base__=page)
    own = {"cursor": CURSOR, "size": SIZE}
    if resource.filterset:
        own["facets"] = FACETS
    query = query_schema(
        f"{resource.name.capitalize()}Query", resource.filterset, **own
    )

    def view(request: HttpRequest, query: Any) -> HttpResponseBase:
        if not resource.filterset:
            return as_json(_unfiltered(request, resource, query))
        asked = Asked(query.cursor, query.size, query.facets == "true")
        filterset = resource.filterset(request.GET, queryset=all_rows(resource))
        return as_json(answers.page_of(request, resource, filterset, asked))

    operation(
        f"/{resource.name}/",
        resource.name,
        {200: page, **ERRORS},
        f"The list of {resource.name}",
        resource.name,
    )(with_query(view, query))


def add_single(resource: Resource) -> None:
    def view(request: HttpRequest, uid: str) -> HttpResponseBase:
        return answers.single(request, resource, uid)

    operation(
        f"/{resource.name}/{{slug:uid}}/",
        f"{resource.name}-record",
        {200: resource.detail_schema, 301: None, **ERRORS, 410: GoneProblem},
        f"One of the {resource.name}, by its uid or its slug",
        resource.name,
    )(view)


def _unfiltered(request: HttpRequest, resource: Resource, query: Any) -> Page[Any]:
    rows, site = all_rows(resource).all(), answers.site_of(request)

    def records(start: int, end: int) -> Any:
        pks = list(rows.values_list("pk", flat=True)[start:end])
        return resource.records(pks, site).values()

    asked = Asked(query.cursor, query.size)
    return answers.plain_page(request, resource.name, records, asked, rows.count())


for each in RESOURCES.values():
    add_list(each)
    add_single(each)

TopicsPage = create_model("TopicsPage", __base__=Page[TopicRecord])
TopicsQuery = query_schema("TopicsQuery", None, cursor=CURSOR, size=SIZE)


def topics(request: HttpRequest, query: Any) -> HttpResponseBase:
    rows, site = with_counts(), answers.site_of(request)

    def records(start: int, end: int) -> Any:
        return [TopicRecord.of(row, site) for row in rows[start:end]]

    asked = Asked(query.cursor, query.size)
    return as_json(answers.plain_page(request, "topics", records, asked, len(rows)))


def topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    site = answers.site_of(request)
    for row in with_counts():
        if row[0].slug == slug:
            return as_json(TopicRecord.of(row, site))
    raise Http404(_("There is no such topic."))


operation(
    "/topics/", "topics", {200: TopicsPage, **ERRORS}, "The list of topics", "topics"
)(with_query(topics, TopicsQuery))
operation(
    "/topics/{slug:slug}/",
    "topics-record",
    {200: TopicRecord, **ERRORS},
    "A topic, by its slug",
    "topics",
)(topic)

SearchQuery = query_schema(
    "SearchQuery", None, **searching.PARAMETERS, cursor=CURSOR, size=SIZE
)


def search(request: HttpRequest, query: Any) -> HttpResponseBase:
    return as_json(searching.everything(request, Asked(query.cursor, query.size)))


operation(
    "/search/",
    "search",
    {200: searching.SearchPage, **ERRORS},
    "Search in everything",
    "search",
)(with_query(search, SearchQuery))

ChangesQuery = query_schema(
    "ChangesQuery",
    None,
    **changes.PARAMETERS,
    size=(int, Field(100, ge=1, le=MAX_SIZE, description="How many a page has.")),
)


def since(request: HttpRequest, query: Any) -> HttpResponseBase:
    return as_json(changes.changes(request, query.since, query.cursor, query.size))


operation(
    "/changes/",
    "changes",
    {200: changes.Changes, **ERRORS},
    "What is new, changed or gone since a mark",
    "changes",
)(with_query(since, ChangesQuery))
