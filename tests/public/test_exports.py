"""Export files: their contents, their format, and what they leave out."""

import csv
import datetime as dt
import io
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from archive.ingest import load_seed
from archive.listing import file_views
from policies.columns import POSITION
from policies.models import Check, Position, Proposal
from statements.models import Statement
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_organization,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html

pytestmark = pytest.mark.django_db
client = Client()
FILES = {
    "statements": "statement_uid",
    "proposals": "slug",
    "lists": "slug",
    "positions": "position_uid",
    "speakers": "slug",
    "articles": "uid",
    "compare": "proposal_slug",
}


def text_of(address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer).decode()


def rows_of(address):
    return list(
        csv.DictReader(io.StringIO(text_of(address).removeprefix("\ufeff"), newline=""))
    )


def only_row(address):
    (row,) = rows_of(address)
    return row


def test_a_file_has_one_name_and_says_what_it_is():
    make_position()
    for name in FILES:
        answer = client.get(f"/{name}.csv")
        assert (
            answer.headers["Content-Disposition"]
            == f'attachment; filename="on-record-{name}.csv"'
        )
        assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
        assert client.head(f"/{name}.csv").status_code == 200


def test_a_line_of_the_positions_names_everything_the_page_shows():
    outlet = make_outlet(name="Post")
    article = make_article(
        headline="Lee speaks",
        headline_is_supplied=True,
        outlet=outlet,
        url="https://example.org/a",
        published_on="2024-12-01",
        published_precision="month",
        published_is_inferred=True,
    )
    ann, office = make_speaker(name="Ann Lee"), make_speaker(name="The Office")
    proposal_list = make_list(title="Plan", article=article, issued_by=office)
    proposal = make_listed(title="Build", proposal_list=proposal_list)
    statement = make_statement(
        article=article,
        speaker=ann,
        attribution="Mayor Ann Lee",
        context="of the budget",
    )
    held = make_position(
        statement,
        speaker=ann,
        proposal=proposal,
        basis="own_words",
        conditions="if paid",
        body=make_organization(name="Council"),
    )
    row = only_row(f"/positions.csv?proposal={proposal.slug}")
    site = "http://testserver"
    expected = {
        "position_uid": held.uid,
        "position_address": f"{site}/id/{held.uid}/",
        "proposal_title": "Build",
        "proposal_slug": proposal.slug,
        "proposal_address": f"{site}/proposals/{proposal.slug}/",
        "proposal_list": "Plan",
        "proposal_number": "1",
        "proposal_put_forward_by": "The Office",
        "speaker_name": "Ann Lee",
        "speaker_slug": ann.slug,
        "speaker_address": f"{site}/speakers/{ann.slug}/",
        "office": "Mayor",
        "speaker_party": "",
        "speaker_body": "",
        "stance": "supports",
        "basis": "own_words",
        "is_inferred": "no",
        "rationale": "",
        "conditions": "if paid",
        "held_on": "",
        "date": "2024-12",
        "date_precision": "month",
        "date_is_inferred": "yes",
        "body": "Council",
        "source_url": "",
        "source_ref": "",
        "recorded_on": localdate(held.created_at).isoformat(),
        "earlier_uid": "",
        "earlier_stance": "",
        "earlier_basis": "",
        "earlier_date": "",
        "earlier_date_precision": "",
        "earlier_date_is_inferred": "",
        "earlier_body": "",
        "earlier_source_url": "",
        "statement_number": "1",
        "statement_uid": statement.uid,
        "statement_address": f"{site}/statements/{statement.uid}/",
        "words": "We will fight,",
        "form": "direct",
        "marks_exception": "",
        "context": "of the budget",
        "said_by": "Ann Lee",
        "attribution": "Mayor Ann Lee",
        "occasion": "",
        "said_date": "",
        "said_date_precision": "",
        "said_date_is_inferred": "",
        "article_title": "[Lee speaks]",
        "article_address": f"{site}/articles/{article.slug}/",
        "article_url": "https://example.org/a",
        "article_outlet": "Post",
        "article_kind": "news",
        "article_date": "2024-12",
        "article_date_precision": "month",
        "article_date_is_inferred": "yes",
    }
    assert row == expected


