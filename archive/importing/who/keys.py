"""The keys under which a person is looked up: two persons who share none are not
compared. They keep the work linear.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from archive.importing.who.names import Name
from archive.importing.who.nicknames import forms
from archive.importing.who.persons import Person

SHORTEST = 4  # letters of a word whose spelling may be wrong by one
VOWELS = str.maketrans("", "", "aeiouyhw")


def keys(person: Person) -> frozenset[str]:
    made = {f"={name}" for name in person.exact_names}
    made |= {f"#{scheme} {value}" for scheme, value in person.identifiers}
    for name in person.names:
        made |= set(_of_name(name, person) if person.is_person else _of_group(name))
    return frozenset(made)


def given_names(name: Name, person: Person) -> frozenset[str]:
    """All names that somebody may call the person."""
    return frozenset({name.first, *name.called, *person.called} - {""})


def _of_name(name: Name, person: Person) -> Iterator[str]:
    if not name.first:
        return
    yield f"*{' '.join(sorted(name.words))}"
    surnames = name.surnames | name.other_surnames
    given = {each for called in given_names(name, person) for each in forms(called)}
    for surname in surnames:
        yield from (f"{each} {surname}" for each in given)
        yield f"{name.first[0]}. {surname}"
    yield from (f"{each[0]}. {name.last}" for each in person.called)
    yield f"~{_skeleton(name.first)} {_skeleton(name.last)}"
    yield from (f"{name.first}~{part}" for part in _shortened(name.last))
    yield from (f"{part}~{name.last}" for part in _shortened(name.first))


def _of_group(name: Name) -> Iterator[str]:
    yield f"*{' '.join(sorted(name.words))}"
    for word in name.words:
        if len(word) >= SHORTEST:
            yield f"+{word}"
            yield from (f"+{part}" for part in _shortened(word))


def _shortened(word: str) -> list[str]:
    """The word, and the word without one of its letters: two words that differ by one
    letter share one of them.
    """
    if len(word) < SHORTEST:
        return []
    return [word, *(word[:index] + word[index + 1 :] for index in range(len(word)))]


def _skeleton(word: str) -> str:
    """The first letter and the consonants, each once: Willams and Williams."""
    rest = word[1:].translate(VOWELS)
    return word[:1] + "".join(letter for letter, _run in groupby(rest))
