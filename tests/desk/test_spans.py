"""Words are selected, moved, split and merged; the text shows which cards take them."""

import pytest

from archive.desk.text import paragraphs
from statements.models import Statement
from tests.desk.helpers import TEXT, OnDesk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    desk = OnDesk(editor)
    desk.open()
    return desk


def words(suggestion):
    return [suggestion.version.text[start:end] for start, end in suggestion.spans]


def span(text):
    return {"start": TEXT.index(text), "end": TEXT.index(text) + len(text)}


def newest(desk):
    return desk.suggestions().order_by("-pk").first()


def test_selected_words_become_a_card_that_is_open(desk):
    response = desk.act("add:statement", **span("asked the council to build a bridge"))
    made = newest(desk)
    assert words(made) == ["asked the council to build a bridge"]
    assert made.values["form"] == "indirect"
    assert response["Location"].endswith(f"?open={made.pk}#card-{made.pk}")


def test_words_selected_with_their_marks_are_a_direct_quotation_without_them(desk):
    desk.act("add:statement", **span("“It is safe,”"))
    made = newest(desk)
    assert (words(made), made.values["form"]) == (["It is safe,"], "direct")


def test_words_selected_with_single_marks_are_a_quotation_without_them(editor):
    text = "Lee said: ‘The council’s plan is safe,’ and left."
    desk = OnDesk(editor, text=text)
    desk.open()
    desk.act("add:statement", start=10, end=39)
    made = newest(desk)
    assert (words(made), made.values["form"]) == (
        ["The council’s plan is safe,"],
        "direct",
    )


def test_words_can_be_pasted_instead_of_selected(desk):
    desk.act("add:proposal", words="build a bridge.")
    assert words(newest(desk)) == ["build a bridge."]
    refusal = desk.act("add:proposal", words="build a tunnel")
    assert "do not occur in the text" in refusal.content.decode()


def test_a_statement_made_of_selected_words_is_saved_with_them(desk):
    desk.act("add:statement", **span("asked the council to build a bridge"))
    desk.act(
        "accept",
        newest(desk),
        text="Lee wants a bridge.",
        speaker="new:person:Ann Lee",
    )
    passage = Statement.objects.get().passages.get()
    assert passage.exact == "asked the council to build a bridge"


def test_a_proposal_outside_a_list(desk):
    desk.act("add:proposal", **span("build a bridge"))
    made = newest(desk)
    desk.act(
        "accept",
        made,
        title="Build a bridge",
        text="Build a bridge over the river.",
        speaker_other="Ann Lee",
    )
    [proposal] = desk.article.proposals.all()
    assert (proposal.title, proposal.proposed_by.name) == ("Build a bridge", "Ann Lee")
    assert proposal.passages.get().exact == "build a bridge"


@pytest.mark.parametrize(
    ("do", "after"),
    [
        ("move:1:end:-2", ["We will build it,", "Nobody will stop"]),
        ("move:1:start:1", ["We will build it,", "will stop us."]),
        ("move:0:end:-2", ["We will build", "Nobody will stop us."]),
        ("drop:0", ["Nobody will stop us."]),
    ],
)
def test_ends_move_by_words(desk, do, after):
    suggestion = desk.of("We will build it")
    desk.act(do, suggestion)
    assert words(suggestion) == after


def test_ends_are_dragged_to_any_character(desk):
    suggestion = desk.of("We will build it")
    desk.act("move:1", suggestion, **span("Nobody will"))
    assert words(suggestion) == ["We will build it,", "Nobody will"]


def test_two_passages_cannot_overlap(desk):
    suggestion = desk.of("We will build it")
    response = desk.act("move:1", suggestion, **span("build it,” Lee said. “Nobody"))
    assert response.status_code == 422
    assert words(suggestion) == ["We will build it,", "Nobody will stop us."]


def test_moved_ends_of_an_accepted_card_are_saved_with_it(desk):
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    desk.act("drop:1", suggestion)
    desk.act("accept", suggestion)
    assert Statement.objects.get().text == "We will build it,"


def test_a_card_is_split_and_merged_again(desk):
    suggestion = desk.of("We will build it")
    desk.act("split", suggestion, occasion="A rally")
    second = desk.of("Nobody will stop us.")
    assert words(suggestion) == ["We will build it,"]
    assert second.values["occasion"] == "A rally"
    desk.act("merge", suggestion)
    second.refresh_from_db()
    assert words(suggestion) == ["We will build it,", "Nobody will stop us."]
    assert second.state == "rejected"


def test_a_split_is_undone(desk):
    suggestion = desk.of("We will build it")
    count = desk.suggestions().count()
    desk.act("split", suggestion)
    assert desk.suggestions().count() == count + 1
    desk.act("back", suggestion)
    assert words(suggestion) == ["We will build it,", "Nobody will stop us."]
    assert desk.suggestions().count() == count


def test_a_split_is_not_undone_once_its_second_part_is_accepted(desk):
    suggestion = desk.of("We will build it")
    desk.act("split", suggestion)
    desk.act("accept", desk.of("Nobody will stop us."))
    response = desk.act("back", suggestion)
    assert "second part has been worked on" in response.content.decode()
    assert Statement.objects.exists()


def test_a_merger_is_undone(desk):
    first = desk.of("a bridge to nowhere")
    second = desk.of("that it would cost too much")
    desk.act("merge", first)
    second.refresh_from_db()
    assert (len(first.spans), second.state) == (2, "rejected")
    desk.act("back", first)
    second.refresh_from_db()
    assert (words(first), second.state) == (["a bridge to nowhere"], "open")


