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


def test_another_person_sees_what_changed_since(desk, second):
    suggestion = desk.of("We will build it")
    stamp = second.get(f"{desk.url}changes/?open={suggestion.pk}").json()["stamp"]
    desk.act("accept", suggestion)
    answer = second.get(f"{desk.url}changes/", {"since": stamp}).json()
    assert "accepted" in answer["cards"][str(suggestion.pk)]
    assert second.get(f"{desk.url}changes/?since=x").json().keys() == {"order"}


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
