"""The same source a second time: what changed, what did not, what disappeared."""

import pytest

from archive.models import Article, ExternalId, ImportChange, ImportRun, Outlet, Topic
from policies.models import Position, Proposal
from statements.models import Speaker, Statement
from tests.factories import (
    make_article,
    make_outlet,
    make_proposal,
    make_speaker,
    make_statement,
)
from tests.importing.helpers import SPEECH, counts
from tests.rules import sql

pytestmark = pytest.mark.django_db

OUTLETS = "id,name,url\n1,Gazette,\n2,Herald,https://herald.example\n"


def written() -> int:
    """How many rows the database wrote in this transaction, in any table."""
    ((count,),) = sql(
        "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
        " WHERE relname !~ '^(archive_importrun|importing_row)'"
    )
    return int(count)


def test_unchanged_rows_write_nothing(bring):
    bring("outlets", OUTLETS)
    before = written()
    assert counts(bring("outlets", OUTLETS)) == {"unchanged": 2}
    assert written() == before


def test_the_order_of_rows_and_columns_does_not_count(bring):
    bring("outlets", OUTLETS)
    again = "url;name;id\nhttps://herald.example;Herald;2\n;Gazette;1\n"
    assert counts(bring("outlets", again)) == {"unchanged": 2}


def test_a_changed_cell_is_written_and_told(bring):
    bring("outlets", OUTLETS)
    changed = OUTLETS.replace("herald.example", "herald.test")
    outcome = bring("outlets", changed)
    assert counts(outcome) == {"updated": 1, "unchanged": 1}
    assert outcome.report.lines == [
        "file.csv, line 3, 2: url: “https://herald.example” → “https://herald.test”"
    ]
    assert Outlet.objects.get(name="Herald").url == "https://herald.test"


def test_an_emptied_cell_empties_the_field(bring):
    bring("outlets", OUTLETS)
    bring("outlets", "id,name,url\n1,Gazette,\n2,Herald,\n")
    assert Outlet.objects.get(name="Herald").url == ""


def test_a_column_that_is_missing_now_says_nothing(bring):
    bring("outlets", OUTLETS)
    bring("outlets", "id,name\n1,Gazette\n2,Herald\n")
    assert Outlet.objects.get(name="Herald").url == "https://herald.example"


def test_what_an_editor_changed_is_a_conflict_and_stays(bring):
    bring("outlets", OUTLETS)
    Outlet.objects.filter(name="Herald").update(url="https://editor.example")
    changed = OUTLETS.replace("herald.example", "herald.test")
    outcome = bring("outlets", changed)
    assert counts(outcome) == {"unchanged": 2, "conflicts": 1}
    assert outcome.report.lines == [
        "file.csv, line 3, 2: conflict: url was changed in the archive to "
        "“https://editor.example”; the file has “https://herald.test”"
    ]
    assert Outlet.objects.get(name="Herald").url == "https://editor.example"


def test_a_conflict_is_reported_until_it_is_settled(bring):
    bring("outlets", OUTLETS)
    Outlet.objects.filter(name="Herald").update(url="https://editor.example")
    changed = OUTLETS.replace("herald.example", "herald.test")
    bring("outlets", changed)
    assert counts(bring("outlets", changed))["conflicts"] == 1
    Outlet.objects.filter(name="Herald").update(url="https://herald.test")
    assert counts(bring("outlets", changed)) == {"unchanged": 2}
    assert counts(bring("outlets", changed)) == {"unchanged": 2}


def test_other_fields_of_a_record_with_a_conflict_are_still_updated(bring):
    bring("outlets", OUTLETS)
    Outlet.objects.filter(name="Herald").update(url="https://editor.example")
    outcome = bring(
        "outlets", "id,name,url\n1,Gazette,\n2,The Herald,https://b.example\n"
    )
    assert counts(outcome) == {"updated": 1, "unchanged": 1, "conflicts": 1}
    assert Outlet.objects.get(name="The Herald").url == "https://editor.example"


def test_a_row_that_disappeared_is_reported_and_its_record_stays(bring):
    bring("outlets", OUTLETS)
    outcome = bring("outlets", "id,name\n1,Gazette\n")
    assert counts(outcome) == {"unchanged": 1, "lost": 1}
    assert outcome.report.lines == ["2: no longer in the files; the outlet stays"]
    assert Outlet.objects.count() == 2


def test_a_run_that_lost_more_rows_than_max_lost_is_stopped(bring):
    rows = "".join(f"{number},Outlet {number}\n" for number in range(20))
    bring("outlets", f"id,name\n{rows}")
    fewer = "".join(f"{number},Paper {number}\n" for number in range(19))
    assert counts(bring("outlets", f"id,name\n{fewer}", max_lost=5))["lost"] == 1
    fewer = "".join(f"{number},Outlet {number}\n" for number in range(18))
    (line,) = bring.refused("outlets", f"id,name\n{fewer}", max_lost=5)
    assert "2 of 20 rows" in line
    assert "10.0 %, more than 5 %" in line
    assert Outlet.objects.filter(name="Paper 1").exists()


