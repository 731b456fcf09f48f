"""How a CSV file is written: encoding, quoting, formulas, URLs."""

import datetime as dt
from operator import itemgetter

import pytest

from archive.listing import csv_views
from archive.listing.csv import Column, columns_of, csv_chunks, escape_formula


def csv_text(columns, rows):
    return "".join(csv_chunks(columns, rows, "https://archive.example.org"))


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
)
def test_text_that_a_spreadsheet_would_run_as_a_formula_stays_text(start):
    assert escape_formula(f"{start}1+1") == f"'{start}1+1"
    assert escape_formula(f"1{start}1") == f"1{start}1"


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
    pieces = list(csv_chunks([Column("n", "", str)], ["x" * 1000] * 100, ""))
    assert len(pieces) > 2
    assert "".join(pieces).count("\r\n") == 101


def test_a_file_longer_than_memory_should_hold_is_sent_whole(rf, monkeypatch):
    monkeypatch.setattr(csv_views, "MAX_IN_MEMORY", 10_000)
    columns, rows = [Column("n", "", str)], ["é" * 1000] * 200
    answer = csv_views.download(rf.get("/"), "n", columns, rows)
    content = b"".join(answer)
    answer.file_to_stream.close()
    assert content.decode() == csv_text(columns, rows)
    assert int(answer.headers["Content-Length"]) == len(content)
