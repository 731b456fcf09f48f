"""Words that are read as a stance or as years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.site_search.tokens import Tokens

# (words, stance). A pattern with a question mark is read only in a question, such as
# “who …” or “did …”, or beside a person.
STANCES: dict[str, str] = {
    **dict.fromkeys(
        (
            *("voted against", "vote against", "votes against", "voting against"),
            *("voted no on", "votes no on", "opposed to", "opposition to"),
            *("opposes", "opposed", "oppose", "opposing", "opponents of", "opponents"),
            *("is against", "are against", "was against", "were against"),
            "against?",
        ),
        "opposes",
    ),
    **dict.fromkeys(
        (
            *("voted for", "vote for?", "votes for", "voting for", "voted yes on"),
            *("in favor of", "in favour of", "voted in favor of"),
            *("supports", "supported", "supporters of", "supporters", "is for?"),
            *("are for?", "was for?", "support for?", "support?", "supporting?"),
            *("backs", "backed"),
        ),
        "supports",
    ),
    **dict.fromkeys(
        ("abstained on", "abstained from", "abstains", "abstained", "abstain"),
        "abstains",
    ),
    **dict.fromkeys(("declined to say",), "declined"),
}
PATTERNS = {
    tuple(words.rstrip("?").split()): (stance, words.endswith("?"))
    for words, stance in STANCES.items()
}
LONGEST = max(map(len, PATTERNS))
QUESTION_WORDS = frozenset(
    "who whom which did does do is are was were has have".split()
)
# No words to be found, if a part of the question was read as a filter
ASKING = frozenset(
    "say says said saying tell tells think thinks position positions stance stances "
    "view views opinion vote votes voted voting people politicians everybody "
    "anybody someone quotes quotations statements words stand stands".split()
)
YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
SINCE, UNTIL = ("since",), ("until", "till")
BETWEEN = {("between", "and"), ("from", "to"), ("from", "until")}
YEARS: dict[str, tuple[bool, bool, int]] = {
    # word -> whether it bounds from below, from above, and by how much it moves
    "in": (True, True, 0),
    "during": (True, True, 0),
    "since": (True, False, 0),
    "from": (True, False, 0),
    "after": (True, False, 1),
    "until": (False, True, 0),
    "till": (False, True, 0),
    "before": (False, True, -1),
}


def stance(tokens: Tokens, is_about_person: bool) -> tuple[str, int, int] | None:
    """(stance, start, end) of the first words that name one."""
    is_question = is_about_person or bool(
        tokens.listed and tokens.listed[0].word in QUESTION_WORDS
    )
    for start, end in tokens.runs(LONGEST):
        named, needs_question = PATTERNS.get(tokens.words(start, end), ("", False))
        if named and (is_question or not needs_question):
            return named, start, end
    return None


def years(tokens: Tokens) -> tuple[str, str, int, int] | None:
    """(since, until, start, end) of the first words that name years."""
    for place, year in _years(tokens):
        before = tokens.words(place - 1, place)
        between = tokens.words(place - 3, place - 2) + before
        if len(between) == 2 and between in BETWEEN and _is_year(tokens, place - 2):
            return tokens.listed[place - 2].word, year, place - 3, place + 1
        following = tokens.words(place + 1, place + 3)
        if before + following[:1] in BETWEEN and YEAR.fullmatch(following[-1]):
            continue  # the first year of two
        if before and before[0] in YEARS:
            below, above, moved = YEARS[before[0]]
            moved_year = str(int(year) + moved)
            since, until = moved_year if below else "", moved_year if above else ""
            return since, until, place - 1, place + 1
    return None


def _years(tokens: Tokens) -> Iterator[tuple[int, str]]:
    for place, token in enumerate(tokens.listed):
        if place and _is_year(tokens, place) and tokens.is_free(place - 1, place + 1):
            yield place, token.word


def _is_year(tokens: Tokens, place: int) -> bool:
    token = tokens.listed[place]
    return bool(YEAR.fullmatch(token.word)) and token.typed.strip("?.,!") == token.word