def test_a_record_that_an_editor_deleted_is_not_created_again(bring):
    bring("outlets", OUTLETS)
    Outlet.objects.get(name="Herald").delete()
    outcome = bring("outlets", OUTLETS.replace("herald.example", "herald.test"))
    assert outcome.report.lines == [
        "file.csv, line 3, 2: an editor has deleted this outlet; it is not created "
        "again"
    ]
    assert Outlet.objects.count() == 1


def test_the_same_id_in_another_source_is_another_record(bring):
    bring("outlets", OUTLETS)
    bring("outlets", "id,name\n1,Courier\n", source="other")
    assert Outlet.objects.count() == 3


def test_an_outlet_that_the_archive_has_is_linked_and_not_changed(bring):
    outlet = make_outlet(name="Gazette", url="https://own.example")
    outcome = bring("outlets", "id,name,url\n1,GAZETTE,https://other.example\n")
    assert counts(outcome) == {"linked": 1}
    assert any("the archive keeps its own url" in line for line in outcome.report.lines)
    outlet.refresh_from_db()
    assert outlet.url == "https://own.example"


def test_topics_and_passages_are_compared_too(bring):
    article, _speaker = make_article(SPEECH), make_speaker(name="Ann")
    head = "id,article_uid,speaker,form,passage,topics\n"
    bring("statements", f"{head}1,{article.uid},Ann,direct,We will fight.,A; B\n")
    same = f"{head}1,{article.uid},Ann,direct,We will fight.,B ; A\n"
    assert counts(bring("statements", same)) == {"unchanged": 1}
    other = f"{head}1,{article.uid},Ann,direct,It costs little.,B\n"
    assert counts(bring("statements", other)) == {"updated": 1}
    statement = Statement.objects.get()
    assert statement.text == "It costs little."
    assert [topic.name for topic in statement.topics.all()] == ["B"]


@pytest.mark.parametrize("topics", ["", "Parks"])
def test_topics_that_an_editor_chose_are_not_marked_as_given_by_rule(bring, topics):
    head = "id,title,topics,topics_by_rule\n1,A bill,"
    bring("proposals", f"{head}Parks,\n")
    proposal = Proposal.objects.get()
    proposal.topics.set([Topic.objects.create(name="Jails")])
    bring("proposals", f"{head}{topics},yes\n")
    assert [topic.name for topic in proposal.topics.all()] == ["Jails"]
    assert not Proposal.objects.get().topics_by_rule


def test_a_changed_text_becomes_another_version(bring):
    head = "id,headline,text\n"
    bring("articles", f"{head}1,Hi,One text\n")
    outcome = bring("articles", f"{head}1,Hi,Another text\n")
    assert counts(outcome) == {"updated": 1}
    versions = Article.objects.get().versions.order_by("number")
    assert [version.text for version in versions] == ["One text", "Another text"]
    assert ExternalId.objects.get().fields["text"] == versions[1].sha256


def test_a_published_record_is_changed_only_by_an_import_that_publishes(bring):
    bring("proposals", "id,title\n1,Plant trees\n")
    Proposal.objects.update(status="published")
    outcome = bring("proposals", "id,title\n1,Plant shrubs\n")
    assert counts(outcome) == {"unchanged": 1, "conflicts": 1}
    assert "the record is Published: import with --publish" in outcome.report.lines[0]
    bring("proposals", "id,title\n1,Plant shrubs\n", publishes=True)
    assert Proposal.objects.get().title == "Plant shrubs"


def test_lines_of_one_position_with_several_statements_become_one(bring):
    one, two = make_statement(), make_statement()
    proposal = make_proposal()
    fixed = f"p1,{proposal.uid},{one.speaker.uid},supports,own_words"
    head = "id,proposal_uid,speaker_uid,stance,basis,statement_uid\n"
    bring("positions", f"{head}{fixed},{one.uid}\n{fixed},{two.uid}\n")
    assert set(Position.objects.get().evidence.all()) == {one, two}


def test_a_run_keeps_what_it_read_and_did(bring):
    bring("outlets", OUTLETS)
    bring("outlets", OUTLETS.replace("herald.example", "herald.test"))
    run = ImportRun.objects.order_by("pk").last()
    assert run.counts == {"read": 2, "updated": 1, "unchanged": 1}
    assert run.files[0]["name"] == "file.csv"
    assert len(run.files[0]["sha256"]) == 64
    change = ImportChange.objects.get()
    assert change.before == {"url": "https://herald.example"}


def test_a_merged_speaker_is_the_one_it_was_merged_into(bring):
    bring("speakers", "id,name\na,Ann Lee\n")
    other = make_speaker(name="Ann B. Lee")
    Speaker.objects.filter(name="Ann Lee").update(merged_into=other)
    proposal = make_proposal()
    head = "proposal_uid,speaker_id,stance,basis,source_url\n"
    row = f"{proposal.uid},a,supports,action,https://example.org\n"
    bring("positions", head + row)
    assert Position.objects.get().speaker == other


def test_the_locks_of_an_import_do_not_grow_with_its_rows(bring):
    rows = "".join(f"{number},Paper {number}\n" for number in range(50))
    bring("outlets", f"id,name\n{rows}")
    ((count,),) = sql(
        "SELECT count(*) FROM pg_locks "
        "WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    )
    assert count < 5  # PostgreSQL has room for some thousands in all
    assert Outlet.objects.filter(slug="paper-7").exists()
