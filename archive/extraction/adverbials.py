"""Skips listeners, times and locations between a speech verb and its content."""

from archive.extraction.lexicon import DATE_NOUNS
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_PHRASE = {Tag.DET, Tag.NAME, Tag.NOUN, Tag.POSS, Tag.NUM}
_ABOUT = word_set("about over around under")
_PRONOUNS = word_set("me us him them her you it")
_PERSON_OBJECT = 8


def behind_listener(tokens: list[Token], index: int) -> int | None:
    """Returns the index after the listener: a pronoun or a short noun phrase."""
    position = index
    if tokens[position].lower in _PRONOUNS:
        return over_adverbials(tokens, position + 1)
    while position < len(tokens) and tokens[position].tag in _PHRASE:
        position += 1
        if position < len(tokens) and _opens_clause(
            tokens[position - 1], tokens[position]
        ):
            return position
    return (
        over_adverbials(tokens, position)
        if position - index <= _PERSON_OBJECT
        else None
    )


def _opens_clause(before: Token, token: Token) -> bool:
    """Returns whether the listener ends here: "told reporters | the pier …", "told the
    council | Harrow …".
    """
    nominal = before.tag in {Tag.NOUN, Tag.NAME}
    return (
        nominal
        and token.tag in {Tag.DET, Tag.PRON, Tag.NAME}
        and token.tag is not before.tag
    )


def over_adverbials(tokens: list[Token], index: int, stop: str = "") -> int | None:
    """Skips phrases like "on Friday", "in a statement" or "at a rally in Ohio" to the
    right; returns where a clause can begin.
    """
    position = index
    while position < len(tokens) and tokens[position].lower != stop:
        token = tokens[position]
        if token.tag in {Tag.ADV, Tag.DATE} or token.lower in DATE_NOUNS:
            position += 1
        elif (
            token.tag is Tag.DET
            and position + 1 < len(tokens)
            and tokens[position + 1].lower in DATE_NOUNS
        ):
            position += 2
        elif (
            token.tag is Tag.PREP
            and token.lower not in {"as", "like"}
            and not _counts(tokens, position)
        ):
            position = _behind_phrase(tokens, position)
        elif token.tag is Tag.COMMA and position > index:
            position += 1
        else:
            break
    return position if position < len(tokens) else None


def _counts(tokens: list[Token], index: int) -> bool:
    """Returns whether the preposition belongs to a number, not to a location or a time:
    "about 40 people", "over half of them".
    """
    following = tokens[index + 1] if index + 1 < len(tokens) else tokens[index]
    return tokens[index].lower in _ABOUT and (
        following.tag is Tag.NUM or following.lower == "half"
    )


def _behind_phrase(tokens: list[Token], index: int) -> int:
    """Returns the index after a preposition and its noun phrase."""
    position = index + 1
    if position < len(tokens) and tokens[position].tag is Tag.DET:
        position += 1
    while position < len(tokens) and tokens[position].tag in _PHRASE - {Tag.DET}:
        position += 1
    return position
