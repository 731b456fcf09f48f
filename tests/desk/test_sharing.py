"""Two people work on the cards of one article."""

import pytest

from statements.models import Statement
from tests.desk.helpers import OnDesk
from tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    desk = OnDesk(editor)
    desk.open()
    return desk


def test_nothing_is_accepted_that_somebody_else_has_changed_unseen(desk, second):
    suggestion = desk.of("We will build it")
    seen = suggestion.revision
    other = OnDesk(second, article=desk.article)
    other.act("keep", suggestion, occasion="A rally")
    page = desk.act("accept", suggestion, revision=seen).content.decode()
    assert f"{second.account} has changed this meanwhile" in page
    assert not Statement.objects.exists()
    desk.act("accept", suggestion, revision=suggestion.revision)
    assert Statement.objects.get().occasion == "A rally"


def test_what_two_people_type_in_one_field_is_stored_and_reported(desk, second):
    suggestion = desk.of("We will build it")
    other = OnDesk(second, article=desk.article)
    other.fetch("keep", suggestion, **{"occasion": "A rally", "was-occasion": ""})
    answer = desk.fetch("keep", suggestion, occasion="A vote", **{"was-occasion": ""})
    assert (answer["theirs"], answer["by"]) == (
        {"occasion": "A rally"},
        str(second.account),
    )
    suggestion.refresh_from_db()
    assert suggestion.values["occasion"] == "A vote"


def test_topics_that_two_people_tick_are_both_stored(desk, second):
    suggestion = desk.of("We will build it")
    one, two, three = (str(make_topic(name=name).pk) for name in ("A", "B", "C"))
    tick = {"fields": "topics"}
    desk.fetch("keep", suggestion, topics=[one, three], **tick)
    seen = {"was-topics": [one, three], **tick}
    OnDesk(second, article=desk.article).fetch(
        "keep", suggestion, topics=[one, two, three], **seen
    )
    desk.fetch("keep", suggestion, topics=[one], **seen)
    suggestion.refresh_from_db()
    assert suggestion.values["topics"] == [one, two]
