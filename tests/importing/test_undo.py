"""Undoing a run."""

import pytest
from django.test import Client

from archive.importing import undoing
from archive.importing.problems import Refused
from archive.importing.withdrawing import Withdrawal
from archive.models import (
    Article,
    ArticleVersion,
    ExternalId,
    ImportRun,
    Outlet,
    QuotationRange,
    Topic,
)
from policies.models import Position, Proposal
from statements.models import Affiliation, Speaker, Statement
from tests.factories import make_article, make_position, make_speaker
from tests.importing.helpers import SPEECH

pytestmark = pytest.mark.django_db

OUTLETS = "id,name,url\n1,Gazette,\n2,Herald,https://herald.example\n"


def refusal(run: ImportRun) -> list[str]:
    with pytest.raises(Refused) as refused:
        undoing.undo(run.pk)
    return refused.value.problems.lines()


def test_undoing_removes_what_the_run_created(bring):
    run = bring("outlets", OUTLETS).run
    assert undoing.undo(run.pk) == {"removed": 2, "restored": 0, "unlinked": 2}
    assert not Outlet.objects.exists()
    assert not ExternalId.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.undone_at is None) == ("undone", False)


def test_undoing_restores_what_the_run_changed(bring):
    bring("outlets", OUTLETS)
    changed = OUTLETS.replace("herald.example", "herald.test") + "3,Courier,\n"
    run = bring("outlets", changed).run
    counts = undoing.undo(run.pk)
    assert (counts["removed"], counts["restored"]) == (1, 1)
    assert Outlet.objects.get(name="Herald").url == "https://herald.example"
    assert bring("outlets", OUTLETS).report.counts["unchanged"] == 2


def test_an_article_goes_with_its_versions_and_turns(bring):
    make_speaker(name="Ann")
    text = f'headline,text,speaker\nHi,"“A,” she said. {SPEECH}",Ann\n'
    run = bring("articles", text).run
    assert QuotationRange.objects.exists()
    undoing.undo(run.pk)
    assert not Article.objects.exists()
    assert not ArticleVersion.objects.exists()


def test_a_changed_text_is_taken_back(bring):
    bring("articles", "id,headline,text\n1,Hi,One text\n")
    run = bring("articles", "id,headline,text\n1,Hi,Another text\n").run
    undoing.undo(run.pk)
    assert Article.objects.get().latest_version.text == "One text"


def test_statements_go_with_their_passages_and_new_topics(bring):
    article, _speaker = make_article(SPEECH), make_speaker(name="Ann")
    Topic.objects.create(name="Old")
    head = "article_uid,speaker,form,passage,topics\n"
    row = f"{article.uid},Ann,direct,We will fight.,Old; New\n"
    run = bring("statements", head + row).run
    undoing.undo(run.pk)
    assert not Statement.objects.exists()
    assert [topic.name for topic in Topic.objects.all()] == ["Old"]


def test_topics_are_put_back(bring):
    bring("proposals", "id,title,topics\n1,Plant,A; B\n")
    run = bring("proposals", "id,title,topics\n1,Plant,B\n").run
    undoing.undo(run.pk)
    assert [topic.name for topic in Proposal.objects.get().topics.all()] == ["A", "B"]


def test_what_was_published_is_not_removed(bring):
    run = bring("proposals", "id,title\n1,Plant trees\n").run
    Proposal.objects.update(status="published")
    (sentence,) = refusal(run)
    assert "(proposals: 1)" in sentence
    assert "--withdraw REASON --as USERNAME" in sentence
    assert Proposal.objects.exists()


def test_what_was_published_is_withdrawn_with_a_public_reason(bring, editor):
    text = "id,title\n1,Plant trees\n2,Water them\n"
    run = bring("proposals", text, publishes=True, account=editor).run
    addresses = [each.get_absolute_url() for each in Proposal.objects.all()]
    counts = undoing.undo(run.pk, Withdrawal(editor, "The file was a trial."))
    assert counts == {"withdrawn": 2, "restored": 0, "removed": 0, "unlinked": 0}
    assert not Proposal.objects.public().exists()
    for address in addresses:
        page = Client().get(address)
        assert page.status_code == 410
        assert "The file was a trial." in page.text
    run.refresh_from_db()
    assert run.state == "undone"


def test_the_file_of_a_withdrawn_run_does_not_publish_its_records_again(bring, editor):
    text = "id,title\n1,Plant trees\n"
    run = bring("proposals", text, publishes=True, account=editor).run
    undoing.undo(run.pk, Withdrawal(editor, "A trial."))
    for changed in (text, text.replace("trees", "oaks")):
        bring("proposals", changed, publishes=True, account=editor)
        assert Proposal.objects.get().status == "withdrawn"
        assert Proposal.objects.get().title == "Plant trees"


