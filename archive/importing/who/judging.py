"""What speaks for two records being one person, and what against, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from archive.editing.similar import ALIKE
from archive.importing.who.keys import given_names
from archive.importing.who.names import Name, is_initial
from archive.importing.who.nicknames import forms, is_given_name
from archive.importing.who.persons import Person

# How much a name says. From CERTAIN on nobody is asked, if nothing speaks against it.
IDENTIFIER, CERTAIN, EQUAL, FULL, FORM, WEAK = 6, 5, 4, 3, 2, 1
DIFFERENT_ID = 4  # what it weighs against them
SINGLE = frozenset({"wikidata"})  # schemes of which a person has one identifier
SPELLED = 0.4  # trigram similarity of two words that may be one, misspelled


@dataclass(frozen=True)
class Verdict:
    """`level` is one of the numbers above, the strongest that holds."""

    level: int
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    weight: int = 0  # the level less what speaks against it

    @property
    def is_certain(self) -> bool:
        return self.level == IDENTIFIER or (self.level >= CERTAIN and not self.against)


def judge(one: Person, other: Person) -> Verdict | None:
    """None if they are not worth asking about. The order of the two does not matter."""
    one, other = sorted((one, other), key=lambda each: each.side)
    level, reason = _names(one, other)
    shared = one.identifiers & other.identifiers
    reasons = [f"the same {scheme} identifier, {v}" for scheme, v in sorted(shared)]
    if shared:
        level = IDENTIFIER
    if reason:
        reasons.append(reason)
    if not level:
        return None
    against = list(_against(one, other))
    weight = level - sum(each for each, _sentence in against)
    if weight <= 0:
        return None
    sentences = tuple(sentence for _weight, sentence in against)
    return Verdict(level, (*reasons, *_offices(one, other)), sentences, weight)


def _names(one: Person, other: Person) -> tuple[int, str]:
    if one.exact_names & other.exact_names:
        same_name = one.name.casefold() == other.name.casefold()
        return CERTAIN, "the same name" if same_name else "a name of one is the other’s"
    if one.is_person != other.is_person:
        return 0, ""
    compare = _persons if one.is_person else _groups
    pairs = product(one.names, other.names)
    return max((compare(a, b, one, other) for a, b in pairs), key=lambda each: each[0])


def _groups(a: Name, b: Name, _one: Person, _other: Person) -> tuple[int, str]:
    if a.words == b.words:
        return EQUAL, "the same name but for accents, capitals or punctuation"
    if sorted(a.words) == sorted(b.words):
        return FULL, "the same words in another order"
    likeness = similarity(a.plain, b.plain)
    return (WEAK, _alike("names", likeness)) if likeness >= ALIKE else (0, "")


def _persons(a: Name, b: Name, one: Person, other: Person) -> tuple[int, str]:
    if a.words and a.words == b.words:
        return EQUAL, "the same name but for accents, titles, suffixes or punctuation"
    if not (a.first and b.first):
        return 0, ""
    if sorted(a.words) == sorted(b.words):
        return FULL, "the same words in another order"
    surname, surname_reason = _surnames(a, b)
    given, given_reason = _given(a, b, one, other)
    if not (surname and given) or surname == given == WEAK:
        likeness = similarity(a.plain, b.plain) if surname or given else 0
        is_typo = _is_typo(a, b, likeness)
        return (WEAK, _alike("names", likeness)) if is_typo else (0, "")
    return min(surname, given), f"{surname_reason}, {given_reason}"


def _is_typo(a: Name, b: Name, likeness: float) -> bool:
    if likeness < ALIKE or is_initial(a.first) or is_initial(b.first):
        return False
    if a.first != b.first and is_given_name(a.first) and is_given_name(b.first):
        return False
    return all(
        similarity(*words) >= SPELLED
        for words in ((a.first, b.first), (a.last, b.last))
    )


def _surnames(a: Name, b: Name) -> tuple[int, str]:
    if a.last == b.last or a.last.replace("-", "") == b.last.replace("-", ""):
        return FULL, "same surname"
    ours, theirs = a.surnames, b.surnames
    if ours & theirs:
        return FORM, "forms of one surname"
    if (ours & b.other_surnames) or (theirs & a.other_surnames):
        return FORM, "the surname of one is part of the other’s name"
    if similarity(a.last, b.last) >= ALIKE:
        return WEAK, "surnames spelled alike"
    return 0, ""


def _given(a: Name, b: Name, one: Person, other: Person) -> tuple[int, str]:
    if a.first == b.first and not is_initial(a.first):
        return FULL, "same first name"
    return max(
        _by_forms(a.first, b.first),
        _by_nickname(a, b, one, other),
        _by_initial(a, b),
        _by_spelling(a, b),
        key=lambda each: each[0],
    )


def _by_forms(mine: str, yours: str) -> tuple[int, str]:
    """Two short forms of one name, as Betty and Lisa, say less than a full and a short
    one.
    """
    ours, theirs = forms(mine), forms(yours)
    if is_initial(mine) or not ours & theirs:
        return 0, ""
    level = FORM if mine in theirs or yours in ours else WEAK
    first, second = sorted((mine, yours))
    return level, f"{_said(first)} and {_said(second)} are forms of one name"


def _by_nickname(a: Name, b: Name, one: Person, other: Person) -> tuple[int, str]:
    ours, theirs = given_names(a, one), given_names(b, other)
    for mine, yours in sorted(product(ours, theirs)):
        level, reason = _by_forms(mine, yours)
        if not level:
            continue
        if mine in one.called or yours in other.called:
            nickname = mine if mine in one.called else yours
            return FORM, f"“{_said(nickname)}” is a nickname"
        if mine != a.first and yours != b.first:
            continue  # a middle name of both
        if mine == yours:
            return FORM, f"{_said(mine)} is a middle name of one"
        return level, reason
    return 0, ""


def _by_initial(a: Name, b: Name) -> tuple[int, str]:
    if a.first[0] == b.first[0] and (is_initial(a.first) or is_initial(b.first)):
        return WEAK, f"the same initial, {a.first[0].upper()}."
    return 0, ""


def _by_spelling(a: Name, b: Name) -> tuple[int, str]:
    if is_given_name(a.first) and is_given_name(b.first):
        return 0, ""  # Mark and Mary
    if similarity(a.first, b.first) >= SPELLED and a.last == b.last:
        return WEAK, "first names spelled alike"
    return 0, ""


def _against(one: Person, other: Person) -> Iterator[tuple[int, str]]:
    """(weight, sentence) of what tells the two apart."""
    for scheme in sorted(SINGLE & _schemes(one) & _schemes(other)):
        ours, theirs = _values(one, scheme), _values(other, scheme)
        if not ours & theirs:
            first, second = sorted((min(ours), min(theirs)))
            yield DIFFERENT_ID, f"two {scheme} identifiers, {first} and {second}"
    if one.kind != other.kind:
        yield 1, f"kinds differ: {' and '.join(sorted((one.kind, other.kind)))}"
    for source in sorted(one.sources & other.sources):
        yield 1, f"both are rows of one source, {source}"
    if one.suffixes and other.suffixes and not one.suffixes & other.suffixes:
        first, second = sorted((min(one.suffixes), min(other.suffixes)))
        yield 1, f"{first} against {second}"
    if middle := _middle_names(one, other):
        yield 1, middle


def _schemes(person: Person) -> set[str]:
    return {scheme for scheme, _value in person.identifiers}


def _values(person: Person, scheme: str) -> set[str]:
    return {value for each, value in person.identifiers if each == scheme}


def _middle_names(one: Person, other: Person) -> str:
    """A sentence if every middle initial of one differs from every one of the other."""
    ours = {(name.first, name.middle) for name in one.names if name.middle}
    theirs = {(name.first, name.middle) for name in other.names if name.middle}
    if not (one.is_person and ours and theirs):
        return ""
    for (_f, a), (_g, b) in product(ours, theirs):
        if {word[0] for word in a} & {word[0] for word in b}:
            return ""
    mine, yours = sorted((min(ours)[1][0], min(theirs)[1][0]))
    return f"middle names differ: {_said(mine)} and {_said(yours)}"


def _offices(one: Person, other: Person) -> Iterator[str]:
    """What their offices have in common."""
    held = {str(each).casefold(): str(each) for each in one.offices if each.title}
    if both := held.keys() & {str(each).casefold() for each in other.offices}:
        yield f"both {held[min(both)]}"
        return
    ours = {each.place.casefold(): each.place for each in one.offices if each.place}
    theirs = {each.place.casefold() for each in other.offices if each.place}
    for place in sorted(ours.keys() & theirs):
        yield f"both with an office of {ours[place]}"


def _alike(what: str, likeness: float) -> str:
    return f"{what} spelled alike ({likeness:.0%})"


def _said(word: str) -> str:
    return word.upper() + "." if is_initial(word) else word.title()


@lru_cache(maxsize=200_000)
def _trigrams(text: str) -> frozenset[str]:
    made = set()
    for word in text.replace("-", " ").split():
        padded = f"  {word} "
        made |= {padded[index : index + 3] for index in range(len(padded) - 2)}
    return frozenset(made)


def similarity(one: str, other: str) -> float:
    """As PostgreSQL's pg_trgm counts it."""
    ours, theirs = _trigrams(one), _trigrams(other)
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared) if shared else 0.0
