"""Files of every allowed shape give the same rows, in bounded memory."""

import csv
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.importing import formats, opening
from archive.importing.formats import Options, records
from archive.importing.problems import Unreadable
from archive.models import Outlet

ROWS = [{"id": "1", "name": "Gazette"}, {"id": "2", "name": 'La “O”, "q"\nx'}]
MEBIBYTE = 2**20
BUDGET = 120  # MB of memory above what reading a small file takes
SIZE = 60  # MB of a large file


def as_csv(delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["id", "name"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return text.getvalue()


CSV = as_csv()
LINES = "\n".join(json.dumps(row) for row in ROWS)


def packed(text: str) -> bytes:
    """Without the time of day, which would stand in the name of a test: processes that
    collect in different seconds would see different tests.
    """
    return gzip.compress(text.encode(), mtime=0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", CSV.encode()),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.csv", CSV.encode("utf-16")),
        ("a.csv", CSV.encode("utf-32")),
        ("a.csv", as_csv(";").encode()),
        ("a.tsv", as_csv("\t").encode()),
        ("a.txt", as_csv("|").encode()),
        ("a.csv", b"sep=;\r\n" + as_csv(";").encode()),
        ("a.CSV", CSV.encode()),
        ("a.csv.gz", packed(CSV)),
        ("a.csv.gz", packed(CSV[:9]) + packed(CSV[9:])),
        ("a.csv.xz", lzma.compress(CSV.encode())),
        ("a.csv.xz", lzma.compress(CSV[:9].encode()) + lzma.compress(CSV[9:].encode())),
        ("a.jsonl", LINES.encode()),
        ("a.ndjson", LINES.encode("utf-8-sig")),
        ("a.jsonl.xz", lzma.compress(LINES.encode())),
        ("a.json", json.dumps(ROWS).encode()),
        ("a.json", json.dumps(ROWS, indent=4).encode("utf-16")),
        ("a.json.gz", packed(json.dumps(ROWS))),
    ],
)
def test_the_same_rows_in_any_file(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    options = Options(count_known=lambda names: len({"id", "name"} & set(names)))
    assert [record.cells for record in records(path, options)] == ROWS


def test_lines_are_counted_from_the_header_through_quoted_line_ends(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('name\n"a\nb"\nc\n\nd\n')
    assert [record.line for record in records(path, Options())] == [2, 4, 6]


def test_lines_of_a_json_array_are_counted(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[\n{"a":\n1},\n\n{"a": 2}]')
    assert [record.line for record in records(path, Options())] == [2, 5]


def test_a_cell_that_was_escaped_for_spreadsheets_is_unescaped():
    assert formats.unescape_formula("'=1+1") == "=1+1"
    assert formats.unescape_formula("'t is") == "'t is"


@pytest.mark.parametrize(
    ("name", "pack"), [("a.csv.gz", gzip.compress), ("a.csv.xz", lzma.compress)]
)
def test_a_bomb_is_stopped_before_it_is_unpacked(tmp_path, name, pack):
    path = tmp_path / name
    line = b"a" * 1023 + b"\n"
    path.write_bytes(pack(b"name\n" + line * (40 * 1024)))
    assert path.stat().st_size < MEBIBYTE
    with pytest.raises(Unreadable, match="unpacks to more than"):
        for _record in records(path, Options()):
            pass


@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv.xz"])
@pytest.mark.parametrize("damage", ["cut", "changed", "other"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path, name, damage):
    plain = b"name\n" + os.urandom(100_000).hex().encode() + b"\n"
    data = (gzip if name.endswith("gz") else lzma).compress(plain)
    middle = len(data) // 2
    damaged = {
        "cut": data[:middle],
        "changed": data[:middle] + bytes(30) + data[middle + 30 :],
        "other": plain,
    }
    path = tmp_path / name
    path.write_bytes(damaged[damage])
    with pytest.raises(Unreadable, match=r"damaged or incomplete|not utf-8|NUL"):
        list(records(path, Options()))


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MAX_LINE", 1000)
    path = tmp_path / "a.jsonl"
    path.write_text('{"name": "' + "x" * 2000 + '"}\n')
    with pytest.raises(Unreadable, match="longer than 1,000 bytes"):
        list(records(path, Options()))


def test_a_cell_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_CELL", 1000)
    path = tmp_path / "a.csv"
    path.write_text('name\n"a' + "x\n" * 2000)
    with pytest.raises(Unreadable, match="A cell is longer") as refused:
        list(records(path, Options()))
    assert refused.value.line == 2
    assert csv.field_size_limit() == 131_072


READ = """
import resource, sys
from pathlib import Path
from archive.importing.formats import Options, records
try:
    count = sum(1 for record in records(Path(sys.argv[1]), Options()))
except Exception as error:
    count = str(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, count)
"""


def peak(path: Path) -> tuple[int, str]:
    """The memory in MB that a process needs to read the file, and what it read."""
    done = subprocess.run(
        [sys.executable, "-c", READ, path], check=True, capture_output=True, text=True
    )
    memory, _blank, result = done.stdout.strip().partition(" ")
    return int(memory), result


@pytest.mark.volume
def test_a_file_of_a_gigabyte_without_a_line_end_takes_no_memory(tmp_path):
    small = tmp_path / "small.csv"
    small.write_text("name\nA\n")
    large = tmp_path / "large.csv"
    with open(large, "wb") as file:
        file.write(b"name\n")
        file.truncate(1024 * MEBIBYTE)
    memory, result = peak(large)
    assert "longer than" in result
    assert memory - peak(small)[0] < BUDGET


@pytest.mark.volume
@pytest.mark.parametrize("name", ["large.csv", "large.jsonl", "large.json"])
def test_memory_does_not_grow_with_the_file(tmp_path, name):
    small, large = tmp_path / f"small{name[5:]}", tmp_path / name
    for path, count in ((small, 1), (large, SIZE)):
        with open(path, "w") as file:
            file.write({"large.csv": "name\n", "large.json": "["}.get(name, ""))
            row = "x" * 1000
            cell = row if name == "large.csv" else json.dumps({"name": row})
            joint = ",\n" if name == "large.json" else "\n"
            block = joint.join([cell] * 1024)
            file.write(joint.join([block] * count))
            file.write("]" if name == "large.json" else "\n")
    assert large.stat().st_size > SIZE * MEBIBYTE * 0.95
    memory, result = peak(large)
    assert result == str(SIZE * 1024)
    assert memory - peak(small)[0] < SIZE // 2


@pytest.mark.django_db
def test_invisible_characters_are_taken_out_and_counted(bring):
    outcome = bring("outlets", "id,name\n1,\u202eGaz\u200bette\n2,Herald\n")
    assert Outlet.objects.filter(name="Gazette").exists()
    assert outcome.problems.notice_lines() == [
        "Invisible characters were taken out. Cells or rows: 1, first: "
        "file.csv, line 2, column name"
    ]


@pytest.mark.django_db
def test_columns_that_are_not_read_are_named(bring):
    outcome = bring("outlets", "id,name,hedline\n1,Gazette,x\n")
    assert outcome.problems.notice_lines() == ["file.csv: columns not read: hedline."]
