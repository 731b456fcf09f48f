"""Differences between two texts, as an editor reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.wording.differences import DiffRun, differences, shortened


def marked(old, new):
    return "".join(
        run.text if run.sign == " " else f"[{run.sign}{run.text}]"
        for run in differences(old, new)
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("same", "same", "same"),
        ("", "new", "[+new]"),
        ("a rally outside", "a rally inside", "a rally [-outside][+inside]"),
        ("Then nothing.", "And again.", "[-Then nothing][+And again]."),
        ("one two", "one  two", "one[- ][+  ]two"),
    ],
)
def test_removed_and_added_words_are_marked(old, new, expected):
    assert marked(old, new) == expected


@given(
    st.text(alphabet="ab .“\n", max_size=60), st.text(alphabet="ab .“\n", max_size=60)
)
def test_nothing_is_lost_or_made_up(old, new):
    runs = differences(old, new)
    assert "".join(run.text for run in runs if run.sign != "+") == old
    assert "".join(run.text for run in runs if run.sign != "-") == new


def test_long_stretches_without_a_change_are_cut():
    runs = shortened(
        differences("x " * 500 + "old" + " y" * 500, "x " * 500 + "new" + " y" * 500),
        around=10,
    )
    assert [run.sign for run in runs] == [" ", "-", "+", " "]
    assert all(len(run.text) < 30 for run in runs)


def test_a_long_text_is_compared_by_lines():
    lines = [f"line {index}\n" for index in range(12_000)]
    changed = [*lines[:6000], "another\n", *lines[6001:]]
    assert [
        run for run in differences("".join(lines), "".join(changed)) if run.sign != " "
    ] == [
        DiffRun("-", "line 6000\n"),
        DiffRun("+", "another\n"),
    ]
