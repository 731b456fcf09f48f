"""Who may be whom, measured on tables of the three data sets and the first article:
`people.csv`, the pairs among them that are one person in `same.csv`, and how else their
names are printed in `spellings.csv`.
"""

import random
from pathlib import Path

import pytest

from archive.importing.who import finding, measuring
from archive.importing.who.judging import Verdict, judge
from archive.importing.who.persons import Office, Person, Side

FOLDER = Path(__file__).parent
PEOPLE = measuring.people(measuring.read(FOLDER / "people.csv"))
SAME = measuring.same(measuring.read(FOLDER / "same.csv"))
SPELLINGS = measuring.read(FOLDER / "spellings.csv")
FALSE_FRIENDS = [
    ("Adrienne E. Adams", "Eric Adams"),
    ("Alma S. Adams", "Adrienne E. Adams"),
    ("Nantasha M. Williams", "Jumaane D. Williams"),
    ("Roger Williams", "Nikema Williams"),
    ('Henry C. "Hank" Johnson, Jr.', "Mike Johnson"),
    ("Dusty Johnson", "Ron Johnson"),
    ("Gwen Moore", "Tim Moore"),
    ("Adam Smith", "Adrian Smith"),
    ("Mike Kelly", "Mark Kelly"),
    ("John Joyce", "David P. Joyce"),
    ("Mayor Adams", "Eric Adams"),
    ("Williams", "Jumaane D. Williams"),
]


def person(name: str, source: str = "a", **options) -> Person:
    return Person(Side(source, name), name, sources=frozenset({source}), **options)


def verdict(one: str, other: str, **options) -> Verdict:
    made = judge(person(one, "a", **options), person(other, "b"))
    assert made
    return made


def test_every_true_pair_of_the_sets_is_proposed_and_none_is_wrong():
    figure = measuring.among(PEOPLE, SAME)
    assert not figure.missed
    assert not figure.wrong
    assert not figure.proposed - figure.true


def test_other_spellings_find_their_person_and_make_no_wrong_merge():
    figure = measuring.of_spellings(PEOPLE, SPELLINGS, SAME)
    assert len(figure.true) > 150
    assert figure.recall >= 97
    assert not figure.wrong


@pytest.mark.parametrize("pair", FALSE_FRIENDS, ids=" / ".join)
def test_a_surname_alone_proposes_nobody(pair):
    assert not judge(person(pair[0], "a"), person(pair[1], "b"))
    assert not finding.pairs([person(pair[0], "a"), person(pair[1], "b")])


def test_the_order_of_the_people_does_not_change_the_pairs():
    shuffled = random.Random(3).sample(PEOPLE, len(PEOPLE))
    one, other = finding.pairs(PEOPLE), finding.pairs(shuffled)
    assert [(a.side, b.side, v) for a, b, v in one] == [
        (a.side, b.side, v) for a, b, v in other
    ]


def test_rows_and_speakers_may_change_places():
    rows, speakers = PEOPLE[:100], PEOPLE[100:]
    pairs = {frozenset((a.side, b.side)) for a, b, _v in finding.pairs(rows, speakers)}
    turned = finding.pairs(speakers, rows)
    both = {frozenset((a.side, b.side)) for a, b, _v in turned}
    across = {side.side for side in rows}
    assert {p for p in pairs if len(p & across) == 1} == {
        p for p in both if len(p & across) == 1
    }


def test_reasons_are_given_in_words():
    governor = Office("Governor", "West Virginia")
    one = person("James C. Justice II", "a", offices=(governor,))
    other = person("Jim Justice", "b", offices=(governor,))
    made = judge(one, other)
    assert made.reasons == (
        "same surname, James and Jim are forms of one name",
        "both Governor, West Virginia",
    )
    assert not made.is_certain


def test_the_same_identifier_is_certain_whatever_the_name():
    wikidata = frozenset({("wikidata", "Q1")})
    one = person("A. Lee", "a", identifiers=wikidata)
    made = judge(one, person("Somebody", "b", identifiers=wikidata))
    assert made.is_certain
    assert made.reasons == ("the same wikidata identifier, Q1",)


def test_two_identifiers_of_one_scheme_speak_against_an_equal_name():
    one = person("Ann Lee", "a", identifiers=frozenset({("wikidata", "Q1")}))
    other = person("Ann Lee", "b", identifiers=frozenset({("wikidata", "Q2")}))
    made = judge(one, other)
    assert made.against == ("two wikidata identifiers, Q1 and Q2",)
    assert not made.is_certain


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("John Smith Jr.", "John Smith II", "II against Jr."),
        ("John A. Smith", "John B. Smith", "middle names differ: A. and B."),
    ],
)
def test_what_tells_two_names_apart_is_said(one, other, sentence):
    assert sentence in verdict(one, other).against
    assert not verdict(one, other).is_certain


def test_two_rows_of_one_source_are_proposed_but_not_certain():
    made = judge(person("Pierina Ana P. Sanchez"), person("Pierina Ana Sanchez"))
    assert "both are rows of one source, a" in made.against
    assert not judge(person("Mike Johnson"), person("Mike Johnston"))


def test_a_nickname_of_the_source_counts():
    made = verdict("Eric Crawford", "Chip Crawford", nicknames=("Chip",))
    assert "“Chip” is a nickname" in made.reasons[0]


def test_a_person_and_an_organization_of_one_name_are_not_certain():
    one = person("Lee", "a", kind="organization")
    made = judge(one, person("Lee", "b"))
    assert made.against == ("kinds differ: organization and person",)


def test_organizations_are_compared_by_their_words():
    options = {"kind": "organization"}
    one = person("The New York City Council", "a", **options)
    other = person("New York City Councll", "b", **options)
    assert finding.pairs([one, other])
    other = person("Los Angeles City Council", "b", **options)
    assert not finding.pairs([one, other])
