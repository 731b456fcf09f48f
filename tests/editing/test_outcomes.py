"""What an editor reads after saving and after a step, and where it leads."""

import pytest

from statements.models import Statement
from tests.editing.forms import change_url, send
from tests.editing.test_workflow import take
from tests.factories import make_article, make_speaker, make_statement
from tests.html import Html

pytestmark = pytest.mark.django_db
ADD = "/admin/statements/statement/add/"


def messages_of(response):
    html = Html(response.content.decode())
    return html.partition('<ul class="messagelist"')[2].partition("</ul>")[0]


def added(editor, article, speaker, **typed):
    words = {"passages-TOTAL_FORMS": "1", "passages-0-exact": "We will fight,"}
    chosen = {"article": article.pk, "speaker": speaker.pk, "form": "direct"}
    return send(editor, ADD, **chosen, **words, confirmed="on", **typed)


def test_a_saved_quotation_is_named_in_its_own_marks_and_leads_to_its_article(editor):
    article, speaker = make_article(), make_speaker()
    response = added(editor, article, speaker)
    message = messages_of(editor.get(response.headers["Location"]))
    statement = Statement.objects.get()
    assert (
        f'<a href="{change_url(statement)}">Statement: “{statement.text}”</a>'
        in message
    )
    assert "““" not in message
    assert f'<a href="{change_url(article)}">Go on with the article</a>' in message


def test_a_further_statement_keeps_article_speaker_and_form(editor):
    article, speaker = make_article(), make_speaker()
    response = added(editor, article, speaker, _addanother="1")
    html = Html(editor.get(response.headers["Location"]).content.decode())
    for chosen in (article.pk, speaker.pk, "direct"):
        assert f'<option value="{chosen}" selected' in html


def test_thirteen_published_records_are_one_short_sentence_with_a_link(editor):
    article = make_article(status="draft")
    children = [make_statement(article=article, status="draft") for _ in range(12)]
    response = take(
        editor,
        "publish",
        article,
        child=[f"statements.statement:{child.pk}" for child in children],
        confirmed="on",
    )
    response = editor.get(response.headers["Location"])
    message = messages_of(response)
    assert "and 12 more." in message
    assert "We will fight" not in message
    assert f'<a href="{article.get_absolute_url()}">See it on the site</a>' in message
