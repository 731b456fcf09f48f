"""What the shipped files hold: each trap of their sources."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from archive.importing import sets
from tests.importing.sets import files
from tests.importing.sets.files import CONGRESS, COUNCIL, SPEECHES


def by_id(name, file):
    return {row["id"]: row for row in files.rows(name, file)}


def test_together_they_are_small_enough_for_the_repository():
    assert sum(path.stat().st_size for path in files.FOLDER.rglob("*")) < 2_000_000


@pytest.mark.parametrize("name", sets.names())
def test_a_set_names_its_licence_credit_and_source(name):
    chosen = sets.read(name)
    assert chosen.licence
    assert chosen.credit
    assert chosen.url.startswith("https://github.com/")
    assert all(path.exists() for each in chosen.files for path in each.paths)


def test_a_paragraph_that_is_wholly_another_s_words_is_left_out():
    ids = {row["id"] for row in files.rows(SPEECHES, "statements.csv.xz")}
    others = {
        *("illinois-2019 4869", "illinois-2019 5157", "kentucky-2019 14951"),
        *("ohio-2019 3048", "ohio-2019 23899", "tennessee-2019 1824"),
        *("tennessee-2019 2029", "utah-2019 15627", "wyoming-2019 856"),
    }
    assert not ids & others
    assert len(ids) == 6781


def test_the_editor_s_note_of_kentucky_is_nobody_s_statement_and_no_turn():
    (note,) = [
        (row["text"].index("[Editor"), row["text"].index("parents.]") + 9, row)
        for row in files.rows(SPEECHES, "articles.jsonl.xz")
        if row["id"] == "kentucky-2019"
    ]
    start, end, row = note
    spans = [
        *zip(row["turn_start"].split("; "), row["turn_end"].split("; "), strict=True),
        *(
            (each["start"], each["end"])
            for each in files.rows(SPEECHES, "statements.csv.xz")
            if each["article_id"] == "kentucky-2019" and ";" not in each["start"]
        ),
    ]
    assert len(spans) > 100
    assert all(int(b) <= start or int(a) >= end for a, b in spans)


def test_a_speech_printed_as_one_quotation_stays_the_governor_s_own():
    ids = [row["article_id"] for row in files.rows(SPEECHES, "statements.csv.xz")]
    assert Counter(ids)["massachusetts-2019"] == 118


def test_every_statement_stands_in_its_speech_without_blanks_around_it():
    texts = by_id(SPEECHES, "articles.jsonl.xz")
    for row in files.rows(SPEECHES, "statements.csv.xz"):
        spans = zip(row["start"].split("; "), row["end"].split("; "), strict=True)
        for start, end in spans:
            words = texts[row["article_id"]]["text"][int(start) : int(end)]
            assert words == words.strip() != ""


def test_a_year_stays_a_year():
    speeches = files.rows(SPEECHES, "articles.jsonl.xz")
    assert {row["published_on"] for row in speeches} == {"2019"}
    terms = files.rows(SPEECHES, "affiliations.csv.xz")
    assert {row["known_on"] for row in terms} == {"2019"}


def test_both_spellings_of_a_party_are_one_organization():
    parties = [
        row["organization_id"]
        for name in (SPEECHES, CONGRESS)
        for row in files.rows(name, "affiliations.csv.xz")
        if row["kind"] == "party"
    ]
    assert Counter(parties) == {
        "republican-party": 27 + 274,
        "democratic-party": 23 + 260,
        "": 3,
    }


def test_an_independent_belongs_to_no_organization():
    terms = by_id(CONGRESS, "affiliations.csv.xz")
    sanders = terms["S000033 party"]
    assert (sanders["title"], sanders["organization_id"]) == ("Independent", "")


def test_district_zero_is_the_whole_state_and_senators_have_none():
    terms = by_id(CONGRESS, "affiliations.csv.xz")
    places = Counter(row["place"].split(", ")[-1] for row in terms.values())
    assert places["at large"] == 12
    assert "C000127 district" not in terms
    assert terms["C000127 office"]["place"] == "Washington"


def test_nicknames_and_suffixes_are_other_names():
    members = by_id(CONGRESS, "speakers.csv.xz")
    assert members["J000288"]["name"] == 'Henry C. "Hank" Johnson, Jr.'
    assert "Hank Johnson" in members["J000288"]["other_names"]
    assert "Emanuel Cleaver II" in members["C001061"]["other_names"]
    assert members["W000797"]["sort_name"] == "Wasserman Schultz, Debbie"


def test_two_records_of_one_member_are_one_person():
    members = by_id(COUNCIL, "speakers.csv.xz")
    assert "pierina-ana-p-sanchez" not in members
    counts = Counter(row["speaker_id"] for row in files.positions())
    assert members["pierina-ana-sanchez"]["other_names"] == "Pierina Ana P. Sanchez"
    assert counts["pierina-ana-sanchez"] > 1300
    assert not counts["pierina-ana-p-sanchez"]


def test_the_latest_role_is_only_known_on_the_day_of_the_mirror():
    terms = by_id(COUNCIL, "affiliations.csv.xz")
    speaker = terms["julie-menin office"]
    assert (speaker["start"], speaker["known_on"]) == ("", "2026-08")
    assert terms["julie-menin member"]["title"] == "Council Member"
    assert "adrienne-e-adams office" not in terms


def test_a_first_term_is_not_taken_for_the_start_of_this_one():
    terms = by_id(COUNCIL, "affiliations.csv.xz")
    away = {
        row["speaker_id"] for row in terms.values() if "" < row["known_on"] < "2026"
    }
    assert away == {
        *("darlene-mealy", "gale-a-brewer", "james-f-gennaro", "simcha-felder"),
    }


def test_a_prime_sponsor_put_it_forward_and_has_no_position_by_it():
    assert sum(bool(row["proposed_by_id"]) for row in files.proposals()) == 2729
    assert len(files.positions()) == 64_990 == 67_719 - 2_729
    assert Counter(row["stance"] for row in files.positions()) == {
        "supports": 63_649,
        "opposes": 1_190,
        "abstains": 151,
    }


def test_the_demo_has_every_vote_on_the_disputed_proposals():
    demo = files.rows(COUNCIL, "proposals-disputed.jsonl.xz")
    against = Counter(
        row["proposal_id"] for row in files.positions() if row["stance"] != "supports"
    )
    most = {proposal for proposal, count in against.items() if count >= 10}
    assert {row["id"] for row in demo} == most
    assert len(most) == 55
    votes = files.rows(COUNCIL, "positions-disputed.csv.xz")
    assert len(votes) == sum(row["proposal_id"] in most for row in files.positions())


def test_the_number_of_a_law_and_its_subject_stand_apart_in_a_title():
    titles = [
        row["title"] for row in files.rows(COUNCIL, "proposals-disputed.jsonl.xz")
    ]
    (law,) = [title for title in titles if title.startswith("Local Law")]
    assert law.startswith("Local Law 061 of 2026: Establishment of compensation")


def test_a_set_is_not_built_into_a_folder_without_the_words_of_topics(tmp_path):
    for name in sets.names():
        (tmp_path / name).mkdir()
    with pytest.raises(CommandError, match="no topics"):
        call_command("build_sets", tmp_path, into=tmp_path)
