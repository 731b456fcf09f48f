"""Two editors of one record: the second save keeps the first one's changes in fields
that the second did not touch, and asks about what both changed.
"""

import pytest

from archive.editing import versions
from statements.models import Turn
from tests.editing.forms import change_url, errors, filled_in, send
from tests.factories import (
    make_article,
    make_listed,
    make_organization,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return make_statement(
        "We will fight,", "And we win.", status="draft", occasion="before"
    )


def asked(response):
    return {
        each.name: (each.before, each.theirs, each.mine)
        for each in response.context["merged"].conflicts
    }


def sent_again(client, response, url, **choices):
    """Sends the form that `response` shows, with the answers to its questions."""
    merged = response.context["merged"]
    hidden = [pair for each in merged.conflicts for pair in each.row]
    typed = response.wsgi_request.POST.dict() | dict(hidden)
    names = [each.name for each in merged.conflicts]
    questions = {"asked": names, "asked_since": merged.asked_since}
    choices = {f"keep-{name}": value for name, value in choices.items()}
    topics = response.wsgi_request.POST.getlist("topics")
    return client.post(url, {**typed, **questions, **choices, "topics": topics})


def test_fields_that_only_one_of_them_changed_are_all_kept(editor, second, statement):
    url = change_url(statement)
    typed = filled_in(second, url, context="to voters")
    send(editor, url, occasion="a rally", said_on="2024-12-12")
    response = second.post(url, typed, follow=True)
    statement.refresh_from_db()
    assert (statement.context, statement.occasion) == ("to voters", "a rally")
    assert str(statement.said_on) == "2024-12-12"
    assert "Edda: this record changed (Occasion: a rally" in str(
        [str(each) for each in response.context["messages"]]
    )


def test_a_field_that_both_changed_is_asked_about_side_by_side(
    editor, second, statement
):
    url = change_url(statement)
    typed = filled_in(second, url, occasion="by Sean", context="kept")
    send(editor, url, occasion="by Edda", attribution="the mayor")
    response = second.post(url, typed)
    assert asked(response) == {"occasion": ("before", "by Edda", "by Sean")}
    assert "changed the same words as you" in errors(response)
    statement.refresh_from_db()
    assert (statement.occasion, statement.context) == ("by Edda", "")
    page = response.content.decode()
    assert 'value="by Sean"' in page
    assert 'value="the mayor"' in page


@pytest.mark.parametrize(
    ("choice", "kept"), [("theirs", "by Edda"), ("mine", "by Sean")]
)
def test_the_answer_decides_and_nothing_else_is_lost(
    editor, second, statement, choice, kept
):
    url = change_url(statement)
    typed = filled_in(second, url, occasion="by Sean", context="kept")
    send(editor, url, occasion="by Edda", attribution="the mayor")
    response = second.post(url, typed)
    assert sent_again(second, response, url, occasion=choice).status_code == 302
    statement.refresh_from_db()
    assert (statement.occasion, statement.context) == (kept, "kept")
    assert statement.attribution == "the mayor"


def test_a_question_without_an_answer_is_asked_again(editor, second, statement):
    url = change_url(statement)
    typed = filled_in(second, url, occasion="by Sean")
    send(editor, url, occasion="by Edda")
    response = sent_again(second, second.post(url, typed), url)
    assert asked(response) == {"occasion": ("before", "by Edda", "by Sean")}


def test_a_third_change_meanwhile_is_asked_about_whatever_was_answered(
    editor, second, statement
):
    url = change_url(statement)
    typed = filled_in(second, url, occasion="by Sean")
    send(editor, url, occasion="by Edda")
    response = second.post(url, typed)
    send(editor, url, occasion="by Edda again")
    response = sent_again(second, response, url, occasion="mine")
    assert asked(response) == {"occasion": ("before", "by Edda again", "by Sean")}


def test_the_same_change_by_both_is_no_question(editor, second, statement):
    url = change_url(statement)
    typed = filled_in(second, url, occasion="a rally")
    send(editor, url, occasion="a rally")
    assert second.post(url, typed).status_code == 302


def test_line_ends_of_a_browser_are_no_change(editor, second):
    speaker = make_speaker(summary="One.\nTwo.")
    url = change_url(speaker)
    typed = filled_in(second, url, summary="One.\r\nTwo.", url="https://a.example/")
    send(editor, url, summary="Three.")
    assert second.post(url, typed).status_code == 302
    speaker.refresh_from_db()
    assert (speaker.summary, speaker.url) == ("Three.", "https://a.example/")


def test_topics_that_one_of_them_chose_stay(editor, second, statement):
    url, topic = change_url(statement), make_topic(name="Brevity")
    typed = filled_in(second, url, occasion="a rally")
    send(editor, url, topics=[topic.pk])
    assert second.post(url, typed).status_code == 302
    statement.refresh_from_db()
    assert (statement.occasion, statement.topics.get()) == ("a rally", topic)


def test_topics_that_both_chose_are_asked_about(editor, second, statement):
    url = change_url(statement)
    first, other = make_topic(name="Brevity"), make_topic(name="Wit")
    typed = filled_in(second, url, topics=[other.pk])
    send(editor, url, topics=[first.pk])
    response = second.post(url, typed)
    assert asked(response) == {"topics": ("", "Brevity", "Wit")}
    sent_again(second, response, url, topics="theirs")
    assert statement.topics.get() == first


def test_evidence_is_merged_like_topics(editor, second):
    position = make_position(status="draft")
    url, statement = change_url(position), make_statement()
    typed = filled_in(second, url, body=make_organization(name="Council").pk)
    send(editor, url, evidence=[statement.pk])
    assert second.post(url, typed).status_code == 302
    position.refresh_from_db()
    assert (str(position.body), position.evidence.get()) == ("Council", statement)


def test_a_passage_that_only_the_first_changed_stays_changed(editor, second, statement):
    url = change_url(statement)
    typed = filled_in(second, url, occasion="a rally")
    send(editor, url, **{"passages-1-exact": "Build a bridge."})
    assert second.post(url, typed).status_code == 302
    statement.refresh_from_db()
    assert statement.text == "We will fight, […] Build a bridge."
    assert statement.occasion == "a rally"


def test_a_passage_that_both_changed_is_asked_about(editor, second, statement):
    url = change_url(statement)
    typed = filled_in(second, url, **{"passages-1-exact": "Plant trees."})
    send(editor, url, **{"passages-1-exact": "Build a bridge."})
    response = second.post(url, typed)
    name = f"passages.{statement.passages.last().pk}.exact"
    assert asked(response) == {name: ("And we win.", "Build a bridge.", "Plant trees.")}
    assert sent_again(second, response, url, **{name: "mine"}).status_code == 302
    statement.refresh_from_db()
    assert statement.text == "We will fight, […] Plant trees."


def speaker_with_offices():
    speaker = make_speaker(name="Ann Lee")
    offices = [
        speaker.affiliations.create(
            is_published=True, title=title, known_on="2024-12-12"
        )
        for title in ("Mayor", "Senator")
    ]
    return speaker, *offices


def test_offices_are_merged_row_by_row_and_field_by_field(editor, second):
    speaker, mayor, _senator = speaker_with_offices()
    url = change_url(speaker)
    typed = filled_in(second, url, **{"affiliations-0-place": "New York"})
    send(
        editor,
        url,
        **{"affiliations-0-title": "Mayor of it", "affiliations-1-DELETE": "on"},
    )
    assert second.post(url, typed).status_code == 302
    office = speaker.affiliations.get()
    assert (office.pk, office.title, office.place) == (
        mayor.pk,
        "Mayor of it",
        "New York",
    )


def test_an_office_that_the_first_added_stays_beside_that_of_the_second(editor, second):
    speaker, *_offices = speaker_with_offices()
    url = change_url(speaker)

    def added(client, title):
        new = {"title": title, "known_on": "2024-12-12", "kind": "office"}
        new |= {f"{name}_precision": "day" for name in ("start", "end", "known")}
        rows = {f"affiliations-2-{name}": value for name, value in new.items()}
        return filled_in(client, url, **rows, **{"affiliations-TOTAL_FORMS": 3})

    typed = added(second, "Poet")
    assert editor.post(url, added(editor, "Judge")).status_code == 302
    assert second.post(url, typed).status_code == 302
    titles = {each.title for each in speaker.affiliations.all()}
    assert titles == {"Mayor", "Senator", "Judge", "Poet"}


@pytest.mark.parametrize(("choice", "count"), [("theirs", 1), ("mine", 2)])
def test_a_row_changed_by_one_and_removed_by_the_other_is_asked_about(
    editor, second, choice, count
):
    speaker, _mayor, senator = speaker_with_offices()
    url = change_url(speaker)
    typed = filled_in(second, url, **{"affiliations-1-title": "Senator of Ohio"})
    send(editor, url, **{"affiliations-1-DELETE": "on"})
    response = second.post(url, typed)
    before, theirs, mine = asked(response)[f"affiliations.{senator.pk}"]
    assert (before.split(", ")[1], theirs) == ("Senator", "")
    assert mine.split(", ")[1] == "Senator of Ohio"
    again = sent_again(second, response, url)
    assert asked(again) == asked(response)
    name = f"affiliations.{senator.pk}"
    assert sent_again(second, again, url, **{name: choice}).status_code == 302
    assert speaker.affiliations.count() == count


@pytest.mark.parametrize(
    ("choice", "kept"), [("theirs", ["Mayor", "Senator of Ohio"]), ("mine", ["Mayor"])]
)
def test_a_row_removed_by_the_second_and_changed_by_the_first_is_asked_about(
    editor, second, choice, kept
):
    speaker, _mayor, senator = speaker_with_offices()
    url, name = change_url(speaker), f"affiliations.{senator.pk}"
    typed = filled_in(second, url, **{"affiliations-1-DELETE": "on"})
    send(editor, url, **{"affiliations-1-title": "Senator of Ohio"})
    response = second.post(url, typed)
    assert asked(response)[name][2] == ""
    assert sent_again(second, response, url, **{name: choice}).status_code == 302
    assert sorted(each.title for each in speaker.affiliations.all()) == kept


def make_turn(words="We will fight,"):
    version = make_article().latest_version
    start = version.text.index(words)
    return Turn.objects.create(
        version=version, speaker=make_speaker(), start=start, end=start + len(words)
    )


def test_another_speaker_of_a_turn_leaves_its_words(editor):
    turn, other = make_turn(), make_speaker()
    assert send(editor, change_url(turn), speaker=other.pk).status_code == 302
    after = Turn.objects.get()
    assert (after.speaker, after.start, after.end) == (other, turn.start, turn.end)


def test_words_and_speaker_of_a_turn_changed_by_two_are_both_kept(editor, second):
    turn, other = make_turn(), make_speaker()
    typed = filled_in(second, change_url(turn), speaker=other.pk)
    send(editor, change_url(turn), exact="And we win.")
    assert second.post(change_url(turn), typed).status_code == 302
    after = Turn.objects.get()
    assert after.version.text[after.start : after.end] == "And we win."
    assert after.speaker == other


def test_a_version_added_by_one_does_not_stop_the_other(editor, second):
    article = make_article()
    typed = filled_in(
        second, change_url(article), summary="In short.", correction="minor"
    )
    versions.add_version(article, "Another text.")
    response = second.post(change_url(article), typed)
    assert response.status_code == 302, errors(response)
    article.refresh_from_db()
    assert (article.summary, article.versions.count()) == ("In short.", 2)


def test_an_inference_that_the_first_reworded_stays_recorded_by_the_first(
    editor, second
):
    position = make_position(
        basis="inferred", rationale="r", status="draft", recorded_by=second.account
    )
    council = make_organization(name="Council")
    typed = filled_in(second, change_url(position), body=council.pk)
    send(editor, change_url(position), rationale="She said “no”.")
    assert second.post(change_url(position), typed).status_code == 302
    position.refresh_from_db()
    assert (position.body, position.rationale) == (council, "She said “no”.")
    assert position.recorded_by == editor.account


def test_identifiers_of_a_proposal_are_merged(editor, second):
    proposal = make_listed()
    one = proposal.identifiers.create(scheme="bill", identifier="1")
    url = change_url(proposal)
    typed = filled_in(second, url, outcome="Adopted", correction="minor")
    send(editor, url, **{"identifiers-0-identifier": "2"}, correction="minor")
    assert second.post(url, typed).status_code == 302
    one.refresh_from_db()
    proposal.refresh_from_db()
    assert (one.identifier, proposal.outcome) == ("2", "Adopted")


def test_an_item_added_to_a_list_by_one_does_not_stop_the_other(editor, second):
    issued = make_listed().proposal_list
    url = change_url(issued)
    typed = filled_in(second, url, introduction="An introduction.", correction="minor")
    make_listed("Plant trees.", proposal_list=issued)
    send(editor, url, title="Ten points", correction="minor")
    assert second.post(url, typed).status_code == 302
    issued.refresh_from_db()
    assert (issued.title, issued.introduction) == ("Ten points", "An introduction.")
    assert issued.proposals.count() == 2


def test_what_became_public_meanwhile_asks_whether_it_is_a_correction(
    editor, second, statement
):
    url = change_url(statement)
    typed = filled_in(second, url, context="to voters")
    send(editor, url, occasion="a rally")
    type(statement).objects.update(status="published")
    response = second.post(url, typed)
    assert errors(response) == "correction: This field is required."
    assert 'value="a rally"' in response.content.decode()


@pytest.mark.parametrize("token", ["x", "9" * 30, "0.0.0", "."])
def test_a_token_that_was_tampered_with_loses_nothing(second, statement, token):
    url = change_url(statement)
    response = send(second, url, occasion="by Sean", state_token=token)
    assert response.status_code == 200
    assert asked(response)["occasion"][1:] == ("before", "by Sean")
