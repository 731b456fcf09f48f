"""Words that an editor pastes are located, and stored as the source prints them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.wording.anchoring import closest, find, unique_offset, unquoted

TEXT = (
    "Café 🗽 “We can’t  lose\nnow – never,” Lee said. “We can’t lose,” she said… and "
    "left."
)


def words(text, typed):
    return [text[anchor.start : anchor.end] for anchor in find(text, typed)]


def test_exact_words_are_found_wherever_they_stand():
    assert [anchor.start for anchor in find("to be or not to be", "to be")] == [0, 13]
    assert words(TEXT, "🗽") == ["🗽"]


@pytest.mark.parametrize(
    "typed",
    [
        "We can't lose now - never",
        "we can’t lose now — never",
        "  We can't lose\r\nnow -- never ",
        "We can`t lose\u00a0now – never",
        "We\u200b can't lose now\u2013never".replace("now\u2013", "now \u2013 "),
    ],
)
def test_marks_dashes_and_blanks_may_differ(typed):
    assert words(TEXT, typed) == ["We can’t  lose\nnow – never"]


def test_an_ellipsis_is_three_dots():
    assert words(TEXT, "said... and") == ["said… and"]


def test_exact_words_come_before_those_that_are_alike():
    assert words("it's here and it’s there", "it’s") == ["it’s"]
    assert len(find("it's here and it’s there", "it`s")) == 2


def test_nothing_is_found_for_nothing():
    assert find(TEXT, " ") == find(TEXT, "\u200b") == find("", "x") == []


def test_the_closest_places_are_offered_best_first():
    text = "He said the taxes will fall next year. Later he said the taxes might rise."
    places = closest(text, "the taxes will fall this year")
    assert places[0].words == "the taxes will fall next year."
    assert closest(text, "bananas on the moon walk") == []


def test_marks_around_the_whole_are_the_reporters():
    assert unquoted(' "We will fight," ') == "We will fight,"
    assert unquoted("“We will” fight") == "“We will” fight"


def test_a_passage_moves_only_where_its_words_stand_once():
    assert unique_offset("a b c", "b") == 2
    assert unique_offset("b b", "b") is None
    assert unique_offset("a", "b") is None


def test_a_megabyte_is_searched_in_a_moment():
    text = "Lorem ipsum “dolor” sit amet, consectetur. " * 25_000
    start = time.perf_counter()
    find(text, "not 'there' at all")
    closest(text, "Lorem ipsum dolor sits there")
    assert (
        time.perf_counter() - start < 30
    )  # detects a hang; `benchmark` measures the speed


@given(st.text(), st.integers(0, 50), st.integers(1, 50))
def test_every_run_of_a_text_is_found_where_it_stands(text, start, length):
    typed = text[start : start + length]
    if typed.strip() == typed and typed:
        import unicodedata

        text = unicodedata.normalize("NFC", text)
        typed = text[start : start + length]
        if typed and typed.strip() == typed and unicodedata.is_normalized("NFC", typed):
            assert start in [anchor.start for anchor in find(text, typed, limit=1000)]


@given(st.text(), st.text())
def test_whatever_is_typed_offsets_stay_inside_the_text(text, typed):
    for anchor in find(text, typed) + closest(text, typed):
        assert 0 <= anchor.start < anchor.end <= len(text)
        assert text[anchor.start : anchor.end] == anchor.words
