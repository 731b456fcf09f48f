"""Draft, in review, published, withdrawn: one record or many, all or nothing."""

import pytest

from archive.editing import workflow
from archive.editing.workflow import Refused
from archive.models import Correction
from policies.models import Position
from statements.models import Statement
from tests.editing.conftest import make_account
from tests.editing.forms import change_url
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_position,
    make_speaker,
    make_statement,
)

pytestmark = pytest.mark.django_db


def steps_of(client, record):
    return [
        str(label) for _url, label in client.get(change_url(record)).context["steps"]
    ]


def take(client, step, *records, **more):
    keys = [f"{record._meta.label_lower}:{record.pk}" for record in records]
    meta = records[0]._meta
    url = f"/admin/{meta.app_label}/{meta.model_name}/step/{step}/"
    return client.post(url, {"record": keys, "taken": "1", **more})


def status(record):
    record.refresh_from_db()
    return record.status


def test_a_record_goes_from_draft_to_review_to_the_public_and_back(editor):
    statement = make_statement(status="draft")
    assert steps_of(editor, statement) == ["Submit for review", "Publish"]
    take(editor, "submit", statement)
    assert steps_of(editor, statement) == ["Take back", "Send back", "Publish"]
    take(editor, "publish", statement)
    assert steps_of(editor, statement) == ["Withdraw"]
    take(editor, "withdraw", statement, reason="Another said it.", agreed="1")
    assert steps_of(editor, statement) == ["Send back", "Reinstate"]
    take(editor, "send_back", statement, reason="Not clear.")
    assert status(statement) == "draft"
    assert steps_of(editor, statement) == ["Submit for review", "Reinstate"]


def test_a_contributor_submits_and_does_no_more(contributor):
    contributor.post(
        "/admin/archive/article/add/",
        {
            "headline": "Mine",
            "kind": "news",
            "rights": "excerpts",
            "language": "en",
            "published_precision": "day",
        },
    )
    article = workflow.publishable_models()[0].objects.get()
    assert steps_of(contributor, article) == ["Submit for review"]
    assert take(contributor, "publish", article).status_code == 403
    assert take(contributor, "submit", article).status_code == 302
    assert status(article) == "in_review"
    assert steps_of(contributor, article) == ["Take back"]


def test_publishing_an_article_offers_what_waits_for_it(editor):
    article = make_article(status="draft")
    statement = make_statement(article=article, status="in_review")
    other = make_statement(article=article, status="draft", speaker=make_speaker())
    listed = make_listed(
        proposal_list=make_list(article=article, status="draft"), status="draft"
    )
    page = editor.get(
        f"/admin/archive/article/step/publish/?record=archive.article:{article.pk}"
    )
    assert [record for _key, record, *_ in page.context["children"]] == [
        statement,
        other,
        listed.proposal_list,
        listed,
    ]
    chosen = [f"statements.statement:{statement.pk}", f"policies.proposal:{listed.pk}"]
    take(editor, "publish", article, child=chosen, confirmed="on")
    assert [status(record) for record in (article, statement, listed, other)] == [
        "published"
    ] * 3 + ["draft"]


def test_many_are_published_all_or_none_and_each_reason_is_named(editor):
    good, empty = (
        make_statement(status="draft"),
        make_statement(passages=False, status="draft"),
    )
    bare = make_position(basis="own_words", status="draft")
    page = take(editor, "publish", good, empty, bare)
    reasons = [reason for _url, _name, reason in page.context["refused"]]
    assert "A published statement needs its passage." in reasons
    assert any(
        reason.startswith("A published position needs a statement")
        for reason in reasons
    )
    assert [status(record) for record in (good, empty, bare)] == ["draft"] * 3


def test_an_action_of_the_list_leads_to_the_same_page(editor):
    records = [make_statement(status="draft") for _ in range(3)]
    sent = {"action": "publish", "_selected_action": [record.pk for record in records]}
    page = editor.post("/admin/statements/statement/", sent)
    assert len(page.context["records"]) == 3
    take(editor, "publish", *records)
    assert Statement.objects.public().count() == 3


def test_a_withdrawal_needs_a_public_reason_and_writes_it_down(editor):
    statement = make_statement()
    assert take(editor, "withdraw", statement, reason=" ").status_code == 200
    assert status(statement) == "published"
    take(editor, "withdraw", statement, reason="Another person said it.", agreed="1")
    correction = Correction.objects.public().get()
    assert (correction.kind, correction.note) == (
        "withdrawal",
        "Another person said it.",
    )
    assert (correction.table, correction.record_uid) == (
        "statements.statement",
        statement.uid,
    )


def test_a_step_that_does_not_start_there_is_refused():
    editor = make_account("Edda", "Editor")
    draft = make_statement(status="draft")
    with pytest.raises(Refused, match="this step is not possible"):
        workflow.take("withdraw", [draft], editor, "reason")


def inferred(recorder, **fields):
    fields = {
        "basis": "inferred",
        "rationale": "They said “no”.",
        "stance": "opposes",
        "status": "draft",
        **fields,
    }
    return make_position(recorded_by=recorder.account, **fields)


def test_an_inference_is_published_only_when_a_second_person_confirmed_it(
    editor, second
):
    position = inferred(editor)
    refusal = take(editor, "publish", position)
    assert "only when a second person has reviewed it" in str(
        refusal.context["refused"]
    )
    url = f"/admin/policies/position/{position.pk}/confirm/"
    assert "Edda recorded it" in editor.get(change_url(position)).content.decode()
    assert editor.get(url).status_code == 403
    page = second.get(url)
    assert "They said “no”." in page.content.decode()
    assert "Edda" in page.content.decode()
    position.refresh_from_db()
    second.post(url, {"read": position.updated_at.isoformat()})
    take(editor, "publish", position)
    position.refresh_from_db()
    assert (position.status, position.reviewed_by) == ("published", second.account)


def test_an_inference_changed_while_it_is_read_is_not_confirmed(editor, second):
    position = inferred(editor)
    read = position.updated_at.isoformat()
    Position.objects.update(rationale="Other reasons.")
    page = second.post(
        f"/admin/policies/position/{position.pk}/confirm/", {"read": read}
    )
    assert "read it again" in page.content.decode()
    position.refresh_from_db()
    assert position.reviewed_by is None
    assert (
        second.post(
            f"/admin/policies/position/{position.pk}/confirm/", {"read": "x"}
        ).status_code
        == 200
    )


@pytest.mark.django_db(
    transaction=True
)  # as in production: no transaction around a request
def test_pages_of_their_own_need_no_transaction_around_them(editor, second):
    position = inferred(editor)
    second.post(
        f"/admin/policies/position/{position.pk}/confirm/",
        {"read": position.updated_at.isoformat()},
    )
    position.refresh_from_db()
    assert position.reviewed_by == second.account
    article = make_article()
    sent = {"base": 1, "text": "Another text.", "save": "1"}
    assert (
        editor.post(
            f"/admin/archive/article/{article.pk}/new-version/", sent
        ).status_code
        == 302
    )
    source, target = make_speaker(), make_speaker()
    sent = {"into": target.pk, "merge": "1"}
    assert (
        editor.post(f"/admin/statements/speaker/{source.pk}/merge/", sent).status_code
        == 302
    )
    assert take(editor, "publish", make_statement(status="draft")).status_code == 302


def test_a_label_sets_quotation_marks_around_spoken_words_only():
    assert (
        workflow.label(make_statement("We will fight,"))
        == "Statement: “We will fight,”"
    )
    reported = make_statement(form="indirect", text="Lee hoped to win.")
    assert workflow.label(reported) == "Statement: Lee hoped to win."
