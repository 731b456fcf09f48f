"""Synonyms: words that mean the same for a search."""

import pytest

from archive.search import parse
from archive.search.synonyms import Thesaurus

JAIL = ["jail", "prison", "Rikers"]
PERMIT = ["work permit", "work authorization"]


def synonyms(typed, *groups):
    return Thesaurus(groups).expanded(parse(typed)).synonyms


@pytest.mark.parametrize("typed", ["jail", "Jails", "a jail in the city"])
def test_a_word_has_the_others_of_its_group_in_any_form(typed):
    assert synonyms(typed, JAIL) == ["prison", "Rikers"]


def test_several_words_are_one_entry_and_keep_their_place():
    text = Thesaurus([PERMIT]).expanded(parse("new work permits now"))
    assert [group.texts for group in text.groups] == [
        ("new",),
        ("work permits",),
        ("now",),
    ]
    assert text.synonyms == ["work authorization"]


def test_the_longest_entry_is_taken():
    assert synonyms("work permit", ["work", "job"], PERMIT) == ["work authorization"]


def test_two_groups_with_one_word_add_up_without_joining():
    groups = [JAIL, ["Rikers", "the island"]]
    assert synonyms("Rikers", *groups) == ["jail", "prison", "the island"]
    assert synonyms("jail", *groups) == ["prison", "Rikers"]


@pytest.mark.parametrize(
    "typed", ['"jail"', "-jail", "jail OR bail", "word " * 13 + "jail"]
)
def test_a_phrase_an_operator_and_pasted_text_have_no_synonyms(typed):
    assert synonyms(typed, JAIL) == []


def test_what_was_typed_stays_what_it_was():
    text = Thesaurus([JAIL]).expanded(parse("jail"))
    assert text.typed == "jail"
    assert not text.has_operators
