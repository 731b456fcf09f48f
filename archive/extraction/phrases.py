"""Finds the noun phrase that ends at a token, by word class, without a parser."""

from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

Range = tuple[int, int]
REACH = 60
NP = {Tag.NAME, Tag.NOUN, Tag.NUM, Tag.POSS}
WALL = {
    Tag.COMMA,
    Tag.SEMI,
    Tag.COLON,
    Tag.DASH,
    Tag.STOP,
    Tag.OPEN,
    Tag.QUOTE,
    Tag.OTHER,
}
CLAUSE_START = WALL | {Tag.SUB, Tag.CONJ, Tag.CUE}
VERBAL = {Tag.VERB, Tag.AUX, Tag.CUE}
NOMINAL = {Tag.NAME, Tag.NOUN, Tag.CLOSE}
QUANTIFIERS = word_set(
    "both some many most others several all few another one two three none"
)


def noun_phrase(tokens: list[Token], last: int) -> Range | None:
    """Returns the noun phrase that ends at tokens[last], with the phrases it belongs
    to: "the head of the union".
    """
    start = _chunk_start(tokens, last)
    for _ in range(8):
        step = _extend(tokens, start)
        if step is None:
            break
        start = step
    return (start, last + 1) if start <= last else None


def _chunk_start(tokens: list[Token], last: int) -> int:
    index = last
    if tokens[index].tag is Tag.CLOSE:
        while index > 0 and tokens[index].tag is not Tag.OPEN and last - index < REACH:
            index -= 1
        index -= 1
    while index >= 0 and last - index < REACH:
        if tokens[index].tag is Tag.DET:
            return _over_determiners(tokens, index)
        if tokens[index].tag not in NP and not _inner_adjective(tokens, index, last):
            break
        index -= 1
    return index + 1


def _over_determiners(tokens: list[Token], index: int) -> int:
    while index > 0 and tokens[index - 1].tag is Tag.DET:
        index -= 1
    return index


def _inner_adjective(tokens: list[Token], index: int, last: int) -> bool:
    """Returns whether this is a participle or adverb inside a phrase: "the newly
    elected mayor".
    """
    token = tokens[index]
    if index in {last, 0} or tokens[index - 1].tag not in {Tag.DET, Tag.ADV, Tag.POSS}:
        return False
    return token.tag in {Tag.VERB, Tag.ADV, Tag.CUE, Tag.DATE} and tokens[
        index + 1
    ].tag in NP | {
        Tag.VERB,
        Tag.CUE,
    }


def _extend(tokens: list[Token], start: int) -> int | None:
    """Returns the start of the larger phrase that tokens[start:] is part of; None if
    there is none.
    """
    left = start - 1
    if left < 1:
        return None
    token = tokens[left]
    if token.tag is Tag.PREP:
        return _through_preposition(tokens, left)
    if token.tag is Tag.CONJ and token.lower in {"and", "or"}:
        return _through_conjunction(tokens, left)
    if token.tag in VERBAL | {Tag.ADV}:
        return _through_relative(tokens, left)
    return None


def _through_conjunction(tokens: list[Token], left: int) -> int | None:
    """Returns the start of a coordination, if its first part opens the clause: "Roe and
    Oakes [said]".
    """
    if tokens[left - 1].tag not in {Tag.NAME, Tag.NOUN, Tag.CLOSE}:
        return None
    wider = _chunk_start(tokens, left - 1)
    opens = wider == 0 or tokens[wider - 1].tag in WALL | {Tag.SUB, Tag.CUE, Tag.PREP}
    return wider if opens or (wider == 1 and tokens[0].tag is Tag.CONJ) else None


def _through_preposition(tokens: list[Token], left: int) -> int | None:
    """Returns the noun that a phrase belongs to: "the head of [the union]", "people in
    the city and at [the port]", "the tape made by [police]".
    """
    before = tokens[left - 1]
    if before.tag is Tag.QUOTE:
        return left - 1
    if before.tag in NOMINAL | {Tag.NUM} or before.lower in QUANTIFIERS:
        return _chunk_start(tokens, left - 1)
    if before.tag is Tag.CONJ and left > 3 and tokens[left - 2].tag in NOMINAL:
        return _parallel(tokens, _chunk_start(tokens, left - 2))
    if (
        before.tag in {Tag.VERB, Tag.CUE}
        and left > 1
        and before.lower.endswith(("ed", "ing", "n", "t"))
    ):
        if tokens[left - 2].tag in {Tag.NAME, Tag.NOUN} and before.lower != "said":
            return _chunk_start(tokens, left - 2)
        return _through_relative(tokens, left - 1)
    return None


def _parallel(tokens: list[Token], start: int) -> int | None:
    """Returns the start of "officials in the city" before "and at the ministry", if it
    opens the clause.
    """
    if (
        start < 2
        or tokens[start - 1].tag is not Tag.PREP
        or tokens[start - 2].tag not in NOMINAL
    ):
        return None
    head = _chunk_start(tokens, start - 2)
    return start if head == 0 or tokens[head - 1].tag in CLAUSE_START else None


def owner(tokens: list[Token], last: int) -> Range | None:
    """Returns the owner of the words after tokens[last] and its 's: a name alone, else
    the whole noun phrase.
    """
    if tokens[last].tag is Tag.NAME:
        return (_chunk_start(tokens, last), last + 1)
    return noun_phrase(tokens, last)


def _through_relative(tokens: list[Token], left: int) -> int | None:
    """Returns the noun before a relative clause, from the verb left to "who" and its
    noun: "people who attended the rally [said]".
    """
    for index in range(left, max(0, left - 14), -1):
        token = tokens[index]
        if token.tag in WALL:
            return None
        if token.lower in {"who", "which", "that"} and token.tag in {Tag.PRON, Tag.SUB}:
            return (
                _chunk_start(tokens, index - 1)
                if tokens[index - 1].tag in NOMINAL | {Tag.DET}
                else None
            )
    return None
