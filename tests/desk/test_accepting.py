"""What is accepted on the desk is a draft record under the rules of the admin."""

import pytest

from archive.models import Topic
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement
from tests.desk.helpers import OnDesk
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_position, make_speaker, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    desk = OnDesk(editor)
    desk.open()
    return desk


def errors(response):
    page = response.content.decode()
    assert response.status_code == 422, page
    return page


def test_a_sure_quotation_is_accepted_with_one_button(desk):
    response = desk.act("accept", desk.of("We will build it"))
    statement = Statement.objects.get()
    assert response.status_code == 302
    assert statement.status == "draft"
    assert statement.speaker.name == "Ann Lee"
    assert statement.text == "We will build it, […] Nobody will stop us."
    assert statement.attribution == "Mayor Ann Lee"


def test_a_speaker_whom_the_archive_knows_is_not_made_again(desk):
    known = make_speaker(name="Annabel Lee", other_names="Ann Lee")
    desk.act("accept", desk.of("We will build it"))
    assert Statement.objects.get().speaker == known


def test_nearly_the_same_name_is_asked_about(desk):
    known = make_speaker(name="Anne Lee")
    page = errors(desk.act("accept", desk.of("We will build it")))
    assert "nearly this name" in page
    assert f'value="record:{known.pk}"' in page
    assert not Statement.objects.exists()
    desk.act(
        "accept",
        desk.of("We will build it"),
        fields="speaker_is_new",
        speaker_is_new="on",
    )
    assert Statement.objects.get().speaker.name == "Ann Lee"


def test_an_uncertain_speaker_must_be_chosen(desk):
    suggestion = desk.of("It is safe")
    assert suggestion.speakers[0]["score"] < 0.8
    assert "Choose who speaks" in errors(desk.act("accept", suggestion))
    desk.act("accept:new:person:Cy Park", suggestion)
    assert Statement.objects.get().speaker.name == "Cy Park"


def test_a_paraphrase_needs_our_sentence(desk):
    suggestion = desk.of("that it would cost too much")
    assert "Write our own sentence" in errors(desk.act("accept", suggestion))
    desk.act("accept", suggestion, text="Reed said the bridge was too expensive.")
    assert Statement.objects.get().form == "indirect"


def test_a_rule_of_the_admin_is_a_sentence_at_the_card_and_nothing_is_lost(desk):
    suggestion = desk.of("that it would cost too much")
    page = errors(desk.act("accept", suggestion, text="Reed said “too much”."))
    assert "without quotation marks" in page
    assert "Reed said “too much”." in page
    assert not Statement.objects.exists()
    assert not Speaker.objects.exists()


def test_what_was_typed_is_there_after_the_browser_was_closed(desk):
    suggestion = desk.of("that it would cost too much")
    desk.act("keep", suggestion, text="Reed calls it dear.", occasion="A meeting")
    page = desk.open(open=suggestion.pk)
    assert "Reed calls it dear." in page
    assert "A meeting" in page
    desk.act("accept", suggestion)
    assert Statement.objects.get().occasion == "A meeting"


def test_edits_of_an_accepted_card_reach_the_record_when_it_is_saved(desk):
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    desk.act("keep", suggestion, occasion="A rally")
    assert Statement.objects.get().occasion == ""
    assert "Not saved in the record yet" in desk.open()
    desk.act("accept", suggestion)
    assert Statement.objects.get().occasion == "A rally"
    assert "Not saved in the record yet" not in desk.open()


def test_undo_deletes_the_draft_and_keeps_what_was_typed(desk):
    suggestion = desk.of("that it would cost too much")
    desk.act("accept", suggestion, text="Reed calls it dear.")
    desk.act("undo", suggestion)
    assert not Statement.objects.exists()
    assert (suggestion.state, suggestion.values["text"]) == (
        "open",
        "Reed calls it dear.",
    )


def test_a_published_record_cannot_be_undone(desk):
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    desk.article.statements.update(status="published")
    assert "no longer a draft" in errors(desk.act("undo", suggestion))
    assert Statement.objects.exists()


def test_a_list_becomes_its_proposals_in_order(desk):
    [issued] = desk.suggestions(kind="list")
    desk.act(
        "accept",
        issued,
        title="The mayor’s list",
        speaker_other="Mayor’s Office",
        speaker_kind="organization",
        addressed_to="City Council",
    )
    record = ProposalList.objects.get()
    assert (record.issued_by.name, record.addressed_to.name) == (
        "Mayor’s Office",
        "City Council",
    )
    assert record.is_complete is False
    assert list(
        record.proposals.order_by("number").values_list("number", "title", "text")
    ) == [
        (1, "Build a bridge over the river", "Build a bridge over the river."),
        (2, "Plant trees along both banks", "Plant trees along both banks."),
    ]


def test_a_list_without_a_title_leaves_nothing_behind(desk):
    [issued] = desk.suggestions(kind="list")
    errors(desk.act("accept", issued, speaker_other="Mayor’s Office"))
    assert not ProposalList.objects.exists()
    assert not Proposal.objects.exists()


def test_titles_of_an_accepted_list_are_edited_in_place(desk):
    [issued] = desk.suggestions(kind="list")
    desk.act("accept", issued, title="List", speaker_other="Mayor’s Office")
    desk.act("accept", issued, **{"item-1-title": "Plant many trees"})
    assert Proposal.objects.get(number=2).title == "Plant many trees"
    assert Proposal.objects.get(number=1).title == "Build a bridge over the river"
    assert Proposal.objects.count() == 2


