"""How a CSV file is written: encoding, quoting, formulas, URLs."""

import datetime as dt
import json
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.listing import file_views
from archive.listing.cells import Block, Column, columns_of
from archive.listing.formats import (
    CSV,
    FORMULA,
    csv_pieces,
    escape_formula,
    json_lines,
    unescape_formula,
)


def csv_text(columns, rows):
    return "".join(csv_pieces(columns, [Block(rows)], "https://archive.example.org"))


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
)
def test_text_that_a_spreadsheet_would_run_as_a_formula_stays_text(start):
    assert escape_formula(f"{start}1+1") == f"'{start}1+1"
    assert escape_formula(f"1{start}1") == f"1{start}1"


@given(st.text("'=+-@\t\n x＝é", max_size=6))
def test_an_escaped_cell_is_read_back_as_it_was(text):
    cell = escape_formula(text)
    assert unescape_formula(cell) == text
    assert not cell.startswith(FORMULA)


def test_json_lines_have_an_object_for_each_row_with_null_for_what_is_not_known():
    columns = [
        *(Column(name, "", itemgetter(place)) for place, name in enumerate("abcd")),
        Column("address", "", itemgetter(4), is_path=True),
    ]
    rows = [
        ("=1+1 “é”\n", True, dt.date(2024, 1, 2), ("a", "b"), "/x/"),
        ("", None, 0, (), ""),
    ]
    text = "".join(json_lines(columns, [Block(rows)], "https://archive.example.org"))
    assert "é" in text
    assert [json.loads(line) for line in text.splitlines()] == [
        {
            "a": "=1+1 “é”\n",
            "b": True,
            "c": "2024-01-02",
            "d": ["a", "b"],
            "address": "https://archive.example.org/x/",
        },
        {"a": None, "b": None, "c": 0, "d": [], "address": None},
    ]


def test_several_values_of_a_cell_are_separated_by_semicolons():
    columns = [Column("n", "", itemgetter(0)), Column("m", "", itemgetter(1))]
    text = csv_text(columns, [(("=a", "b"), ()), ((), 0)])
    assert text == "\ufeffn,m\r\n'=a; b,\r\n,0\r\n"


def test_a_file_is_utf_8_with_a_mark_and_written_as_rfc_4180_says():
    columns = [Column("words", "", itemgetter(0)), Column("n", "", itemgetter(1))]
    text = csv_text(
        columns,
        [('“Sí,” she\nsaid: "no", a', -1), (None, True), (dt.date(2024, 1, 2), False)],
    )
    assert (
        text == '\ufeffwords,n\r\n"“Sí,” she\nsaid: ""no"", '
        'a",-1\r\n,yes\r\n2024-01-02,no\r\n'
    )


def test_addresses_are_absolute_and_a_missing_part_is_empty():
    column = Column("address", "", str, is_path=True)

    class Row:
        here, gone = "/a/", None

    assert csv_text(
        [*columns_of("here", [column]), *columns_of("gone", [column], "g_")], [Row]
    ).split() == [
        "\ufeffaddress,g_address",
        "https://archive.example.org/a/,",
    ]


def test_a_long_file_is_sent_in_pieces():
    blocks = file_views.in_blocks(["x" * 1000] * 1000)
    pieces = list(csv_pieces([Column("n", "", str)], blocks, ""))
    assert len(pieces) > 2
    assert "".join(pieces).count("\r\n") == 1001


def test_a_file_longer_than_memory_should_hold_is_sent_whole(rf, monkeypatch):
    monkeypatch.setattr(file_views, "MAX_IN_MEMORY", 10_000)
    columns, rows = [Column("n", "", str)], ["é" * 1000] * 200
    answer = file_views.download(rf.get("/"), CSV, "n", columns, [Block(rows)])
    content = b"".join(answer)
    answer.file_to_stream.close()
    assert content.decode() == csv_text(columns, rows)
    assert int(answer.headers["Content-Length"]) == len(content)
