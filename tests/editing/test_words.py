"""Statements and proposals entered by their words."""

import pytest

from policies.models import Proposal
from statements.models import Statement
from tests.editing.forms import change_url, errors, page_url, send
from tests.factories import make_article, make_list, make_speaker, make_statement
from tests.html import Html

pytestmark = pytest.mark.django_db
ADD = "/admin/statements/statement/add/"
TEXT = "“We can’t find them,” he said. “We don’t know. We can’t find them.” Lee agreed."


def typed(**fields):
    article = fields.pop("article", None) or make_article(TEXT)
    return {
        "article": article.pk,
        "speaker": make_speaker().pk,
        "form": "direct",
        "passages-TOTAL_FORMS": 1,
        **fields,
    }


def test_pasted_words_are_found_and_stored_as_the_source_prints_them(editor):
    response = send(editor, ADD, **typed(), **{"passages-0-exact": '"We don\'t know."'})
    assert response.status_code == 302
    statement = Statement.objects.get()
    assert statement.text == "We don’t know."
    assert statement.passages.get().start == TEXT.index("We don’t")


def test_several_parts_are_one_statement_in_the_order_typed(editor):
    parts = {
        "passages-TOTAL_FORMS": 2,
        "passages-0-exact": "We don't know.",
        "passages-1-exact": "Lee agreed.",
    }
    send(editor, ADD, **typed(**parts))
    assert Statement.objects.get().text == "We don’t know. […] Lee agreed."


def test_words_that_stand_twice_are_chosen_in_context(editor):
    fields = typed(**{"passages-0-exact": "We can't find them"})
    response = send(editor, ADD, **fields)
    assert "These words occur 2 times in the article: choose where." in errors(response)
    page = response.content.decode()
    assert "<mark>We can’t find them</mark>" in page
    assert page.count('type="radio" name="passages-0-location"') == 2
    second = TEXT.rindex("We can’t")
    response = send(
        editor, ADD, **fields, **{"passages-0-location": f"{second}:{second + 18}"}
    )
    assert response.status_code == 302
    assert Statement.objects.get().passages.get().start == second


def test_words_that_are_not_there_get_the_closest_places(editor):
    fields = typed(**{"passages-0-exact": "We cannot find them now"})
    response = send(editor, ADD, **fields)
    assert "These words do not occur in the article." in errors(response)
    assert "We cannot find them now" in response.content.decode()
    start = TEXT.index("We can’t")
    choices = [
        value
        for value, _label in response.context["inline_admin_formsets"][0]
        .formset.forms[0]
        .fields["location"]
        .widget.choices
    ]
    chosen = next(value for value in choices if value.startswith(f"{start}:"))
    assert (
        send(editor, ADD, **fields, **{"passages-0-location": chosen}).status_code
        == 302
    )
    assert Statement.objects.get().text.startswith("We can’t find them")


def test_words_of_nothing_alike_are_refused_and_kept(editor):
    response = send(
        editor,
        ADD,
        **typed(**{"passages-0-exact": "bananas <script>alert(1)</script>"}),
    )
    assert "Neither these words nor similar ones" in errors(response)
    assert "bananas &lt;script&gt;" in response.content.decode()


def test_a_place_that_was_not_offered_is_not_taken(editor):
    response = send(
        editor,
        ADD,
        **typed(
            **{"passages-0-exact": "We can't find them", "passages-0-location": "0:5"}
        ),
    )
    assert "choose where" in errors(response)


def test_without_an_article_the_form_asks_for_it(editor):
    response = send(
        editor, ADD, **{**typed(), "article": "", "passages-0-exact": "We don't know."}
    )
    assert "Choose an article that has a text first" in errors(response)


def test_an_unchanged_part_is_left_alone_when_other_fields_change(editor):
    statement = make_statement(
        "We don’t know.", article=make_article(TEXT), status="draft"
    )
    before = statement.passages.get()
    assert send(editor, change_url(statement), occasion="a rally").status_code == 302
    assert statement.passages.get() == before
    statement.refresh_from_db()
    assert statement.occasion == "a rally"


def test_a_part_can_be_replaced_and_removed(editor):
    statement = make_statement(
        "We don’t know.", "Lee agreed.", article=make_article(TEXT), status="draft"
    )
    send(
        editor,
        change_url(statement),
        confirmed="on",
        **{"passages-0-DELETE": "on", "passages-1-exact": "We don’t know. We"},
    )
    statement.refresh_from_db()
    assert statement.text == "We don’t know. We …"


def test_a_partial_statement_must_hold_its_fragment_when_published(editor):
    fields = typed(
        form="partial",
        text="He said he was unsure.",
        **{"passages-0-exact": "We don't know."},
    )
    assert send(editor, ADD, **fields).status_code == 302
    statement = Statement.objects.get()
    Statement.objects.filter(pk=statement.pk).update(
        text="He said “We don’t know.”", status="published"
    )
    response = send(
        editor, change_url(statement), text="He said it.", correction="minor"
    )
    assert "text: The sentence must contain each quoted fragment" in errors(response)
    assert "He said it." in response.content.decode()


def test_a_reported_statement_in_marks_is_refused_at_its_text(editor):
    fields = typed(
        form="indirect", text="He said “no”.", **{"passages-0-exact": "Lee agreed."}
    )
    response = send(editor, ADD, **fields)
    assert (
        errors(response)
        == "text: A reported statement is our own sentence, without quotation marks."
    )


def test_a_listed_proposal_is_found_in_the_article_of_its_list(editor):
    issued = make_list(
        article=make_article("Her list:\n- Build a bridge.\n- Plant trees.")
    )
    fields = {
        "title": "Build one bridge",
        "proposal_list": issued.pk,
        "number": 1,
        "passages-TOTAL_FORMS": 1,
    }
    assert (
        send(
            editor,
            "/admin/policies/proposal/add/",
            **fields,
            **{"passages-0-exact": "build a bridge."},
        ).status_code
        == 302
    )
    assert Proposal.objects.get().text == "Build a bridge."


def test_items_are_begun_in_their_list(editor):
    issued = make_list()
    fields = {
        "proposals-TOTAL_FORMS": 2,
        "proposals-0-number": 1,
        "proposals-0-title": "To build",
    }
    fields |= {
        "proposals-1-number": 2,
        "proposals-1-title": "To plant",
        "proposals-0-status": "published",
    }
    assert (
        send(editor, change_url(issued), **fields, correction="minor").status_code
        == 302
    )
    assert list(issued.proposals.values_list("number", "title", "status")) == [
        (1, "To build", "draft"),
        (2, "To plant", "draft"),
    ]


def test_the_history_marks_removed_and_added_words(editor):
    statement = make_statement(
        "We don’t know.", article=make_article(TEXT), status="draft"
    )
    send(
        editor,
        change_url(statement),
        occasion="a rally",
        confirmed="on",
        **{"passages-0-exact": "We don’t know. We"},
    )
    page = Html(editor.get(page_url(statement, "history")).content.decode())
    assert "Edda" in page
    assert "<ins>a rally</ins>" in page
    assert "<ins> We</ins>" in page
