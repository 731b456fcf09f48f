"""The index on disk: readers, writers, and everything that can happen to them."""

import multiprocessing
import os
import signal
import time

import pytest

from archive.search import Busy, SearchIndex, Unavailable, find, parse
from archive.search.index import AppliedPosition
from archive.search.query import OneOf
from archive.search.question import Parameter, Question
from tests.search.small import change, entries, make_index, results_of


@pytest.fixture
def index(tmp_path):
    return make_index(tmp_path)


def position(index):
    with index.reading() as searcher:
        return index.applied_position(searcher)


def test_undated_records_are_last_in_both_orders(index):
    assert results_of(index, sort="newest").ids == [3, 2, 1, 4]
    assert results_of(index, sort="oldest").ids == [1, 2, 3, 4]


def test_equal_ranks_are_in_order_of_date_and_id_on_every_page(tmp_path):
    texts = dict.fromkeys(range(1, 46), "One and the same bridge.")
    index = make_index(tmp_path, texts)
    question = Question("statements", parse("bridge"), sort="relevance")
    for moved in (1, 30, 12, 3):
        change(index, {moved: texts[moved]}, 9 + moved)
        with index.reading() as searcher:
            ids = [
                pk
                for offset in (0, 20, 40)
                for pk in find.find(searcher, index.schema, question, offset, 20).ids
            ]
        # the first three are dated, in the years 2021 to 2023
        assert ids == [3, 2, 1, *range(4, 46)]


def test_a_facet_ignores_its_own_filter_only(index):
    direct = Parameter("form", ("direct",), OneOf("form", ("direct",)))
    with index.reading() as searcher:
        counts = find.values(
            searcher,
            index.schema,
            Question("statements", parameters=(direct,)),
            ["form", "topic", "year"],
        )
    assert counts == {
        "form": {"direct": 2, "partial": 2},
        "topic": {"a": 2, "b": 1},
        "year": {"2021": 1, "2023": 1},
    }


def test_counts_over_many_segments_are_exact(tmp_path):
    index = make_index(tmp_path)
    for pk in range(10, 40):
        change(index, {pk: "one more"}, pk)
    with index.reading() as searcher:
        assert searcher.num_segments > 1
        assert find.values(searcher, index.schema, Question("statements"), ["topic"])[
            "topic"
        ] == {"a": 34, "b": 1}


def test_a_page_far_beyond_the_last_is_empty_and_cheap(index):
    with index.reading() as searcher:
        far = find.find(searcher, index.schema, Question("statements"), 10**10)
    assert (far.ids, far.total) == ([], 4)


def test_a_change_and_its_position_arrive_in_one_commit_also_at_other_readers(
    index, tmp_path
):
    other = SearchIndex(tmp_path)
    assert (results_of(other, "fresh").ids, position(other)) == (
        [],
        AppliedPosition("here", 7),
    )
    change(index, {1: "Fresh words."})
    assert (results_of(other, "fresh").ids, position(other)) == (
        [1],
        AppliedPosition("here", 9),
    )
    assert results_of(other, "promise").ids == []


def test_an_open_reader_survives_the_switch_to_a_new_index(index, tmp_path):
    with index.reading() as searcher:
        make_index(tmp_path, {9: "Anew."})
        assert searcher.num_docs == 5
    assert results_of(index, "anew").ids == [9]


def test_many_small_commits_do_not_pile_up_segments(index):
    for change_number in range(30):
        change(index, {1: f"word{change_number}"}, change_number)
    with index.reading() as searcher:
        assert searcher.num_segments < 15


def test_a_second_writer_waits_and_then_gives_up(index, tmp_path):
    with (
        index.locked("write", 0),
        pytest.raises(Busy),
        SearchIndex(tmp_path).locked("write", 0.02),
    ):
        pass


def test_two_builds_at_once_are_one(index, tmp_path):
    with index.locked("build", 0), pytest.raises(Busy):
        make_index(tmp_path)


def write_for_ever(folder):
    index, change_number = SearchIndex(folder), 0
    while True:
        change_number += 1
        change(index, {1: f"word{change_number}", 2: "again"}, change_number)


def test_a_writer_killed_at_any_time_blocks_nobody_and_loses_nothing(index, tmp_path):
    for wait in (0.05, 0.11, 0.17):
        process = multiprocessing.get_context("spawn").Process(
            target=write_for_ever, args=(tmp_path,)
        )
        process.start()
        eventually(lambda: position(index).position > 7)
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        change(index, {1: "after"}, 7)
        assert results_of(index, "after").ids == [1]
        assert results_of(index).total == 4


def eventually(is_so, patience=20):
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def folder_in_use(index):
    return index.folder / (index.folder / "CURRENT").read_text()


DAMAGES = {
    "no pointer": lambda index: (index.folder / "CURRENT").unlink(),
    "a pointer elsewhere": lambda index: (index.folder / "CURRENT").write_text(
        "../../etc"
    ),
    "a pointer to nothing": lambda index: (index.folder / "CURRENT").write_text(
        "0" * 12
    ),
    "broken meta": lambda index: (folder_in_use(index) / "meta.json").write_text("{"),
    "cut files": lambda index: [
        os.truncate(f, f.stat().st_size // 2)
        for f in folder_in_use(index).glob("*.idx")
    ],
    "missing files": lambda index: [
        f.unlink() for f in folder_in_use(index).glob("*.term")
    ],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_says_so_and_can_be_built_anew(index, tmp_path, damage):
    DAMAGES[damage](index)
    with pytest.raises(Unavailable):
        results_of(SearchIndex(tmp_path), "mayor")
    index.rebuild(entries, lambda: AppliedPosition("here", 8))
    assert results_of(index, "mayor").ids == [2]


def test_an_index_of_an_older_format_is_not_looked_at(index, tmp_path, monkeypatch):
    monkeypatch.setattr("archive.search.schema.FORMAT", 10**6)
    with pytest.raises(Unavailable):
        results_of(SearchIndex(tmp_path), "mayor")
