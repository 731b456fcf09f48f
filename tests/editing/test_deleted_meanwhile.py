"""A form whose record somebody else deleted loses no word."""

import pytest

from archive.models import Report, Topic
from statements.models import Speaker, Statement
from tests.editing.forms import change_url, errors, filled_in, page_url
from tests.factories import make_article, make_speaker, make_statement, make_topic

pytestmark = pytest.mark.django_db


def test_the_words_of_a_deleted_draft_are_saved_as_a_new_one(editor, second):
    statement = make_statement("We will fight,", "And we win.", status="draft")
    url = change_url(statement)
    typed = filled_in(second, url, occasion="at a rally")
    editor.post(page_url(statement, "delete"), {"post": "yes"})
    assert not Statement.objects.exists()
    response = second.post(url, typed)
    assert "Somebody else deleted this record" in errors(response)
    assert not Statement.objects.exists()
    page = response.content.decode()
    assert 'action="/admin/statements/statement/add/"' in page
    assert 'value="at a rally"' in page
    sent = {
        field.html_name: field.value()
        for form in [response.context["adminform"].form]
        for field in form
        if field.value()
    }
    for inline in response.context["inline_admin_formsets"]:
        forms = [inline.formset.management_form, *inline.formset.forms]
        sent |= {
            field.html_name: field.value()
            for form in forms
            for field in form
            if field.value() is not None
        }
    saved = second.post("/admin/statements/statement/add/", sent)
    assert saved.status_code == 302, errors(saved)
    again = Statement.objects.get()
    assert (again.occasion, again.status) == ("at a rally", "draft")
    assert again.text == "We will fight, […] And we win."


def test_rows_that_were_to_be_deleted_do_not_come_back(editor, second):
    speaker = make_speaker(name="Ann Lee")
    for title in ("Mayor", "Senator"):
        speaker.affiliations.create(
            is_published=True, title=title, known_on="2024-12-12"
        )
    typed = filled_in(second, change_url(speaker), **{"affiliations-0-DELETE": "on"})
    Speaker.objects.all().delete()
    response = second.post(change_url(speaker), typed)
    assert response.context["adminform"].form["name"].value() == "Ann Lee"
    offices, _identifiers = response.context["inline_admin_formsets"]
    assert [form["title"].value() for form in offices.formset.forms] == ["Senator"]


def test_it_is_asked_even_if_everything_is_valid(second):
    topic = make_topic(name="Harbors")
    typed = filled_in(second, change_url(topic), name="Ports")
    topic.delete()
    assert "Somebody else deleted" in errors(second.post(change_url(topic), typed))
    assert not Topic.objects.exists()


def test_the_answer_to_a_deleted_report_is_shown(second):
    report = Report.objects.create(note="Wrong.")
    typed = filled_in(second, change_url(report), answer="Not <so>.")
    report.delete()
    response = second.post(change_url(report), typed)
    assert response.status_code == 410
    assert "Not &lt;so&gt;." in response.content.decode()


def test_the_new_text_of_a_deleted_article_is_shown(second):
    article = make_article(status="draft")
    url = f"{change_url(article).removesuffix('change/')}new-version/"
    article.versions.all().delete()
    article.delete()
    response = second.post(url, {"text": "A new text.", "base": "1"})
    assert response.status_code == 410
    assert "A new text." in response.content.decode()
    assert second.get(url).status_code == 404