def test_a_position_was_recorded_on_the_day_it_was_at_the_archive():
    (recorded_on,) = (column for column in POSITION if column.name == "recorded_on")
    night = Position(created_at=dt.datetime(2024, 12, 13, 3, tzinfo=dt.UTC))
    assert recorded_on.value(night) == dt.date(2024, 12, 12)


def test_a_position_has_a_line_for_each_statement_it_rests_on_and_one_without_any():
    statements = [make_statement(), make_statement()]
    held, bare = make_position(*statements, basis="reported"), make_position()
    rows = rows_of("/positions.csv")
    assert {
        (row["position_uid"], row["statement_uid"], row["statement_number"])
        for row in rows
    } == {
        (held.uid, statements[0].uid, "1"),
        (held.uid, statements[1].uid, "2"),
        (bare.uid, "", ""),
    }


def test_indirect_words_stand_without_marks_beside_their_form():
    statement = make_statement(
        "taxes will fall", form="indirect", text="Lee expects lower taxes."
    )
    make_position(statement, basis="reported")
    row = only_row("/positions.csv")
    assert (row["words"], row["form"]) == ("Lee expects lower taxes.", "indirect")


def test_the_file_of_the_seed_quotes_character_for_character_and_marks_no_report():
    load_seed()
    rows = [row for row in rows_of("/positions.csv") if row["words"]]
    assert rows
    for row in rows:
        statement = Statement.objects.get(uid=row["statement_uid"])
        assert row["words"] == statement.text
        assert row["form"] == statement.form
        if row["form"] in ("indirect", "collective"):
            assert not set('“”"«»') & set(row["words"])


def test_all_rows_are_in_the_file_whatever_page_is_asked_for(monkeypatch):
    monkeypatch.setattr(file_views, "BATCH", 10)
    for _ in range(25):
        make_position()
    assert len(rows_of("/positions.csv?page=2")) == 25


@pytest.mark.parametrize("answering", ["index", "PostgreSQL"])
def test_the_same_parameters_give_the_same_rows_as_the_page(answering, request):
    ann, topic = make_speaker(name="Ann Lee"), make_topic()
    proposal = make_proposal(title="Dredge harbors")
    proposal.topics.add(topic)
    wanted = make_position(speaker=ann, proposal=proposal, held_on="2024-01-02")
    make_position(proposal=proposal, stance="opposes", held_on="2023-01-02")
    make_position(speaker=ann)
    if answering == "index":
        request.getfixturevalue("reindex")()
    for query in (
        f"speaker={ann.slug}&topic={topic.slug}",
        "q=harbors&stance=supports",
        "since=2024-01-01",
    ):
        assert [row["position_uid"] for row in rows_of(f"/positions.csv?{query}")] == [
            wanted.uid
        ], query
    newest = [row["date"] for row in rows_of("/positions.csv?sort=oldest")]
    assert newest == ["2023-01-02", "2024-01-02", ""]


def test_a_formula_in_a_record_is_text_in_every_file():
    evil = "=HYPERLINK(1)"
    article = make_article(text=f"“{evil}” she said.", headline=evil)
    statement = make_statement(
        evil, article=article, speaker=make_speaker(name=evil), attribution=evil
    )
    proposal = make_proposal(title=evil, text=evil, article=article)
    make_position(
        statement,
        speaker=statement.speaker,
        proposal=proposal,
        basis="own_words",
        rationale=evil,
        conditions=evil,
    )
    for address in ("/positions.csv", "/compare.csv"):
        row = only_row(address)
        assert f"'{evil}" in row.values()
        assert not [name for name, value in row.items() if value.startswith("=")]


