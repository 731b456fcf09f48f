"""Withdrawing shows what disappears and asks; reinstating is a step of its own."""

import pytest
from django.test import Client

from archive.models import Correction
from tests.editing.forms import change_url
from tests.editing.test_workflow import status, steps_of, take
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.html import Html

pytestmark = pytest.mark.django_db
public = Client()
REASON = "Said by somebody else."


def page_of(client, step, *records):
    meta = records[0]._meta
    url = f"/admin/{meta.app_label}/{meta.model_name}/step/{step}/"
    keys = [f"{record._meta.label_lower}:{record.pk}" for record in records]
    return client.get(url, {"record": keys})


def shown(response):
    return {each.name: each.records for each in response.context["consequences"]}


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def evidence(article):
    """A position that rests on one statement, in an article with a list."""
    statement = make_statement(article=article, speaker=make_speaker(name="Ann Lee"))
    statement.topics.add(make_topic(name="Bridges"))
    listed = make_listed(proposal_list=make_list(article=article))
    position = make_position(
        statement, speaker=statement.speaker, proposal=listed, basis="own_words"
    )
    return {"statement": statement, "proposal": listed, "position": position}


def test_a_withdrawal_shows_the_positions_and_pages_that_disappear_with_it(
    editor, evidence
):
    response = page_of(editor, "withdraw", evidence["statement"])
    statement = evidence["statement"]
    assert shown(response) == {
        "Position": [evidence["position"]],
        "Speaker": [statement.speaker],
        "Topic": [statement.topics.get()],
    }
    page = response.content.decode()
    for record in (evidence["position"], statement.speaker, statement.topics.get()):
        assert f'href="{record.get_absolute_url()}"' in page
    assert status(statement) == "published"
    assert public.get(statement.get_absolute_url()).status_code == 200


def test_a_list_takes_its_proposals_and_their_positions_along(editor, evidence):
    issued = evidence["proposal"].proposal_list
    response = page_of(editor, "withdraw", issued)
    assert shown(response) == {
        "Proposal": [evidence["proposal"]],
        "Position": [evidence["position"]],
        "Speaker": [issued.issued_by],
    }


def test_what_disappears_anyway_is_not_shown_twice(editor, evidence):
    response = page_of(editor, "withdraw", evidence["statement"], evidence["position"])
    assert set(shown(response)) == {"Speaker", "Topic"}


def test_a_position_that_rests_on_another_statement_too_stays(editor, evidence):
    speaker = evidence["statement"].speaker
    evidence["position"].evidence.add(
        make_statement("And we win.", speaker=speaker, article=make_article())
    )
    response = page_of(editor, "withdraw", evidence["statement"])
    assert set(shown(response)) == {"Topic"}


def test_a_long_list_of_what_disappears_is_cut_and_says_how_long_it_is(editor, article):
    speaker = make_speaker()
    for _ in range(23):
        make_statement(article=article, speaker=speaker)
    response = page_of(editor, "withdraw", article)
    statements = response.context["consequences"][0]
    assert (statements.count, len(statements.records)) == (23, 20)
    assert "and 3 more" in Html(response.content.decode())
    assert "I want these 24 records to disappear, too." in Html(
        response.content.decode()
    )


def test_nothing_disappears_before_the_editor_agrees(editor, evidence):
    statement = evidence["statement"]
    response = take(editor, "withdraw", statement, reason=REASON)
    assert shown(response)["Position"] == [evidence["position"]]
    assert REASON in response.content.decode()
    assert status(statement) == "published"
    assert not Correction.objects.exists()
    take(editor, "withdraw", statement, reason=REASON, agreed="2")
    assert status(statement) == "published"
    take(editor, "withdraw", statement, reason=REASON, agreed="3")
    assert status(statement) == "withdrawn"


def test_several_withdrawn_from_a_list_show_what_disappears_with_all_of_them(
    editor, evidence
):
    other = make_statement(article=evidence["statement"].article)
    sent = {
        "action": "withdraw",
        "_selected_action": [evidence["statement"].pk, other.pk],
    }
    response = editor.post("/admin/statements/statement/", sent)
    assert response.context["consequence_count"] == 4
    assert other.speaker in shown(response)["Speakers"]


def test_reinstating_needs_a_note_that_readers_see_beside_the_withdrawal(
    editor, evidence
):
    statement = evidence["statement"]
    take(editor, "withdraw", statement, reason=REASON, agreed="3")
    assert steps_of(editor, statement) == ["Send back", "Reinstate"]
    assert take(editor, "reinstate", statement).status_code == 200
    assert status(statement) == "withdrawn"
    take(editor, "reinstate", statement, reason="A recording shows that she said it.")
    for address in (statement.get_absolute_url(), "/corrections/"):
        page = Html(public.get(address).content.decode())
        assert REASON in page, address
        assert "A recording shows that she said it." in page
        assert "Withdrawal" in page
        assert "Reinstatement" in page
    assert "Reinstatement" in public.get("/corrections.atom").content.decode()


def test_reinstating_shows_what_comes_back(editor, evidence):
    statement = evidence["statement"]
    take(editor, "withdraw", statement, reason=REASON, agreed="3")
    response = page_of(editor, "reinstate", statement)
    assert shown(response)["Position"] == [evidence["position"]]
    assert evidence["position"].get_absolute_url() not in response.content.decode()


def test_what_was_public_is_never_published_again_without_a_note(editor):
    statement = make_statement()
    take(editor, "withdraw", statement, reason=REASON, agreed="1")
    take(editor, "send_back", statement, reason="Not clear.")
    response = take(editor, "publish", statement)
    assert "reinstate it, with a public note" in str(response.context["refused"])
    assert steps_of(editor, statement) == ["Submit for review", "Reinstate"]
    take(editor, "reinstate", statement, reason="It was right.")
    assert status(statement) == "published"


def test_what_was_never_public_cannot_be_reinstated(editor):
    statement = make_statement(status="withdrawn")
    assert "Reinstate" not in steps_of(editor, statement)
    response = take(editor, "reinstate", statement, reason="It was right.")
    assert response.context["refused"]


def test_a_contributor_reinstates_nothing(contributor):
    statement = make_statement()
    assert take(contributor, "reinstate", statement, reason="x").status_code == 403
    assert contributor.get(change_url(statement)).context["steps"] == []
