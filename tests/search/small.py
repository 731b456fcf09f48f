"""A few index documents, without a database."""

import datetime as dt
from pathlib import Path

from archive.search import SearchIndex, find, parse
from archive.search.index import AppliedPosition
from archive.search.question import Question
from archive.search.schema import IndexDocument

TEXTS = {
    1: "Sanctuary cities keep their promise, Avilés said.",
    2: "The mayor’s border policies divide the city.",
    3: "Border security matters; the city is a sanctuary.",
    4: "To be or not to be.",
}


def entries(texts=None):
    for pk, text in (texts or TEXTS).items():
        values = {
            "form": ["direct" if pk % 2 else "partial"],
            "topic": ["a", "b"] if pk == 3 else ["a"],
        }
        day = dt.date(2020 + pk, 12, pk) if pk < 4 else None
        yield IndexDocument(
            "statements",
            pk,
            [text],
            [text],
            day=day,
            tie=pk,
            name=f"Ann\0{pk:020}",
            values=values,
        )


def make_index(folder: Path, texts=None) -> SearchIndex:
    index = SearchIndex(folder)
    index.rebuild(lambda: entries(texts), lambda: AppliedPosition("here", 7))
    return index


def change(index, texts, position=9):
    """Replaces the named records, as a writer does."""
    with index.locked("write", 1):
        index.apply(
            entries(texts),
            [f"statements:{pk}" for pk in texts],
            AppliedPosition("here", position),
        )


def results_of(index, text="", sort="relevance"):
    with index.reading() as searcher:
        return find.find(
            searcher,
            index.schema,
            Question("statements", parse(text), sort=sort),
            0,
            20,
        )
