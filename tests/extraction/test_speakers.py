"""Who speaks: known speakers, candidates, roles, and what the engine leaves
undecided.
"""

from archive.extraction import Kind, Naming, extract

TEXT = "Harrow said the pier is old. “We will mend it,” the mayor said."


def test_a_known_speaker_gives_a_surname_its_full_name() -> None:
    (statement, *_) = extract(
        TEXT, known_speakers=["Delia Harrow", "Piet Oakes"]
    ).statements
    assert statement.speaker.name == "Delia Harrow"
    assert statement.speaker.known


def test_a_surname_two_known_speakers_share_is_left_as_printed() -> None:
    (statement, *_) = extract(
        TEXT, known_speakers=["Delia Harrow", "Jonas Harrow"]
    ).statements
    assert statement.speaker.name == "Harrow"
    assert not statement.speaker.known


def test_a_title_nobody_holds_in_the_text_names_nobody() -> None:
    statement = extract(TEXT).statements[-1]
    assert statement.speaker.name is None
    assert statement.speaker.naming is Naming.NOMINAL


def test_of_two_equal_candidates_neither_is_chosen_and_both_are_offered() -> None:
    text = (
        "Judith Amberley and Frances Colloway opened the clinic.\n“It took nine "
        "years,” she said."
    )
    speaker = extract(text).statements[0].speaker
    assert speaker.name is None
    assert {c.name for c in speaker.candidates} == {
        "Judith Amberley",
        "Frances Colloway",
    }


def test_a_pronoun_is_less_certain_than_a_name() -> None:
    text = (
        "Sheriff Angus Tolliver praised Karl Weems.\n“He saved us,” he said. “He "
        "swam,” Tolliver said."
    )
    first, second = extract(text).statements
    assert first.speaker.name == second.speaker.name == "Angus Tolliver"
    assert first.speaker.confidence < second.speaker.confidence


def test_the_role_printed_in_the_text_comes_with_the_speaker() -> None:
    text = "Salka Brandt, the transit chief for the capital, said the trams will run."
    (statement,) = extract(text).statements
    assert statement.speaker.role is not None
    assert statement.speaker.role.exact == "transit chief for the capital"


def test_people_come_with_all_their_places_and_roles() -> None:
    text = "Governor Hugh Penhallow met Salka Brandt. Penhallow smiled."
    first, second = extract(text).people
    assert (first.name, [p.exact for p in first.mentions]) == (
        "Hugh Penhallow",
        ["Hugh Penhallow", "Penhallow"],
    )
    assert [r.exact for r in first.roles] == ["Governor"]
    assert second.kind is Kind.PERSON


def test_a_partial_quotation_comes_with_the_clause_around_it() -> None:
    text = "Anselm Crowe said the tunnel is “forty years late” and too long."
    (statement,) = extract(text).statements
    assert statement.clause is not None
    assert statement.clause.exact == "the tunnel is “forty years late” and too long"
