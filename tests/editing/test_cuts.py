"""What a passage leaves out of its quotation; a split quotation is taken apart."""

import pytest

from archive.extraction.quotation_ranges import ranges
from archive.wording import cuts

TEXT = (
    "“I would never say we should close it. We can wait, unless it burns,” Lee said. "
    "“We go,” she said, “when we’re ready.”"
)


def cut(words):
    start = TEXT.index(words)
    return cuts.cut(TEXT, ranges(TEXT), start, start + len(words))


@pytest.mark.parametrize(
    ("words", "before", "after", "turning"),
    [
        ("we should close it.", "I would never say", "", ["never"]),
        ("We can wait", "", ", unless it burns,", ["unless"]),
        ("I would", "", "never say we should close it.", ["never"]),
    ],
)
def test_a_cut_tells_what_it_leaves_out(words, before, after, turning):
    result = cut(words)
    assert (result.before, result.after, result.turning) == (before, after, turning)
    assert result.whole.startswith("I would never say")


@pytest.mark.parametrize(
    "words",
    [
        "I would never say we should close it.",
        "We can wait, unless it burns",
        "when we’re ready",
        "Lee said",
    ],
)
def test_whole_sentences_and_words_outside_marks_are_not_cut(words):
    assert cut(words) is None


def test_a_split_quotation_is_taken_apart_at_its_marks():
    start, end = TEXT.index("We go,"), TEXT.index(".”", 90)
    parts = cuts.pieces(ranges(TEXT), start, end)
    assert [TEXT[a:b] for a, b in parts] == ["We go,", "when we’re ready"]
    assert cuts.pieces(ranges(TEXT), start, start + 2) == [(start, start + 2)]
    assert cuts.pieces([], 0, 5) == [(0, 5)]