def test_each_change_of_the_words_is_undone_in_turn(desk):
    [issued] = desk.suggestions(kind="list")
    before, values = words(issued), dict(issued.values)
    desk.act("move:1:end:-1", issued)
    desk.act("drop:0", issued)
    desk.act("back", issued)
    assert len(words(issued)) == 2
    desk.act("back", issued)
    assert words(issued) == before
    assert {**issued.values, "earlier": []} == {**values, "earlier": []}
    assert "have not been changed" in desk.act("back", issued).content.decode()


def test_moved_ends_of_an_accepted_card_wait_for_it_to_be_saved(desk):
    suggestion = desk.of("We will build it")
    desk.act("accept", suggestion)
    desk.act("drop:1", suggestion)
    assert "Not saved in the record yet" in desk.open()
    suggestion.refresh_from_db()
    assert words(suggestion) == ["We will build it,"]
    desk.act("accept", suggestion)
    assert "Not saved in the record yet" not in desk.open()
    assert Statement.objects.get().text == "We will build it,"


def test_selected_words_are_added_to_a_card(desk):
    suggestion = desk.of("We will build it")
    desk.act("drop:1", suggestion)
    desk.act("passage", suggestion, **span("Nobody will stop us."))
    assert words(suggestion) == ["We will build it,", "Nobody will stop us."]


def test_an_item_left_out_of_a_list_takes_its_title_along(desk):
    [issued] = desk.suggestions(kind="list")
    desk.act("drop:0", issued)
    assert words(issued) == ["Plant trees along both banks."]
    assert issued.values["item-0-title"] == "Plant trees along both banks"


@pytest.mark.parametrize(
    "data",
    [
        {"start": "9" * 30, "end": "1"},
        {"start": "-1", "end": "5"},
        {"start": "7", "end": "7"},
        {"words": ""},
        {"words": "\x00"},
    ],
)
def test_a_span_that_is_none_is_refused_in_words(desk, data):
    response = desk.act("add:statement", **data)
    assert response.status_code == 422
    assert "errornote" in response.content.decode()


@pytest.mark.parametrize(
    "do", ["", "burn", "add:article", "move:9:end:1", "move:x", "accept:record:0"]
)
def test_an_action_that_is_none_is_no_fault_of_ours(desk, do):
    response = desk.act(do, desk.of("It is safe"))
    assert response.status_code in (404, 422)


def test_another_person_sees_what_changed(desk, second):
    suggestion = desk.of("We will build it")
    before = second.get(f"{desk.url}changes/").json()
    assert second.get(f"{desk.url}changes/", {"since": before["stamp"]}).json() == {
        "stamp": before["stamp"]
    }
    desk.act("accept", suggestion)
    after = second.get(f"{desk.url}changes/", {"since": before["stamp"]}).json()
    differ = [
        key for key, each in after["tokens"].items() if each != before["tokens"][key]
    ]
    assert differ == [str(suggestion.pk)]
    answer = second.get(f"{desk.url}changes/", {"card": differ}).json()
    assert "accepted" in answer["cards"][str(suggestion.pk)]
    assert answer["order"] == list(desk.suggestions().values_list("pk", flat=True))


def test_a_fetched_action_answers_with_the_cards_it_changed(desk):
    suggestion = desk.of("We will build it")
    answer = desk.fetch("accept", suggestion)
    assert answer["focus"] == suggestion.pk
    assert answer["order"] == list(desk.suggestions().values_list("pk", flat=True))
    refused = desk.fetch("accept", desk.of("It is safe"))
    assert refused["refused"]
    assert "Choose who speaks" in refused["cards"][str(desk.of("It is safe").pk)]


def test_marks_split_the_text_into_runs_and_lose_nothing():
    text = "One two three.\n\nFour five."
    marks = [(4, 13, 1, "open"), (8, 13, 2, "accepted"), (16, 20, 3, "accepted")]
    lines = list(paragraphs(text, marks))
    assert [line.start for line in lines] == [0, 16]
    assert "".join(run.text for run in lines[0].runs) == "One two three."
    assert [(run.text, run.cards) for run in lines[0].runs] == [
        ("One ", ()),
        ("two ", (1,)),
        ("three", (1, 2)),
        (".", ()),
    ]
    assert [(run.text, run.state) for run in lines[1].runs] == [
        ("Four", "accepted"),
        (" five.", ""),
    ]


def test_the_page_shows_the_text_character_for_character(editor):
    text = "  Two blanks, <b>bold</b> & “marks”.\nA 🗽 statue."
    page = OnDesk(editor, text=text).open()
    assert "  Two blanks, &lt;b&gt;bold&lt;/b&gt; &amp; “marks”." in page
    assert 'data-start="37"' in page


def test_words_of_a_speech_are_its_speakers_without_quotation_marks(editor):
    desk = OnDesk(editor, text="My friends, we will win.\nThank you.", kind="speech")
    desk.open()
    desk.act("turn", turn_speaker="Ann Lee")
    assert "Ann Lee" in desk.open()
    desk.act("add:statement", words="My friends, we will win.")
    [made] = desk.suggestions()
    assert made.values["form"] == "direct"
    desk.act("accept", made)
    statement = Statement.objects.get()
    assert (statement.speaker.name, statement.text) == (
        "Ann Lee",
        "My friends, we will win.",
    )


def test_a_turn_without_a_speaker_or_with_foreign_words_is_refused(desk):
    assert "Choose who speaks" in desk.act("turn").content.decode()
    data = {"turn_speaker": "Ann Lee", "turn_words": "words of another text"}
    response = desk.act("turn", **data)
    assert "do not occur" in response.content.decode()
    assert not desk.article.versions.get().turns.exists()


def test_a_contributor_adds_no_turn(contributor):
    desk = OnDesk(contributor)
    desk.open()
    assert desk.act("turn", turn_speaker="Ann Lee").status_code == 403
