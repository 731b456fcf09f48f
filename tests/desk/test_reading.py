"""Opening the workbench reads the text into suggestions, once."""

import pytest

from archive.desk.reading import first_words
from archive.editing.versions import add_version
from archive.models import Suggestion
from tests.desk.helpers import TEXT, OnDesk
from tests.factories import make_statement

pytestmark = pytest.mark.django_db


def words(suggestion):
    return [suggestion.version.text[start:end] for start, end in suggestion.spans]


def test_the_text_is_read_once(editor):
    desk = OnDesk(editor)
    desk.open()
    first = list(desk.suggestions().values_list("pk", flat=True))
    desk.open()
    assert list(desk.suggestions().values_list("pk", flat=True)) == first
    assert words(desk.of("We will build it")) == [
        "We will build it,",
        "Nobody will stop us.",
    ]


def test_the_title_printed_beside_a_name_is_taken_from_wherever_it_stands(editor):
    desk = OnDesk(editor)
    desk.open()
    assert desk.of("We will build it").values["attribution"] == "Mayor Ann Lee"


def test_the_editor_learns_what_the_text_was_read_as(editor):
    assert "Read as an article." in OnDesk(editor).open()
    hearing = "CHAIR LEE: Is the bridge safe?\nMR. REED: It is safe.\n" * 3
    assert "Read as a debate or hearing" in OnDesk(editor, hearing).open()
    spanish = "El puente no es seguro y la ciudad no lo va a cerrar, dijo Ana Ruiz.\n"
    page = OnDesk(editor, spanish * 3).open()
    assert "The text seems to be Spanish, not English" in page
    assert "not English" not in OnDesk(editor).open()


def test_no_sentence_of_ours_is_written_for_the_editor(editor):
    desk = OnDesk(editor)
    desk.open()
    assert not [each for each in desk.suggestions() if each.values.get("text")]


def test_a_listed_item_offers_its_first_words_as_title(editor):
    desk = OnDesk(editor)
    desk.open()
    [issued] = desk.suggestions(kind="list")
    assert issued.values["item-0-title"] == "Build a bridge over the river"
    assert issued.values["is_complete"] == "false"


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("Plant trees.", "Plant trees"),
        ("Plant trees. Water them.", "Plant trees"),
        (f"Cap rents at 3 percent, which {'is more ' * 20}", "Cap rents at 3 percent"),
        (f"Cap rents, fees, {'costs, ' * 20} and taxes", ""),
        ("word " * 40, ""),
    ],
)
def test_first_words_stand_alone_or_are_not_offered(item, title):
    assert first_words(item) == title


def test_a_record_from_the_admin_is_a_card_and_is_not_suggested_again(editor):
    desk = OnDesk(editor)
    record = make_statement(
        "We will build it,",
        "Nobody will stop us.",
        article=desk.article,
        status="draft",
    )
    assert f"record-{record.uid}" in desk.open()
    assert desk.of("We will build it").record_uid == record.uid
    assert desk.suggestions(kind="statement", state="open").exists()
    assert not desk.suggestions(state="open", spans__contains=[[53, 70]]).exists()


def test_a_record_deleted_in_the_admin_is_open_again(editor):
    desk = OnDesk(editor)
    desk.open()
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    assert suggestion.state == "accepted"
    desk.article.statements.get().delete()
    desk.open()
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.record_uid) == ("open", "")


def test_a_new_version_keeps_what_was_typed_and_reads_the_rest_again(editor):
    desk = OnDesk(editor)
    desk.open()
    typed = desk.of("a bridge to nowhere")
    desk.act("keep", typed, text="Reed said “a bridge to nowhere”.")
    version = add_version(desk.article, "A first paragraph.\n\n" + TEXT)
    desk.open()
    typed.refresh_from_db()
    assert typed.version == version
    assert words(typed) == ["a bridge to nowhere"]
    assert typed.values["text"] == "Reed said “a bridge to nowhere”."
    assert {each.version for each in desk.suggestions()} == {version}
    assert (
        len([each for each in desk.suggestions() if words(each) == words(typed)]) == 1
    )


def test_a_text_without_anything_to_find_is_shown(editor):
    desk = OnDesk(editor, text="Home\nNews\nContact")
    page = desk.open()
    assert "Contact" in page
    assert not Suggestion.objects.exists()
