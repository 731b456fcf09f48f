"""What the archive exports can be imported: into the same archive without a change, and
into an empty one.
"""

import pytest

from archive.models import Article, Outlet, Topic
from policies.models import Proposal
from statements.models import Speaker, Statement
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.importing.helpers import counts

pytestmark = pytest.mark.django_db


def export(client, name: str, suffix: str = "csv") -> bytes:
    return b"".join(client.get(f"/{name}.{suffix}").streaming_content)


def archive_of_every_kind() -> None:
    topic, outlet = make_topic(name="Bridges"), make_outlet(name="Gazette")
    article = make_article(
        outlet=outlet,
        headline="=1+1 is two",
        published_on="2024-03-01",
        published_precision="month",
        published_is_inferred=True,
        headline_is_supplied=True,
        byline="Bo Lo",
        url="https://gazette.example/1",
    )
    speaker = make_speaker(name="Ann Lee", other_names="A. Lee\nAnnie", url="")
    statement = make_statement(article=article, speaker=speaker, attribution="Lee")
    statement.topics.add(topic)
    listed = make_listed(proposal_list=make_list(article=article, issued_by=speaker))
    proposal = make_proposal(proposed_by=speaker, outcome="Adopted", article=article)
    proposal.topics.add(topic)
    make_position(statement, speaker=speaker, proposal=proposal, basis="own_words")
    make_position(speaker=speaker, proposal=listed, held_on="2024-03-04")


NAMES = ("speakers", "articles", "lists", "proposals", "statements", "positions")


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("name", NAMES)
def test_the_archives_own_file_is_linked_and_nothing_differs(
    client, bring, name, suffix
):
    archive_of_every_kind()
    data, file = export(client, name, suffix), f"file.{suffix}"
    outcome = bring(name, data, file)
    assert set(counts(outcome)) == {"linked"}
    assert outcome.report.lines == []
    assert set(counts(bring(name, data, file))) == {"unchanged"}


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_what_looks_like_a_formula_is_read_back_unchanged(client, bring, suffix):
    names = ["=1+1", "'=1+1", "''-2", "@Lee", "'t is", "＝SUM"]
    for name in names:
        statement = make_statement(speaker=make_speaker(name=name, summary=name))
        assert statement.pk
    data = export(client, "speakers", suffix)
    Statement.objects.all().update(status="draft")
    Statement.objects.all().delete()
    Speaker.objects.all().delete()
    bring("speakers", data, f"file.{suffix}")
    assert {*Speaker.objects.values_list("name", "summary")} == {
        (name, name) for name in names
    }


def test_speakers_and_proposals_are_the_same_in_an_empty_archive(client, bring):
    make_outlet(name="Gazette")
    speaker = make_speaker(name="Ann Lee", other_names="A. Lee\nAnnie")
    proposal = make_proposal(proposed_by=speaker, outcome="Adopted", title="=Plant")
    proposal.topics.add(make_topic(name="Trees"), make_topic(name="Parks"))
    before = {name: export(client, name) for name in ("speakers", "proposals")}
    Proposal.objects.all().delete()
    Speaker.objects.all().delete()
    Topic.objects.all().delete()
    for name in ("speakers", "proposals"):
        bring(name, before[name])
    Proposal.objects.update(status="published")
    after = {name: export(client, name) for name in before}
    assert after == before


def test_articles_are_the_same_in_an_empty_archive(client, bring):
    outlet = make_outlet(name="Gazette")
    fields = {
        "headline": "=1+1",
        "headline_is_supplied": True,
        "published_on": "2024-03-01",
        "published_precision": "month",
        "kind": "speech",
        "language": "es",
        "rights": "link_only",
    }
    Article.objects.create(status="published", outlet=outlet, **fields)
    before = export(client, "articles")
    Article.objects.all().delete()
    bring("articles", before)
    Article.objects.update(status="published")
    assert export(client, "articles") == before


def test_outlets_are_made_from_the_column_of_an_articles_file(client, bring):
    make_article(outlet=make_outlet(name="Gazette"), headline="One")
    data = export(client, "articles")
    Article.objects.update(outlet=None)
    Outlet.objects.all().delete()
    bring("outlets", data, map='[columns]\nname = "outlet"\nurl = { constant = "" }\n')
    assert [outlet.name for outlet in Outlet.objects.all()] == ["Gazette"]


def test_a_statement_comes_back_with_its_passages(client, bring):
    statement = make_statement("We will fight,", "And we win.")
    data = export(client, "statements")
    Statement.objects.update(status="draft")
    Statement.objects.all().delete()
    bring("statements", data)
    copy = Statement.objects.get()
    assert (copy.uid, copy.text) == (statement.uid, statement.text)
    assert copy.passages.count() == 2


def test_an_identifier_of_another_kind_of_record_is_refused(bring):
    proposal = make_proposal()
    (line,) = bring.refused("articles", f"uid,headline\n{proposal.uid},Hi\n")
    assert line == "file.csv, line 2, column uid: This is the uid of a proposal."
