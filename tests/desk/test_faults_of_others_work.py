"""What somebody else has made or changed is neither lost nor published unseen."""

import pytest
from django.contrib.auth.models import Permission

from policies.models import Position, Proposal
from statements.models import Statement
from tests.desk.helpers import OnDesk
from tests.editing.conftest import make_account, signed_in
from tests.factories import make_outlet, make_proposal

pytestmark = pytest.mark.django_db
STANCE = {"position-stance": "supports", "position-basis": "own_words"}
PARAPHRASE = "that it would cost too much"


def accepted(client, words="We will build it", **values):
    desk = OnDesk(client)
    desk.open()
    suggestion = desk.of(words)
    assert desk.act("accept", suggestion, **values).status_code == 302
    return desk, suggestion


def accepted_list(client):
    titles = {"item-0-title": "To build a bridge", "item-1-title": "To plant trees"}
    return accepted(client, "Build a bridge", title="Demands", **titles)


def take_position(client, desk, suggestion):
    proposal = make_proposal(title="To build", status="draft")
    data = {"position-proposal": proposal.pk, **STANCE}
    OnDesk(client, article=desk.article).act("position", suggestion, **data)
    return Position.objects.get()


def test_undoing_does_not_delete_the_position_of_somebody_else(contributor, second):
    desk, suggestion = accepted(contributor)
    take_position(second, desk, suggestion)
    assert "somebody else" in desk.act("undo", suggestion).content.decode()
    assert Position.objects.exists()
    assert Statement.objects.exists()


def test_undoing_does_not_take_the_evidence_of_a_position_in_review(editor):
    desk, suggestion = accepted(editor)
    position = take_position(editor, desk, suggestion)
    Position.objects.update(status="in_review")
    assert desk.act("undo", suggestion).status_code == 422
    assert position.evidence.count() == 1


def test_a_listed_proposal_never_gets_the_words_of_another(editor):
    desk, suggestion = accepted_list(editor)
    desk.act("drop:0", suggestion)
    page = desk.act("accept", suggestion).content.decode()
    assert "would get the words of another one" in page
    first, second = Proposal.objects.order_by("number")
    assert (first.title, first.text) == (
        "To build a bridge",
        "Build a bridge over the river.",
    )
    assert second.title == "To plant trees"


def test_the_last_proposal_of_a_list_can_be_left_out(editor):
    desk, suggestion = accepted_list(editor)
    desk.act("drop:1", suggestion)
    assert desk.act("accept", suggestion).status_code == 302
    assert Proposal.objects.get().title == "To build a bridge"


def test_a_proposal_in_review_is_not_left_out_of_its_list(editor):
    desk, suggestion = accepted_list(editor)
    Proposal.objects.filter(number=2).update(status="in_review")
    desk.act("drop:1", suggestion)
    page = desk.act("accept", suggestion).content.decode()
    assert "no longer a draft" in page
    assert Proposal.objects.count() == 2


def test_what_was_changed_on_the_full_form_is_not_overwritten_unseen(editor):
    desk, suggestion = accepted(editor, PARAPHRASE, text="Reed said it was dear.")
    page = desk.open(open=suggestion.pk)
    saved = page.split(f'id="card-{suggestion.pk}"')[1].split('name="saved" value="')[1]
    typed = {"revision": suggestion.revision, "saved": saved.split('"')[0]}
    Statement.objects.update(text="Reed said it would cost too much.")
    response = desk.act("accept", suggestion, text="Reed said it was dear.", **typed)
    assert "changed elsewhere" in response.content.decode()
    assert Statement.objects.get().text == "Reed said it would cost too much."


def test_a_record_that_was_changed_meanwhile_is_not_published_unseen(
    contributor, editor
):
    desk, suggestion = accepted(contributor, PARAPHRASE, text="Reed said it was dear.")
    url, outlet = f"{desk.url}publish/", make_outlet()
    type(desk.article).objects.update(
        outlet=outlet, url="https://example.org/a", published_on="2024-12-12"
    )
    lines = editor.get(url).context["records"].lines
    sent = {
        "record": [line.key for line in lines],
        "seen": [f"{line.key}|{line.token}" for line in lines],
    }
    desk.act("accept", suggestion, text="Reed said something else.")
    page = editor.post(url, sent).content.decode()
    assert "It was changed while you were reading" in page
    assert Statement.objects.get().status == "draft"


@pytest.mark.parametrize("page", ["", "preview/", "publish/", "changes/"])
def test_who_may_not_see_statements_sees_none_on_the_desk(editor, page):
    desk, _suggestion = accepted(editor)
    account = make_account("Vera")
    account.user_permissions.add(Permission.objects.get(codename="view_article"))
    assert signed_in(account).get(f"{desk.url}{page}").status_code == 403
