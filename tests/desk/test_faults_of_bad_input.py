"""What nobody types by hand is answered with a sentence, never with a fault."""

import pytest

from archive.models import Suggestion
from tests.desk.helpers import OnDesk
from tests.factories import make_topic, make_version

pytestmark = pytest.mark.django_db
NUL, LONG = "a\x00b", "9" * 5000
SENT = [
    (f"move:{LONG}", {}),
    (f"drop:{LONG}", {}),
    (f"split:{LONG}", {}),
    ("remove:\x00", {}),
    ("keep", {"occasion": NUL}),
    ("keep", {"position-other": NUL}),
    ("keep", {"fields": "topics", "topics": NUL}),
    ("accept", {"occasion": NUL}),
    ("accept", {"said_on": NUL}),
    ("accept", {"speaker_other": NUL}),
    ("accept", {"topics_other": NUL}),
    (f"accept:new:person:{NUL}", {}),
    ("position", {"position-other": NUL}),
    ("turn", {"turn_speaker": NUL}),
]


@pytest.mark.parametrize(("do", "data"), SENT)
def test_a_nul_or_a_huge_number_is_no_fault(editor, do, data):
    desk = OnDesk(editor)
    desk.open()
    response = desk.act(do, desk.of("We will build it"), **data)
    assert response.status_code < 500


@pytest.mark.parametrize(
    ("name", "value"), [("headline", NUL), ("url", "http://["), ("url", NUL)]
)
def test_a_bad_value_at_the_start_of_an_article_is_no_fault(editor, name, value):
    sent = {"hints": "{}", "text": "A text of some words.", "headline": "A headline"}
    assert editor.post("/admin/desk/", {**sent, name: value}).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"), [("topics_other", "x" * 300), ("said_precision", "century")]
)
def test_each_refusal_is_said_on_the_card(editor, name, value):
    desk = OnDesk(editor)
    desk.open()
    response = desk.act("accept", desk.of("We will build it"), **{name: value})
    assert response.status_code == 422
    assert 'class="errorlist"' in response.content.decode()


def test_a_topic_with_nearly_the_name_of_another_can_be_confirmed(editor):
    make_topic(name="Ferries and cars")
    desk = OnDesk(editor)
    desk.open()
    suggestion = desk.of("We will build it")
    typed = {"topics_other": "Ferries & cars"}
    assert desk.act("accept", suggestion, **typed).status_code == 422
    sure = {"fields": "confirmed", "confirmed": "on"}
    assert desk.act("accept", suggestion, **typed, **sure).status_code == 302


def test_words_of_another_version_of_the_text_are_not_taken_by_their_place(editor):
    desk = OnDesk(editor)
    desk.open()
    text = desk.article.latest_version.text
    start = text.index("asked the council")
    make_version(desk.article, f"Update: a longer text. {text}", 2)
    words = {"start": start, "end": start + 17, "words": "asked the council"}
    desk.act("add:statement", **words)
    added = Suggestion.objects.get(is_from_engine=False)
    assert added.version.text[slice(*added.spans[0])] == "asked the council"
