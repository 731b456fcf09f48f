"""Who a name stands for: never a silent merge of two people."""

import pytest

from statements.models import Speaker
from tests.factories import make_proposal, make_speaker
from tests.importing.helpers import counts

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return sorted(Speaker.objects.values_list("name", flat=True))


def test_exactly_the_same_name_is_linked(bring):
    make_speaker(name="Ann Lee")
    outcome = bring("speakers", "id,name\na,Ann Lee\n")
    assert counts(outcome) == {"linked": 1}
    assert names() == ["Ann Lee"]


def test_another_name_of_a_speaker_is_linked(bring):
    make_speaker(name="Ann Lee", other_names="A. Lee\nAnnie O’Lee")
    assert counts(bring("speakers", "id,name\na,annie o'lee\n")) == {"linked": 1}


def test_two_speakers_of_one_name_are_named_as_candidates(bring):
    make_speaker(name="Ann Lee"), make_speaker(name="Ann Lee")
    (line,) = bring.refused("speakers", "id,name\na,Ann Lee\n")
    assert line.startswith(
        "file.csv, line 2, column name: “Ann Lee” may be Ann Lee (ann-lee): the same "
        "name; Ann Lee (ann-lee-2): the same name."
    )
    assert "same_as" in line


def test_a_nearly_equal_name_must_be_decided(bring):
    make_speaker(name="Jumaane D. Williams")
    (line,) = bring.refused("speakers", "id,name\nw,Jumaane Williams\n")
    assert (
        "“Jumaane Williams” may be Jumaane D. Williams (jumaane-d-williams): same "
        "surname, same first name."
    ) in line


def test_accents_alone_are_nearly_the_same(bring):
    make_speaker(name="Alexa Avilés")
    assert "accents" in bring.refused("speakers", "id,name\na,Alexa Aviles\n")[0]


def test_same_as_decides_that_it_is_the_same(bring):
    speaker = make_speaker(name="Jumaane D. Williams")
    text = f"id,name,same_as\nw,Jumaane Williams,{speaker.slug}\n"
    assert counts(bring("speakers", text)) == {"linked": 1}


def test_same_as_new_decides_that_it_is_another(bring):
    make_speaker(name="Ann Lee")
    bring("speakers", "id,name,same_as\na,Ann Lee,new\n")
    assert names() == ["Ann Lee", "Ann Lee"]


def test_the_map_decides_by_the_id_of_the_row(bring):
    make_speaker(name="Ann Lee")
    bring("speakers", "id,name\na,Ann Lee\n", map='[same_as]\na = "new"\n')
    assert names() == ["Ann Lee", "Ann Lee"]


def test_a_decision_for_a_speaker_who_is_not_there_is_refused(bring):
    (line,) = bring.refused("speakers", "id,name,same_as\na,Ann,nobody\n")
    assert "no speaker with the slug or uid “nobody”" in line


def test_a_decision_holds_in_the_next_import(bring):
    make_speaker(name="Ann Lee")
    text = "id,name,same_as\na,Ann Lee,new\n"
    bring("speakers", text)
    assert counts(bring("speakers", text)) == {"unchanged": 1}


def test_the_same_wikidata_identifier_is_the_same_person(bring):
    make_speaker(name="Jim Justice", wikidata_id="Q6196719")
    text = "id,name,wikidata\nJ1,James C. Justice,Q6196719\n"
    assert counts(bring("speakers", text)) == {"linked": 1}


def test_another_wikidata_identifier_is_another_person_of_the_same_name(bring):
    make_speaker(name="Ann Lee", wikidata_id="Q1")
    assert bring.refused("speakers", "id,name,wikidata\na,Ann Lee,Q2\n")


def test_two_rows_of_a_source_are_not_made_one_speaker(bring):
    make_speaker(name="Ann Lee", other_names="Annie Lee")
    lines = bring.refused("speakers", "id,name\na,Ann Lee\nb,Annie Lee\n")
    assert len(lines) == 1
    assert "This row and line 2 would be the same speaker" in lines[0]


def test_a_source_tells_its_own_people_apart(bring):
    bring("speakers", "id,name\na,Mike Johnson\n")
    outcome = bring("speakers", "id,name\na,Mike Johnson\nb,Mike Johnston\n")
    assert counts(outcome) == {"created": 1, "unchanged": 1}


def test_an_unknown_name_in_a_position_names_who_is_nearly_called_so(bring):
    make_speaker(name="Brad Lander")
    proposal = make_proposal()
    head = "proposal_uid,speaker,stance,basis\n"
    (line,) = bring.refused(
        "positions", f"{head}{proposal.uid},Brad Landers,opposes,reported\n"
    )
    assert line == (
        "file.csv, line 2, column speaker: The archive has no speaker “Brad Landers”. "
        "Nearly the same: Brad Lander (brad-lander)."
    )


def test_a_name_that_two_speakers_have_must_be_told_apart_in_a_position(bring):
    make_speaker(name="Ann Lee"), make_speaker(name="Ann Lee")
    proposal = make_proposal()
    head = "proposal_uid,speaker,stance,basis\n"
    (line,) = bring.refused(
        "positions", f"{head}{proposal.uid},Ann Lee,opposes,reported\n"
    )
    assert "any of ann-lee, ann-lee-2" in line
    assert "speaker_uid" in line


def test_an_id_that_the_source_does_not_have_is_a_dangling_reference(bring):
    proposal = make_proposal()
    head = "proposal_uid,speaker_id,stance,basis\n"
    (line,) = bring.refused("positions", f"{head}{proposal.uid},x,opposes,reported\n")
    assert line == (
        "file.csv, line 2, column speaker_id: The source “test” has no speaker with "
        "the id “x”. Import speakers first."
    )
