"""The accuracy of search: a collection with known relevant documents, searched with the
product's own parser, query and ranking.
"""

from __future__ import annotations

import contextlib
import json
import math
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from archive.meaning import digest
from archive.search import SearchIndex, find, parse
from archive.search.index import AppliedPosition
from archive.search.question import Question
from archive.search.schema import IndexDocument

DEPTH = 100
Judged = dict[str, dict[str, int]]  # query -> document -> gain


def run(
    corpus: str | None,
    queries: str | None,
    qrels: str | None,
    kind: str = "articles",
    meaning: bool = False,
    **_options: object,
) -> Iterator[str]:
    """Yields one line of figures. `kind` is the type of record as which the documents
    are indexed: articles have titles. With `meaning`, a second line, for the order by
    words and meaning.
    """
    if not (corpus and queries and qrels):
        raise CommandError(
            "A collection has three files: name them with --corpus, --queries "
            "and --qrels."
        )
    judged = _judgements(Path(qrels))
    names: list[str] = []
    with tempfile.TemporaryDirectory(prefix="on-record-benchmark-") as folder:
        settings.MEANING_DIR = Path(folder) / "meaning"
        index = SearchIndex(Path(folder))
        index.rebuild(
            lambda: _entries(Path(corpus), kind, names),
            lambda: AppliedPosition("benchmark", 0),
        )
        hits, seconds = _search(index, kind, Path(queries), names)
        if empty := [name for name in names if name.startswith("\0")]:
            yield f"{len(empty)} documents without text are left out"
        yield _figures(judged, hits, seconds)
        if meaning:
            with _by_meaning(Path(corpus), settings.MEANING_DIR):
                start = time.process_time()
                hits, seconds = _search(index, kind, Path(queries), names)
                cpu = (time.process_time() - start) / len(seconds) * 1000
            yield (
                f"{_figures(judged, hits, seconds)}  by meaning, CPU with the model's"
                f" {cpu:.1f} ms/query"
            )


def _search(
    index: SearchIndex, kind: str, queries: Path, names: Sequence[str]
) -> tuple[dict[str, list[str]], list[float]]:
    """The hits of each query, and the seconds that each took, in order."""
    hits_by_query, seconds = {}, []
    with index.reading() as searcher:
        for query in _lines(queries):
            start = time.perf_counter()
            question = Question(kind, parse(query["text"]), sort="relevance")
            hits = find.find(searcher, index.schema, question, 0, DEPTH)
            seconds.append(time.perf_counter() - start)
            hits_by_query[query["_id"]] = [names[pk] for pk in hits.ids]
    return hits_by_query, sorted(seconds)


@contextlib.contextmanager
def _by_meaning(corpus: Path, folder: Path) -> Iterator[None]:
    """Serves the meaning of all documents in this process."""
    from archive.meaning.model import Model
    from archive.meaning.service import serving
    from archive.meaning.vectors import Vectors

    model, vectors = Model(), Vectors(folder)
    texts = [_sense(document) for document in _lines(corpus)]
    digests = [digest(text) for text in texts]
    vectors.add(digests, [model.encode(text) for text in texts])
    with serving(folder, model, vectors):
        yield


def _sense(document: dict[str, str]) -> str:
    return f"{document.get('title') or ''} {document.get('text') or ''}".strip()


def _entries(corpus: Path, kind: str, names: list[str]) -> Iterator[IndexDocument]:
    """Yields the index documents; fills `names` with the identifiers, in the order of
    the primary keys assigned here.
    """
    for pk, document in enumerate(_lines(corpus)):
        title, text = document.get("title") or "", document.get("text") or ""
        if not (title or text):
            names.append("\0" + document["_id"])
            continue
        names.append(document["_id"])
        yield IndexDocument(
            kind,
            pk,
            [title, text],
            title=title if kind == "articles" else "",
            sense=_sense(document),
            tie=pk,
        )


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _judgements(path: Path) -> Judged:
    judged: Judged = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            query, document, gain = line.rstrip("\n").split("\t")
            judged[query][document] = int(gain)
    return judged


def _figures(
    judged: Judged, hits_by_query: dict[str, list[str]], seconds: list[float]
) -> str:
    """Returns means over all judged queries, as trec_eval computes them: linear gain,
    logarithmic discount.
    """
    gains, recalls, empty = [], [], 0
    for query, documents in judged.items():
        right = {document: gain for document, gain in documents.items() if gain > 0}
        if not right:
            continue
        hits = hits_by_query.get(query, [])
        best = _discounted(sorted(right.values(), reverse=True)[:10])
        gains.append(_discounted([right.get(hit, 0) for hit in hits[:10]]) / best)
        recalls.append(len(right.keys() & set(hits[:DEPTH])) / len(right))
        empty += not hits
    count = len(gains)
    half, most = (seconds[int(len(seconds) * share)] * 1000 for share in (0.5, 0.95))
    return (
        f"nDCG@10 {sum(gains) / count:.3f}  Recall@100 {sum(recalls) / count:.3f}"
        f"  empty {100 * empty / count:.1f} %  ms/query {half:.1f} {most:.1f}"
    )


def _discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))
