"""Results of equal rank are in one order over the whole result: on every page, in the
file, and whatever the index was written in.
"""

import random

import pytest

from archive.search import find, parse, ranking
from archive.search.question import Question
from tests.search.small import change, make_index

RECORDS = range(1, 451)
# Three ranks, each of more results than are looked at beside a page.
TEXTS = ("wall", "wall wall", "wall and much else that nobody searched")


def in_order(index, sort, size):
    """The ids of all pages, one after the other."""
    question = Question("statements", parse("wall"), sort=sort)
    with index.reading() as searcher:
        pages = [
            find.find(searcher, index.schema, question, offset, size).ids
            for offset in range(0, len(RECORDS), size)
        ]
    return [pk for page in pages for pk in page]


def rank(pk):
    return pk % len(TEXTS)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """An index of several commits: what was written last is stored last."""
    index = make_index(tmp_path_factory.mktemp("ties"), dict.fromkeys(RECORDS, "x"))
    mixed = random.Random(4).sample(RECORDS, len(RECORDS))
    for start in range(0, len(mixed), 90):
        change(index, {pk: TEXTS[rank(pk)] for pk in mixed[start : start + 90]})
    return index


@pytest.mark.parametrize("size", [1, 7, 20, 100, 149])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "name"])
def test_pages_of_every_size_are_parts_of_one_order(index, sort, size):
    assert in_order(index, sort, size) == in_order(index, sort, len(RECORDS))


def test_equal_ranks_are_in_the_order_of_a_list(index):
    whole = in_order(index, "relevance", len(RECORDS))
    for one in range(len(TEXTS)):
        of_one_rank = [pk for pk in whole if rank(pk) == one]
        assert of_one_rank == sorted(of_one_rank)  # undated: by what breaks ties


def test_the_order_outlives_further_commits(index):
    before = in_order(index, "relevance", 20)
    change(index, {pk: TEXTS[rank(pk)] for pk in (3, 99, 100, 101, 300)}, 10)
    assert in_order(index, "relevance", 20) == before


def test_more_equal_results_than_are_sorted_still_come_once_each(index, monkeypatch):
    monkeypatch.setattr(ranking, "MAX_TIED", 60)
    pages = in_order(index, "relevance", 7)
    assert pages == in_order(index, "relevance", len(RECORDS))
    assert sorted(pages) == list(RECORDS)