def test_drafts_of_a_run_that_published_are_removed(bring, editor):
    run = bring("proposals", "id,title\n1,Plant trees\n2,Water them\n").run
    Proposal.objects.filter(title="Plant trees").update(status="published")
    counts = undoing.undo(run.pk, Withdrawal(editor, "A trial."))
    assert (counts["withdrawn"], counts["removed"], counts["unlinked"]) == (1, 1, 1)
    assert Proposal.objects.get().status == "withdrawn"


def test_who_withdraws_is_in_the_history(bring, editor):
    run = bring("proposals", "id,title\n1,Plant\n", publishes=True, account=editor).run
    undoing.undo(run.pk, Withdrawal(editor, "A trial."))
    events = Proposal.pgh_event_model.objects.filter(status="withdrawn")
    assert events.get().pgh_context.metadata["user"] == editor.pk


def test_a_withdrawal_needs_a_reason_in_words(bring, editor):
    run = bring("proposals", "id,title\n1,Plant\n", publishes=True, account=editor).run
    with pytest.raises(Refused):
        undoing.undo(run.pk, Withdrawal(editor, "  "))
    assert Proposal.objects.get().status == "published"


def test_what_is_used_is_not_removed(bring):
    run = bring("speakers", "id,name\na,Ann Lee\n").run
    make_position(speaker=Speaker.objects.get(name="Ann Lee"))
    assert refusal(run) == ["There are positions of a: remove those first."]
    assert Position.objects.exists()


def test_an_article_with_statements_is_not_removed(bring):
    run = bring("articles", f'id,headline,text\n1,Hi,"{SPEECH}"\n').run
    make_speaker(name="Ann")
    bring(
        "statements",
        "article_id,speaker,form,passage\n1,Ann,direct,We will fight.\n",
    )
    assert refusal(run) == ["There are statements of 1: remove those first."]


def test_what_an_editor_changed_since_is_not_removed(bring):
    run = bring("outlets", OUTLETS).run
    Outlet.objects.filter(name="Herald").update(url="https://editor.example")
    assert refusal(run) == ["The outlet 2 was changed by hand since: url."]


def test_what_an_editor_changed_since_is_not_put_back(bring):
    bring("outlets", OUTLETS)
    run = bring("outlets", OUTLETS.replace("herald.example", "herald.test")).run
    Outlet.objects.filter(name="Herald").update(url="https://editor.example")
    assert refusal(run) == ["The outlet 2 was changed by hand since: url."]


def test_later_runs_are_undone_first(bring):
    first = bring("outlets", OUTLETS).run
    second = bring("outlets", OUTLETS.replace("herald.example", "herald.test")).run
    assert refusal(first)[0] == (
        f"Run {second.pk} changed records of this run later: undo it first."
    )
    undoing.undo(second.pk)
    undoing.undo(first.pk)
    assert not Outlet.objects.exists()


def test_a_run_is_undone_once(bring):
    run = bring("outlets", OUTLETS).run
    undoing.undo(run.pk)
    assert refusal(run) == [f"Run {run.pk} was undone already."]


def test_a_run_that_does_not_exist_is_named():
    with pytest.raises(Refused) as refused:
        undoing.undo(12345)
    assert refused.value.problems.lines() == ["There is no run 12345."]


def test_after_undoing_the_same_file_creates_everything_again(bring):
    undoing.undo(bring("outlets", OUTLETS).run.pk)
    assert bring("outlets", OUTLETS).report.counts["created"] == 2


def test_undoing_removes_the_affiliations_that_the_run_published(bring, editor):
    ann = make_speaker(name="Ann")
    text = "speaker,title,source_url\nAnn,Mayor,https://a.example/\n"
    run = bring("affiliations", text, publishes=True, account=editor).run
    assert Speaker.objects.public().get() == ann
    assert undoing.undo(run.pk)["removed"] == 1
    assert not Affiliation.objects.exists()
    assert not Speaker.objects.public().exists()


def test_undoing_makes_a_published_affiliation_a_draft_again(bring, editor):
    make_speaker(name="Ann")
    text = "speaker,title,source_url\nAnn,Mayor,https://a.example/\n"
    bring("affiliations", text)
    run = bring("affiliations", text, publishes=True, account=editor).run
    assert Affiliation.objects.get().is_published
    assert undoing.undo(run.pk)["restored"] == 1
    assert not Affiliation.objects.get().is_published
