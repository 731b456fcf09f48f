"""A changed text is a new version; a passage moves to it only if its words occur there
exactly once.
"""

import pytest

from archive.editing import versions
from tests.editing.forms import change_url, page_url, send
from tests.factories import make_article, make_list, make_listed, make_statement
from tests.html import Html

pytestmark = pytest.mark.django_db
OLD = "Lee said: “We win.” Then “We lose.” Her list: - Build a bridge."
NEW = (
    "Update. Lee said: “We win.” Then “We won.” Her list: - Build a bridge. - Build a "
    "bridge."
)


def new_version(client, article, **sent):
    url = page_url(article, "new_version")
    return client.post(url, {"base": article.latest_version.number, "note": "", **sent})


@pytest.fixture
def article():
    return make_article(OLD)


@pytest.fixture
def records(article):
    moving = make_statement("We win.", article=article)
    changed = make_statement("We lose.", article=article)
    doubled = make_listed("Build a bridge.", proposal_list=make_list(article=article))
    return moving, changed, doubled


def test_the_differences_are_shown_before_anything_is_saved(editor, article, records):
    page = new_version(editor, article, text=NEW, compare="1")
    page_text = Html(page.content.decode())
    assert "<ins>Update. </ins>" in page_text
    assert "<del>lose</del><ins>won</ins>" in page_text
    assert page.context["moving"] == 1
    assert [words for _url, _label, words in page.context["staying"]] == [
        "We lose.",
        "Build a bridge.",
    ]
    assert article.versions.count() == 1


def test_passages_move_only_where_their_words_stand_once(editor, article, records):
    assert new_version(editor, article, text=NEW, save="1").status_code == 302
    moving, changed, doubled = (record.passages.get() for record in records)
    assert moving.version.number == 2
    assert NEW[moving.start : moving.end] == "We win."
    assert (changed.version.number, doubled.version.number) == (1, 1)
    waiting = next(
        queue
        for queue in editor.get("/admin/").context["queues"]
        if "locate again" in str(queue.title)
    )
    assert waiting.count == 2


def test_a_passage_left_behind_is_placed_again_in_its_form(editor, article, records):
    new_version(editor, article, text=NEW, save="1")
    doubled = records[2]
    response = send(
        editor, change_url(doubled), correction="minor", **{"passages-0-relocate": "on"}
    )
    assert "2 times in the article" in response.content.decode()
    last = NEW.rindex("Build")
    choice = {"passages-0-relocate": "on", "passages-0-location": f"{last}:{last + 15}"}
    assert (
        send(editor, change_url(doubled), correction="minor", **choice).status_code
        == 302
    )
    passage = doubled.passages.get()
    assert (passage.version.number, passage.start) == (2, last)


def test_a_passage_left_behind_does_not_stop_other_changes(editor, article, records):
    new_version(editor, article, text=NEW, save="1")
    changed = records[1]
    assert (
        send(
            editor, change_url(changed), occasion="later", correction="minor"
        ).status_code
        == 302
    )
    assert changed.passages.get().version.number == 1


def test_the_same_text_is_no_new_version(editor, article):
    page = new_version(editor, article, text=OLD, save="1")
    assert "This text is identical to the newest version." in page.content.decode()


def test_two_who_add_a_version_at_once(editor, article):
    sent = {"base": 1, "text": NEW, "save": "1"}
    versions.add_version(article, "Meanwhile.")
    page = new_version(editor, article, **sent)
    assert "Somebody else has added a version in the meantime" in page.content.decode()
    assert article.versions.count() == 2
    assert 'name="base" value="2"' in page.content.decode()


def test_a_contributor_adds_no_version_to_what_is_public(contributor, article):
    assert new_version(contributor, article, text=NEW, save="1").status_code == 403
    assert contributor.get(page_url(article, "new_version")).status_code == 403


def test_a_version_is_read_and_never_changed(editor, article):
    url = change_url(article.latest_version)
    assert OLD in editor.get(url).content.decode()
    assert editor.post(url, {"text": "other"}).status_code == 403
