"""What a file may have wrong, and that the archive is then as before."""

import json

import pytest

from archive.importing import running
from archive.importing.problems import Refused
from archive.models import Article, ExternalId, ImportRun, Outlet, Topic
from policies.models import Position, Proposal
from statements.models import Speaker
from tests.factories import make_proposal, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _archive_as_before():
    yield
    models = (Outlet, Article, ExternalId, ImportRun, Topic)
    assert [model for model in models if model.objects.exists()] == []


def test_a_wrong_encoding_is_named_with_its_line_and_byte(bring):
    (line,) = bring.refused("outlets", b"name\nGazette\nLa Opini\xf3n\n")
    assert line.startswith("file.csv, line 3: The byte 0xF3 at position 9 is not utf-8")
    assert "windows-1252" in line


def test_a_lost_letter_is_pointed_out(bring):
    (line,) = bring.refused("outlets", "id,name\n1,La Opini\ufffdn\n")
    assert line.startswith(
        "file.csv, line 2, column name: This has the character U+FFFD"
    )


def test_missing_columns_are_all_named(bring):
    lines = bring.refused("positions", "speaker,stance\nAnn,supports\n")
    assert lines == [
        "file.csv: The file has no column basis.",
        "file.csv: The file has no column proposal (or proposal_id, proposal_uid).",
    ]


def test_an_id_that_stands_twice_is_named_with_both_lines(bring):
    lines = bring.refused("outlets", "id,name\n1,A\n2,B\n1,C\n1,D\n")
    assert lines == [
        "file.csv, line 4, column id: The id “1” stands in line 2 too.",
        "file.csv, line 5, column id: The id “1” stands in line 2 too.",
    ]


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2024-02-30", "There is no such day as 2024-02-30."),
        ("2024-13-01", "There is no such day as 2024-13-01."),
        ("0000-01-01", "There is no such day as 0000-01-01."),
        ("0999-01-01", "No source has a date before the year 1000."),
        ("2999-01-01", "This date is too far ahead"),
        ("03/04/2024", "is not a date: write 2024-12-31, or name the form in the map"),
        ("infinity", "is not a date"),
        ("2024-1٣-01", "is not a date"),
    ],
)
def test_a_day_that_cannot_be_is_refused(bring, date, sentence):
    (line,) = bring.refused("articles", f"headline,date\nHi,{date}\n")
    assert line.startswith("file.csv, line 2, column published_on: ")
    assert sentence in line


def test_a_column_for_days_takes_no_month(bring):
    make_speaker(name="Ann")
    make_proposal(title="Build")
    text = "speaker,proposal,stance,basis,held_on\nAnn,Build,supports,action,2024-02\n"
    (line,) = bring.refused("positions", text)
    assert "“2024-02” is not a day" in line


def test_every_problem_is_reported_not_only_the_first(bring):
    speaker, proposal = make_speaker(name="Ann"), make_proposal()
    rows = [
        f"1,{proposal.uid},Ann,likes,action,,",
        f"2,{proposal.uid},Nobody,supports,action,2024-02-30,",
        f"3,nothing,{speaker.name},supports,action,,ftp://x",
        f"4,{proposal.uid},Ann,mixed,action,,",
        f"5,{proposal.uid},Ann,,action,,",
        f"6,{proposal.uid},Ann,supports,inferred,,",
        f"7,{proposal.uid},Nobody,supports,action,,",
    ]
    head = "id,proposal_uid,speaker,stance,basis,held_on,source_url\n"
    lines = bring.refused("positions", head + "\n".join(rows))
    assert [line.partition(": ")[0] for line in lines] == [
        "file.csv, line 2, column stance",
        "file.csv, line 3, column held_on",
        "file.csv, line 4, column source_url",
        "file.csv, line 5",
        "file.csv, line 6, column stance",
        "file.csv, line 7",
        "file.csv, line 8, column speaker",
    ]
    assert lines[3].endswith("A mixed position needs its conditions.")
    assert lines[5].endswith("An inferred position needs a rationale.")
    assert not Position.objects.exists()


def test_more_problems_than_are_printed_are_counted(bring):
    rows = "".join(f"{number},\n" for number in range(1000))
    lines = bring.refused("outlets", f"id,name\n{rows}")
    assert len(lines) == 201
    assert lines[-1] == "… and 800 more."


