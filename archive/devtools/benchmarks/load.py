"""The cost of a search page, compared with Datasette over the same rows in SQLite FTS5,
in the same run.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tantivy import Searcher

from archive import search
from archive.devtools.benchmarks.bulk import server_seconds
from archive.search import analysis, find
from archive.search.query import Condition, OneOf
from archive.search.question import Question
from statements.models import Statement

SHARES = {"rare": 0.0005, "medium": 0.05, "common": 0.3}  # of all statements
ROUNDS = 24  # pages per class, each requested once
FEWEST = 1_000
DIRECT = OneOf("form", ("direct",))
FACETS = ("speaker", "topic", "form", "outlet", "stance", "basis")
CREATE = (
    "CREATE TABLE statements (id INTEGER PRIMARY KEY, text TEXT, speaker TEXT, topic "
    "TEXT, form TEXT, outlet TEXT,"
    " stance TEXT, basis TEXT, said_on TEXT);"
    "CREATE VIRTUAL TABLE statements_fts USING fts5(text, speaker, tokenize='porter', "
    "content=[statements],"
    # Brackets, because only with them Datasette recognises the table that the index
    # belongs to, and searches it.
    " content_rowid='id');"
)


def run(**_options: object) -> Iterator[str]:
    """Mean CPU milliseconds per page; needs an archive of some size
    (`sample_archive`).
    """
    count = Statement.objects.public().count()
    if count < FEWEST:
        yield (
            f"search pages: {count} statements are too few to measure; make more "
            "with sample_archive"
        )
        return
    yield (
        f"search pages over {count} public statements, CPU ms per page, means of "
        f"{ROUNDS} different pages"
    )
    rows = _rows()
    pages = _pages(count, rows)
    with tempfile.TemporaryDirectory(prefix="on-record-benchmark-") as folder:
        datasette = _datasette(Path(folder) / "archive.db", rows)
        if datasette is None:
            yield (
                "Datasette is not installed (it is a development requirement) and is "
                "left out"
            )
        del rows
        gc.collect()
        gc.freeze()  # as the server does
        _warm_up(count)
        for name, parameters in pages.items():
            yield _line(name, parameters, datasette)


def _pages(count: int, rows: list[tuple[Any, ...]]) -> dict[str, list[dict[str, str]]]:
    """Returns, by class, the parameters of ROUNDS pages that have results."""
    classes: dict[str, list[dict[str, str]]] = {}
    some = rows[:: max(1, len(rows) // ROUNDS)][:ROUNDS]
    filters = [
        {"speaker": row[2], "form": row[4], "since": "2010-01-01"} for row in some
    ]
    for name, share in SHARES.items():
        words = _words(round(count * share))
        classes[f"{name} word"] = [{"q": word} for word in words]
        classes[f"{name} word, filtered"] = [
            {"q": word, "form": "direct", "since": "2010-01-01"} for word in words
        ]
    two = list(
        zip(_words(round(count * 0.05)), _words(round(count * 0.01)), strict=False)
    )
    classes["two words"] = [{"q": f"{one} {other}"} for one, other in two]
    classes["filters only"] = filters
    classes["no parameters"] = [{}] * ROUNDS
    return classes


def _words(target_count: int, chosen: slice = slice(ROUNDS)) -> list[str]:
    """Returns the words whose count of statements is closest to `wanted`; some of
    those statements quote the word.
    """
    index = search.index()
    with index.reading() as searcher:
        terms = searcher.terms_with_prefix("words", "")
        terms = [
            term
            for term in terms
            if term[0].isalpha() and term[0] not in analysis.STOP_WORDS
        ]
        candidates = sorted(terms, key=lambda term: abs(term[1] - target_count))[
            : ROUNDS * 3
        ]
        quoted = [
            word
            for word, _ in candidates
            if _statement_count(index, searcher, word, DIRECT)
        ]
        counts = {word: _statement_count(index, searcher, word) for word in quoted}
    return sorted(counts, key=lambda word: abs(counts[word] - target_count))[chosen]


def _statement_count(
    index: search.SearchIndex, searcher: Searcher, word: str, *conditions: Condition
) -> int:
    return find.count(
        searcher, index.schema, Question("statements", search.parse(word)), *conditions
    )


def _warm_up(count: int) -> None:
    """Brings the processes to their state after some minutes of use: templates loaded,
    statements prepared, rows cached; uses other words than the measurement.
    """
    client = Client(headers={"host": "localhost"})
    for share in SHARES.values():
        for word in _words(round(count * share), slice(ROUNDS, None)):
            client.get("/statements/", {"q": word}, secure=True)


def _line(
    name: str,
    pages: list[dict[str, str]],
    datasette: Callable[[dict[str, str]], float] | None,
) -> str:
    client = Client(headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as queries:
        client.get("/statements/", pages[0] | {"page": "2"}, secure=True)
    count = len(queries)
    app_ms, database_ms = _cost(client, pages)
    line = (
        f"{name:22} {app_ms:6.1f} app {database_ms:5.1f} PostgreSQL {count:3} queries"
    )
    if datasette:
        other = sum(map(datasette, pages)) / len(pages) * 1000
        factor = other / (app_ms + database_ms)
        line += f"   Datasette {other:7.1f}, {factor:4.0f} times as much"
    return line


def _cost(client: Client, pages: list[dict[str, str]]) -> tuple[float, float]:
    """Returns milliseconds per page of this process and of PostgreSQL. PostgreSQL's
    clock ticks in 10 ms, so its time is taken over all pages together.
    """
    started, server = time.process_time(), server_seconds()
    for page in pages:
        response = client.get("/statements/", page, secure=True)
        if response.status_code != 200:
            raise RuntimeError(f"no page to measure: {page}")
    count = len(pages) / 1000
    return (time.process_time() - started) / count, (server_seconds() - server) / count


def _rows() -> list[tuple[Any, ...]]:
    """Yields one row per statement, with the first of its topics and positions:
    Datasette's facets are fastest on single values.
    """
    columns = (
        "pk",
        "text",
        "speaker__slug",
        "topics__slug",
        "form",
        "article__outlet__slug",
    )
    rows = Statement.objects.public().dated().order_by("pk", "topics").distinct("pk")
    return list(
        rows.values_list(
            *columns, "positions__stance", "positions__basis", "day"
        ).iterator()
    )


def _datasette(
    path: Path, rows: list[tuple[Any, ...]]
) -> Callable[[dict[str, str]], float] | None:
    try:
        from datasette.app import Datasette
    except ImportError:
        return None
    with sqlite3.connect(path) as database:
        database.executescript(CREATE)
        database.executemany(
            "INSERT INTO statements VALUES (?,?,?,?,?,?,?,?,?)",
            [(*row[:8], row[8] and str(row[8])) for row in rows],
        )
        database.execute(
            "INSERT INTO statements_fts(statements_fts) VALUES ('rebuild')"
        )
        for name in FACETS:
            database.execute(f"CREATE INDEX by_{name} ON statements ({name})")
    limits = {
        "sql_time_limit_ms": 60_000,
        "facet_time_limit_ms": 60_000,
        "suggest_facets": False,
    }
    served = Datasette([str(path)], settings=limits)

    def cost(page: dict[str, str]) -> float:
        parameters = {name: value for name, value in page.items() if name in FACETS}
        parameters |= {"_search": page["q"]} if "q" in page else {}
        parameters |= {"said_on__gte": page["since"]} if "since" in page else {}
        pairs = [
            *parameters.items(),
            *(("_facet", name) for name in FACETS),
            ("_facet_size", "12"),
            ("_size", "20"),
        ]
        return asyncio.run(
            _request_seconds(served, f"/archive/statements?{urlencode(pairs)}")
        )

    cost({})
    return cost


async def _request_seconds(served: Any, address: str) -> float:
    started = time.process_time()
    response = await served.client.get(address)
    taken = time.process_time() - started
    if response.status_code != 200 or 'name="_search"' not in response.text:
        raise RuntimeError(f"Datasette does not search: {address}")
    return taken
