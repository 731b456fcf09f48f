"""Every list in every format: the same records, in the same order, under the same
parameters.
"""

import csv
import io
import json

import pytest
from django.test import Client

from archive.ingest import load_seed
from archive.listing.cells import Block
from archive.listing.columns import WITH_TOPICS
from archive.listing.exits import API
from archive.listing.file_views import in_blocks
from archive.listing.filterset import ArchiveFilterSet
from archive.listing.formats import FORMATS
from archive.models import Topic
from statements.columns import STATEMENTS
from statements.models import Affiliation, Statement
from statements.querysets import affiliations
from statements.views import StatementFile
from tests.factories import (
    make_article,
    make_organization,
    make_outlet,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db
client = Client()
LISTS = {
    **dict.fromkeys(("statements", "proposals", "positions", "lists"), True),
    **dict.fromkeys(("speakers", "articles", "topics"), True),
    **dict.fromkeys(("corrections", "compare"), False),
}


def text_of(address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer).decode()


def records(address):
    """The records of a file in either format."""
    text = text_of(address)
    if ".jsonl" in address:
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def as_cell(value):
    """What CSV writes for a value of JSON."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


def fill():
    load_seed()
    make_position(
        make_statement(), basis="reported", body=make_organization(name="Council")
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_file_has_the_same_rows_in_each_format(name):
    fill()
    lines = records(f"/{name}.jsonl")
    assert name == "corrections" or lines
    assert [
        {column: as_cell(value).removeprefix("'") for column, value in line.items()}
        for line in lines
    ] == [
        {column: cell.removeprefix("'") for column, cell in row.items()}
        for row in records(f"/{name}.csv")
    ]


@pytest.mark.parametrize("name", LISTS)
def test_a_file_says_what_it_is(name):
    for form in FORMATS:
        answer = client.get(f"/{name}.{form.suffix}")
        assert answer.headers["Content-Type"] == form.content_type
        assert f'on-record-{name}.{form.suffix}"' in answer["Content-Disposition"]


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_format_is_missing(name):
    assert client.get(f"/{name}.xlsx").status_code == 404
    assert client.get(f"/{name}.csv/").status_code == 404


@pytest.mark.parametrize("name", [name for name, in_api in LISTS.items() if in_api])
def test_json_leads_to_the_api_with_the_same_parameters(name):
    answer = client.get(f"/{name}.json?speaker=ann-lee&q=%22a+b%22")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{API}{name}/?speaker=ann-lee&q=%22a+b%22"


def test_a_table_of_a_proposal_is_a_file_in_each_format():
    held = make_position(held_on="2024-03-04")
    path = f"{held.proposal.get_absolute_url()}year"
    (row,), (line,) = records(f"{path}.csv"), records(f"{path}.jsonl")
    assert (row["year"], row["supports"]) == ("2024", "1")
    assert (str(line["year"]), line["supports"], line["opposes"]) == ("2024", 1, 0)


@pytest.fixture
def varied():
    """Statements whose cells are made in every way."""
    party, council = (
        make_organization(name="Party"),
        make_organization(name="The Council"),
    )
    ann = make_speaker(name="Ann Lee", other_names="A. Lee")
    held = {"speaker": ann, "start": "2024-01-01", "is_published": True}
    source = {"source_url": "https://example.org/members"}
    Affiliation.objects.create(kind="party", organization=party, **held, **source)
    Affiliation.objects.create(
        kind="office", title="Speaker", organization=council, **held, **source
    )
    Affiliation.objects.create(
        kind="member", title="Hidden", organization=party, speaker=ann
    )
    article = make_article(
        outlet=make_outlet(), headline_is_supplied=True, published_on="2024-05-06"
    )
    for attribution in ("", "Ann Lee, a mayor", "she", "the mayor", "Mayor Ann Lee"):
        make_statement(speaker=ann, article=article, attribution=attribution)
    for said_on in ("2023-01-01", "2024-02-01", None):
        make_statement(speaker=ann, said_on=said_on, reported_by=make_speaker())
    make_statement("taxes will fall", form="indirect", text="She expects less tax.")
    group = make_speaker(name="several officials", kind="group", article=article)
    make_statement(speaker=group, article=article, context="of the budget")
    topics = [make_topic(name=name) for name in ("Zoning", "bus", "Äcker")]
    for statement in Statement.objects.all()[:3]:
        statement.topics.add(*topics)


def test_rows_read_by_their_fields_are_those_of_the_records(varied):
    file = StatementFile()
    filterset = file.filterset_class({}, queryset=file.rows())
    assert isinstance(filterset, ArchiveFilterSet)
    found = [
        list(zip(*(block.cells(column) for column in STATEMENTS), strict=True))
        for block in file.blocks(filterset)
    ]
    of_records = Statement.objects.public().dated().with_articles()
    of_records = of_records.prefetch_related(
        WITH_TOPICS, affiliations(with_organizations=True)
    )
    filterset = file.filterset_class({}, queryset=of_records)
    block = Block(list(filterset.results()))
    expected = list(zip(*(block.cells(each) for each in STATEMENTS), strict=True))
    assert [row for rows in found for row in rows] == expected
    names = [column.name for column in STATEMENTS]
    offices = [row.office for row in block.rows]
    assert [row[names.index("office")] for row in expected] == offices
    assert {"Speaker", "a mayor", "Mayor", ""} <= {*offices}


def test_a_statement_has_the_party_and_the_body_of_its_speaker_on_its_date(varied):
    rows = records("/statements.csv?speaker=ann-lee")
    parties = {(row["said_date"], row["speaker_party"]) for row in rows}
    bodies = {(row["said_date"], row["speaker_body"]) for row in rows}
    assert {("2023-01-01", ""), ("2024-02-01", "Party")} <= parties
    assert {("2023-01-01", ""), ("2024-02-01", "The Council")} <= bodies
    filtered = records("/statements.csv?party=party")
    assert {row["statement_uid"] for row in filtered} == {
        row["statement_uid"] for row in rows if row["speaker_party"]
    }
    assert "Hidden" not in text_of("/statements.jsonl")


def test_a_position_has_the_party_of_its_speaker_on_its_date(varied):
    ann = Affiliation.objects.get(kind="party").speaker
    make_position(speaker=ann, held_on="2024-02-01")
    make_position(speaker=ann, held_on="2023-02-01")
    rows = records("/positions.jsonl?sort=oldest")
    assert [row["speaker_party"] for row in rows] == [[], ["Party"]]
    assert [row["speaker_body"] for row in rows] == [[], ["The Council"]]


def test_topics_of_a_row_are_in_the_order_of_the_page(varied):
    (first, *_rest) = records("/statements.jsonl?topic=bus")
    assert first["topics"] == [topic.name for topic in Topic.objects.all()]


def test_words_are_searched_in_every_format(varied, reindex):
    article = make_article(text="“We build a bridge,” she said.")
    make_statement("We build a bridge,", article=article)
    reindex()
    for suffix in ("csv", "jsonl"):
        (row,) = records(f"/statements.{suffix}?q=bridge")
        assert row["words"] == "We build a bridge,"


def test_blocks_hold_every_row_once():
    blocks = [block.rows for block in in_blocks(range(450))]
    assert [len(rows) for rows in blocks] == [200, 200, 50]
    assert [row for rows in blocks for row in rows] == list(range(450))
