"""Step 5d: remarks of the reporter's that follow the content of a report."""

from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_COMPARING = word_set("compared up down")
_CLAUSE = 5
_SHORTEST = 3


def remark_follows(tokens: list[Token], comma: int, start: int) -> bool:
    """Whether a remark follows this comma: ", compared with 33 percent in May", ",
    and on Monday it …", ", left early".
    """
    after = tokens[comma + 1]
    if after.lower in _COMPARING:
        return True
    if after.tag is Tag.VERB and not after.lower.endswith(("ed", "ing")):
        return True
    return comma > start + _CLAUSE and _new_day(tokens, comma + 1)


def _new_day(tokens: list[Token], index: int) -> bool:
    return (
        index + 2 < len(tokens)
        and tokens[index].tag is Tag.CONJ
        and tokens[index + 1].lower == "on"
        and tokens[index + 2].tag is Tag.DATE
    )


def dash_remark(tokens: list[Token], dash: int, start: int) -> bool:
    """Whether the dash opens a remark that the sentence ends with: "— a claim the clerk
    rejected".
    """
    if dash < start + _SHORTEST or tokens[dash + 1].lower not in {"a", "an"}:
        return False
    return not any(t.tag is Tag.DASH for t in tokens[dash + 1 :])