def test_a_position_rests_on_the_statement_it_is_entered_at(desk):
    [issued] = desk.suggestions(kind="list")
    desk.act("accept", issued, title="List", speaker_other="Mayor’s Office")
    suggestion = desk.of("a bridge to nowhere")
    desk.act("accept", suggestion, text="Reed: “a bridge to nowhere”.")
    proposal = Proposal.objects.get(number=1)
    desk.act(
        "position",
        suggestion,
        **{
            "position-proposal": proposal.pk,
            "position-stance": "opposes",
            "position-basis": "own_words",
        },
    )
    position = Position.objects.get()
    statement = Statement.objects.get()
    assert position.speaker == statement.speaker
    assert list(position.evidence.all()) == [statement]
    assert position.recorded_by == desk.client.account
    desk.act(f"remove:{position.uid}", suggestion)
    assert not Position.objects.exists()


def test_a_card_removes_no_position_that_rests_on_other_words(desk):
    position = make_position(status="draft", basis="document")
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    assert desk.act(f"remove:{position.uid}", suggestion).status_code == 403
    assert Position.objects.filter(pk=position.pk).exists()


def test_a_position_without_a_stance_says_so(desk):
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    page = errors(desk.act("position", suggestion))
    assert "Choose a proposal" in page


def test_words_may_report_where_somebody_else_stands(desk):
    other = make_speaker(name="Dee Fox")
    desk.act("add:proposal", words="build a bridge")
    desk.act("accept", desk.suggestions(kind="proposal").get(), title="A bridge")
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    form = {
        "position-speaker": other.pk,
        "position-other": "a bridge",
        "position-stance": "supports",
        "position-basis": "reported",
    }
    desk.act("position", suggestion, **form)
    assert Position.objects.get().speaker == other


def test_date_and_occasion_are_given_to_all_open_cards_of_the_speaker(desk):
    first, other = desk.of("a bridge to nowhere"), desk.of("that it would cost")
    desk.act(
        "spread",
        first,
        said_on="2024-12-12",
        fields="said_is_inferred",
        said_is_inferred="on",
        text="Ours.",
    )
    desk.act("accept", other, text="Reed finds it dear.")
    statement = Statement.objects.get()
    assert (str(statement.said_on), statement.said_is_inferred) == ("2024-12-12", True)
    assert statement.text == "Reed finds it dear."
    assert "said_on" not in desk.of("We will build it").values


def test_they_go_to_the_cards_of_the_chosen_speaker_only(desk):
    first = desk.of("a bridge to nowhere")
    desk.act("keep", first, speaker="new:person:Ann Lee")
    desk.act("spread", first, occasion="A rally")
    assert desk.of("We will build it").values["occasion"] == "A rally"
    assert "occasion" not in desk.of("that it would cost").values


def test_topics_are_taken_from_the_text_and_typed(desk):
    bridge = make_topic(name="Bridge")
    make_topic(name="Zoning")
    suggestion = desk.of("We will build it")
    page = desk.open(open=suggestion.pk)
    assert f'name="topics" value="{bridge.pk}"' in " ".join(page.split())
    assert "Zoning" not in page
    desk.act(
        "accept",
        suggestion,
        fields="topics",
        topics=[bridge.pk],
        topics_other="zoning, River banks",
    )
    names = Statement.objects.get().topics.values_list("name", flat=True)
    assert sorted(names) == ["Bridge", "River banks", "Zoning"]
    assert Topic.objects.count() == 3


def test_a_collective_statement_belongs_to_a_group_of_this_article(desk):
    suggestion = desk.of("that it would cost too much")
    desk.act(
        "accept",
        suggestion,
        form="collective",
        text="Some say it is dear.",
        speaker_other="several members",
        speaker_kind="group",
    )
    assert Statement.objects.get().speaker.article == desk.article


def test_what_is_typed_in_the_form_of_a_position_is_stored(desk):
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    typed = {"position-rationale": "They say “build”.", "position-stance": "supports"}
    desk.act("keep", suggestion, **typed)
    assert "They say “build”." in desk.open(open=suggestion.pk)
    page = errors(desk.act("position", suggestion, **typed))
    assert "They say “build”." in page
    assert "Not saved in the record yet" not in page


def test_what_was_typed_is_stored_when_it_is_refused(desk):
    suggestion = desk.of("that it would cost too much")
    errors(desk.act("accept", suggestion, text="Reed said “too much”."))
    assert "Reed said “too much”." in desk.open()


def test_a_warning_that_was_overridden_once_is_asked_again(desk):
    suggestion = desk.of("that it would cost too much")
    desk.act("keep", suggestion, fields="confirmed", confirmed="on")
    assert "confirmed" not in suggestion.values


def test_an_account_without_permission_to_add_records_may_not_act(desk):
    viewer = signed_in(make_account("Vera"))
    assert viewer.get(desk.url).status_code == 403
    other = OnDesk(viewer)
    response = other.act("add:statement", start=0, end=5)
    assert response.status_code == 403


def test_a_contributor_works_on_the_desk_too(contributor):
    desk = OnDesk(contributor)
    desk.open()
    desk.act("accept", desk.of("We will build it"))
    assert Statement.objects.get().status == "draft"