def test_the_comparison_has_a_line_for_every_pair_and_says_what_is_known():
    ann, bea, cat = (make_speaker(name=name) for name in ("Ann", "Bea", "Cat"))
    proposal = make_listed(title="Build", proposal_list=make_list(issued_by=cat))
    other = make_proposal(title="Plant")
    for stance, day in (("opposes", "2024-03-04"), ("supports", "2023-01-02")):
        make_position(speaker=ann, proposal=proposal, stance=stance, held_on=day)
    one, two = User.objects.create(username="one"), User.objects.create(username="two")
    make_position(
        speaker=bea,
        proposal=other,
        basis="inferred",
        rationale="It follows.",
        recorded_by=one,
        reviewed_by=two,
    )
    Check.objects.create(
        speaker=bea, proposal=proposal, checked_on="2025-01-02", where="the hearing"
    )
    path = f"/compare.csv?proposal={proposal.slug}&proposal={other.slug}" + "".join(
        f"&speaker={speaker.slug}" for speaker in (ann, bea, cat)
    )
    names = (
        "proposal_title",
        "speaker_name",
        "known",
        "stance",
        "put_it_forward",
        "looked_on",
        "looked_where",
    )
    assert [tuple(row[name] for name in names) for row in rows_of(path)] == [
        ("Build", "Ann", "position", "supports", "no", "", ""),
        ("Build", "Ann", "position", "opposes", "no", "", ""),
        (
            "Build",
            "Bea",
            "looked and found nothing",
            "",
            "no",
            "2025-01-02",
            "the hearing",
        ),
        ("Build", "Cat", "not checked", "", "yes", "", ""),
        ("Plant", "Ann", "not checked", "", "no", "", ""),
        ("Plant", "Bea", "only inferred", "supports", "no", "", ""),
        ("Plant", "Cat", "not checked", "", "no", "", ""),
    ]


def test_the_file_of_a_comparison_holds_what_a_page_has_no_room_for(
    monkeypatch,
):
    monkeypatch.setattr("policies.comparison.ROWS", 2)
    monkeypatch.setattr("policies.comparison.COLUMNS", 2)
    topic = make_topic()
    for _ in range(5):
        make_position().proposal.topics.add(topic)
    assert len(rows_of(f"/compare.csv?topic={topic.slug}&page=2")) == 25


def test_the_help_page_says_what_every_column_means():
    html = client.get("/help/data/").content.decode()
    for address in ("/positions.csv", "/compare.csv"):
        part = html.split(f'id="{address[1:-4]}"')[1].split("</dl>")[0]
        assert re.findall(r"<code>(\w+)</code></dt>", part) == text_of(
            address
        ).splitlines()[0].strip("\ufeff").split(",")
        assert "<dd></dd>" not in part


def test_what_is_withdrawn_leaves_the_files():
    statement = make_statement()
    held, gone, bare = (
        make_position(statement, basis="reported"),
        make_position(),
        make_position(make_statement(), source_url="https://example.org/roll-call"),
    )
    Position.objects.filter(pk=gone.pk).update(status="withdrawn")
    Statement.objects.exclude(pk=statement.pk).update(status="withdrawn")
    Proposal.objects.filter(pk=make_position().proposal_id).update(status="withdrawn")
    rows = rows_of("/positions.csv")
    assert {row["position_uid"]: row["statement_uid"] for row in rows} == {
        held.uid: statement.uid,
        bare.uid: "",
    }
    assert {row["position_uid"] for row in rows_of("/compare.csv")} - {""} == {
        held.uid,
        bare.uid,
    }


def test_an_unnamed_group_has_no_address_in_a_file():
    article = make_article(headline="Zzhidden", status="draft")
    make_position(
        speaker=make_speaker(name="several officials", kind="group", article=article)
    )
    assert only_row("/positions.csv")["speaker_address"] == ""
    assert "zzhidden" not in text_of("/positions.csv").lower()


def queries_of(address):
    client.get("/about/")  # the name of the database is asked once for each connection
    with CaptureQueriesContext(connection) as queries:
        text_of(address)
    return len(queries)


@pytest.mark.parametrize("address", ["/positions.csv", "/compare.csv"])
def test_a_file_asks_as_many_queries_for_many_rows_as_for_few(address):
    def fill(count):
        issued = make_list(issued_by=make_speaker())
        for _ in range(count):
            proposal, statement = make_listed(proposal_list=issued), make_statement()
            statement.speaker.affiliations.create(
                is_published=True, title="Mayor", known_on="2024-12-12"
            )
            make_position(
                statement,
                speaker=statement.speaker,
                proposal=proposal,
                basis="own_words",
            )

    fill(2)
    few = queries_of(address)
    fill(6)
    assert queries_of(address) == few <= 12


def test_the_list_of_positions_leads_to_its_file_as_it_is_narrowed():
    make_position(make_statement(), basis="reported", stance="opposes")
    page = Html(client.get("/positions/?stance=opposes&page=1").content.decode())
    assert 'href="/positions.csv?stance=opposes"' in page
    # a list without results can be followed, so it keeps its ways out
    page = Html(client.get("/positions/?stance=supports").content.decode())
    assert 'href="/positions.csv?stance=supports"' in page
