"""Publishing while importing, by the rules of the workflow."""

import pytest
from django.core.management import CommandError, call_command

from archive.core import roles
from archive.models import Change
from policies.models import Position, Proposal
from statements.models import Statement
from tests.editing.conftest import make_account
from tests.factories import make_article, make_proposal, make_speaker
from tests.importing.helpers import SPEECH, counts

pytestmark = pytest.mark.django_db


def test_records_are_published_in_the_name_of_the_editor(bring, editor):
    outcome = bring(
        "proposals", "id,title\n1,Plant trees\n", publishes=True, account=editor
    )
    proposal = Proposal.objects.public().get()
    assert outcome.run.account == editor
    event = proposal.events.get()
    assert (event.status, event.pgh_context.metadata["user"]) == (
        "published",
        editor.pk,
    )


def test_drafts_of_an_earlier_run_are_published_by_the_same_file(bring, editor):
    text = "id,title\n1,Plant trees\n2,Plant shrubs\n"
    bring("proposals", text)
    Proposal.objects.filter(title="Plant shrubs").update(status="withdrawn")
    outcome = bring("proposals", text, publishes=True, account=editor)
    assert counts(outcome) == {"unchanged": 2}
    assert outcome.report.counts["published"] == 1
    assert Proposal.objects.public().get().title == "Plant trees"


def test_a_draft_that_was_only_linked_is_not_published(bring, editor):
    draft = make_proposal(status="draft")
    text = f"uid,title\n{draft.uid},{draft.title}\n"
    bring("proposals", text)
    bring("proposals", text, publishes=True, account=editor)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_quotation_without_marks_is_not_published(bring, editor):
    article, _speaker = make_article(SPEECH), make_speaker(name="Ann")
    head = "article_uid,speaker,form,passage\n"
    rows = f"{article.uid},Ann,direct,We will fight.\n"
    lines = bring.refused("statements", head + rows, publishes=True, account=editor)
    assert "are not inside one pair of quotation marks" in lines[0]
    assert lines[0].startswith("file.csv, line 2: ")


def test_the_words_of_a_speech_are_published_as_its_speakers(bring, editor):
    make_speaker(name="Ann")
    options = {"publishes": True, "account": editor}
    bring(
        "articles",
        f'id,headline,text,speaker,rights\n1,Hi,"{SPEECH}",Ann,full_text\n',
        **options,
    )
    bring(
        "statements",
        "article_id,speaker,form,passage\n1,Ann,direct,We will fight.\n",
        **options,
    )
    assert Statement.objects.public().get().text == "We will fight."


def test_own_words_without_a_source_are_not_published(bring, editor):
    proposal, _speaker = make_proposal(), make_speaker(name="Ann")
    head = "proposal_uid,speaker,stance,basis,source_url,body\n"
    good = f"{proposal.uid},Ann,supports,action,https://example.org,\n"
    bad = f"{proposal.uid},Ann,opposes,own_words,,\n"
    lines = bring.refused(
        "positions", head + good + bad, publishes=True, account=editor
    )
    assert len(lines) == 1
    assert lines[0].startswith("file.csv, line 3: A published position needs")
    assert not Position.objects.exists()


def test_an_inference_is_not_published_without_a_second_person(bring, editor):
    proposal, _speaker = make_proposal(), make_speaker(name="Ann")
    head = "proposal_uid,speaker,stance,basis,rationale\n"
    row = f"{proposal.uid},Ann,opposes,inferred,Because.\n"
    lines = bring.refused("positions", head + row, publishes=True, account=editor)
    assert "only when a second person has reviewed it" in lines[0]
    bring("positions", head + row, account=editor)
    assert Position.objects.get().recorded_by == editor


def test_many_drafts_that_cannot_be_published_are_each_named(bring, editor):
    proposal, _speaker = make_proposal(), make_speaker(name="Ann")
    head = "id,proposal_uid,speaker,stance,basis\n"
    rows = [f"{n},{proposal.uid},Ann,supports,own_words" for n in range(5)]
    rows[2] = rows[2].replace("own_words", "action")
    text = head + "\n".join(rows)
    bring("positions", text)
    before = Change.objects.count()
    lines = bring.refused("positions", text, publishes=True, account=editor)
    assert [line.partition(":")[0] for line in lines] == [
        f"file.csv, line {line}" for line in (2, 3, 4, 5, 6)
    ]
    assert Change.objects.count() == before


def test_publishing_needs_an_account_that_may(bring):
    path = bring.file("id,title\n1,Plant\n")
    arguments = ("import", "proposals", str(path), "--source=x", "--publish")
    with pytest.raises(CommandError, match="need an editor"):
        call_command(*arguments)
    with pytest.raises(CommandError, match="no active account nobody"):
        call_command(*arguments, "--as=nobody")
    make_account("writer", roles.CONTRIBUTOR)
    with pytest.raises(CommandError, match="writer may not publish"):
        call_command(*arguments, "--as=writer")
    assert not Proposal.objects.exists()