def test_a_row_with_too_many_or_too_few_cells_is_named(bring):
    lines = bring.refused("outlets", "id,name\n1,A,B\n2\n3,C\n")
    assert lines == [
        "file.csv, line 2: This row has 3 cells, the header 2.",
        "file.csv, line 3: This row has 1 cells, the header 2.",
    ]


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_row(bring):
    (line,) = bring.refused("outlets", 'id,name\n1,A\n2,"B\n3,C\n')
    assert line == (
        "file.csv, line 3: A quotation mark that opens a cell of this row is never "
        "closed."
    )


def test_a_quotation_mark_within_a_cell_is_named(bring):
    (line,) = bring.refused("outlets", 'id,name\n1,"A" B\n')
    assert line.startswith("file.csv, line 2: A quotation mark within a cell")


def test_two_columns_of_one_name_are_refused(bring):
    (line,) = bring.refused("outlets", "name,name\nA,B\n")
    assert line == "file.csv, line 1: Two columns have the name “name”."


@pytest.mark.parametrize("text", ["", "name\n", "\ufeff", "\n\n"])
def test_a_file_without_rows_is_refused(bring, text):
    assert len(bring.refused("outlets", text)) == 1


def test_a_file_of_zeros_is_no_text(bring):
    (line,) = bring.refused("outlets", b"name\n" + bytes(1000) + b"\n")
    assert line == "file.csv, line 2: This line has a NUL: it is not text."


def test_a_name_that_is_too_long_is_counted(bring):
    (line,) = bring.refused("outlets", f"name\n{'x' * 201}\n")
    assert "This has 201 characters; the limit is 200." in line


def test_an_unknown_choice_lists_the_choices(bring):
    (line,) = bring.refused("articles", "headline,rights\nHi,all\n")
    assert "“all” is none of full_text, excerpts, link_only." in line


def test_an_address_that_runs_code_is_refused(bring):
    (line,) = bring.refused("outlets", "name,url\nA,javascript:alert(1)\n")
    assert "is not an address that starts with http" in line


def test_a_file_that_is_missing_or_of_another_kind_is_named(bring, tmp_path):
    order = bring.order("outlets", tmp_path / "none.csv")
    with pytest.raises(Refused) as refused:
        running.run(order)
    assert refused.value.problems.lines() == ["none.csv: There is no such file."]
    (line,) = bring.refused("outlets", "x", "file.xlsx")
    assert "ends in .csv, .jsonl or .json" in line


@pytest.mark.parametrize(
    ("name", "text", "place", "sentence"),
    [
        ("a.jsonl", '{"name": "A"}\n{"name": \n', "line 2", "This is not JSON"),
        ("a.jsonl", "[1]\n", "line 1", "Each record must be an object"),
        ("a.jsonl", '{"name": {"a": 1}}\n', "line 1, column name", "An object cannot"),
        ("a.jsonl", "[" * 100_000 + "\n", "line 1", "nested too deeply"),
        ("a.jsonl", '{"name": 1' + "0" * 5000 + "}\n", "line 1", "too large"),
        ("a.json", '{"name": "A"}', "a.json", "one array of objects"),
        ("a.json", '[{"name": "A"}\n{"name": "B"}]', "line 2", "A comma is missing"),
        ("a.json", '[{"name": "A"},\n', "line 2", "never closed"),
        ("a.json", '[\n{"name": "A"},\n{"name": ]', "line 3", "This is not JSON"),
        ("a.json", "[" * 100_000, "line 1", "nested too deeply"),
    ],
)
def test_json_that_cannot_be_read_is_named(bring, name, text, place, sentence):
    (line,) = bring.refused("outlets", text, name)
    assert place in line
    assert sentence in line


def test_a_lone_surrogate_is_refused(bring):
    text = json.dumps({"name": "A\ud800"})
    (line,) = bring.refused("outlets", text + "\n", "file.jsonl")
    assert "half a character" in line


def test_a_rule_of_the_database_names_its_row(bring):
    make_speaker(name="Ann")
    rows = "Ann,A,2020-01-01,2021-01-01\nAnn,B,2022-01-01,2021-01-01\n"
    text = f"speaker,title,start,end\n{rows}"
    (line,) = bring.refused("affiliations", text)
    assert line == "file.csv, line 3: It must end after it starts."


def test_a_topic_is_not_left_behind(bring):
    (line,) = bring.refused("proposals", "title,topics,number\nPlant,New,1\n")
    assert "number" in line
    assert not Proposal.objects.exists()


def test_nothing_of_a_refused_run_stays(bring):
    text = (
        "id,name\n" + "".join(f"{n},Person {n} Of Rows\n" for n in range(50)) + "x,\n"
    )
    bring.refused("speakers", text)
    assert not Speaker.objects.exists()
