"""Step 5e: reported speech without quotation marks: finds the words that are the
content of a speech verb.
"""

from collections.abc import Container
from dataclasses import dataclass

from archive.extraction.clauses import (
    NP_START,
    SHORTEST,
    Span,
    behind,
    content_end,
    has_verb,
    trim,
)
from archive.extraction.cues import Attribution
from archive.extraction.lexicon import CUES, Cue, Form
from archive.extraction.sentences import Sentence
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_NO_REST = word_set(
    "who which whose as when while after before because though although"
)
_NO_FRONT = word_set("respond reply")
_REACH = 24
_CLAUSE = 5


@dataclass(frozen=True, slots=True)
class Reported:
    """Token ranges of the content, in order: two if the attribution interrupts it."""

    attribution: Attribution
    parts: tuple[Span, ...]


def reported(
    sentence: Sentence,
    attributions: list[Attribution],
    quotations: Container[int],
    quoting: Container[int | None],
) -> list[Reported]:
    """Returns the indirect speech in one sentence.

    quotations: indexes of the quotations that are statements of their own; a clause
    that contains one belongs to them. quoting: indexes of the verbs that frame such a
    quotation.
    """
    result = []
    for index, attribution in enumerate(attributions):
        if not _may_report(sentence.tokens, attribution) or attribution.cue in quoting:
            continue
        parts = _parts(sentence.tokens, attributions, index)
        if parts and not any(
            position in quotations
            for start, end in parts
            for position in range(start, end)
        ):
            result.append(Reported(attribution, tuple(parts)))
    return [one for one in result if not any(_lies_in(one, other) for other in result)]


def _lies_in(inner: Reported, outer: Reported) -> bool:
    """Returns whether one report lies inside another: in "The clerk said that it rains,
    the mayor said" the fronted report is part of the mayor's.
    """
    start, end = outer.parts[0]
    fronted = end <= outer.attribution.first
    return fronted and inner is not outer and start <= inner.attribution.cue < end


def _may_report(tokens: list[Token], attribution: Attribution) -> bool:
    if (
        attribution.subject is None
        or attribution.passive
        or attribution.takes is Cue.SOFT
    ):
        return False
    return not attribution.noun or tokens[attribution.end].lower == "that"


def _parts(
    tokens: list[Token], attributions: list[Attribution], index: int
) -> list[Span]:
    attribution = attributions[index]
    if attribution.verb == "according":
        return _according(tokens, attributions, index)
    after = None if attribution.inverted else behind(tokens, attributions, index)
    if after is not None and not _is_interrupted(tokens, attribution, after):
        return [after]
    fronted = _fronted(tokens, attributions, index)
    rest = _rest(tokens, attributions, index)
    if fronted is None or rest is None:
        return [p for p in (fronted, rest) if p is not None]
    topic = tokens[fronted[0]].tag in NP_START or has_verb(tokens, *fronted)
    return [fronted, rest] if topic else [rest]


def _is_interrupted(tokens: list[Token], attribution: Attribution, after: Span) -> bool:
    """Returns whether the content goes on after the attribution, which a comma closes:
    "Taxes, she said, would rise".
    """
    return (
        tokens[attribution.cue + 1].tag is Tag.COMMA
        and tokens[after[0]].lower != "that"
    )


def _according(
    tokens: list[Token], attributions: list[Attribution], index: int
) -> list[Span]:
    attribution = attributions[index]
    if _follows_that(tokens, attribution):
        return []
    if any(
        t.tag not in {Tag.CONJ, Tag.ADV, Tag.COMMA} for t in tokens[: attribution.first]
    ):
        start = max(
            [a.end for a in attributions[:index] if a.verb == "according"], default=0
        )
        long = attribution.first - start > _CLAUSE
        if (
            long
            or has_verb(tokens, start - 1, attribution.first)
            or attribution.end >= len(tokens) - 1
        ):
            return _checked(tokens, start, attribution.first)
    comma = _comma_behind(tokens, attribution.end)
    return (
        _checked(tokens, comma + 1, content_end(tokens, attributions, index, comma + 1))
        if comma
        else []
    )


def _follows_that(tokens: list[Token], attribution: Attribution) -> bool:
    """Returns whether it is inserted into another report: "said that, according to the
    log, the pumps were off".
    """
    first = attribution.first
    return (
        first > 1
        and tokens[first - 1].tag is Tag.COMMA
        and tokens[first - 2].lower == "that"
    )


def _comma_behind(tokens: list[Token], index: int) -> int | None:
    """Returns the index of the comma that ends "According to Jane Roe, the mayor," and
    begins the clause.
    """
    for position in range(index, min(len(tokens) - 1, index + _REACH)):
        following = tokens[position + 1]
        if tokens[position].tag is not Tag.COMMA or following.lower in {"who", "which"}:
            continue
        state = following.tag is Tag.NAME and tokens[position + 2 : position + 3]
        if state and state[0].tag is Tag.COMMA and tokens[position - 1].tag is Tag.NAME:
            continue  # "police in Milton, Ohio, …"
        if following.tag in NP_START | {Tag.ADV, Tag.PREP, Tag.QUOTE}:
            return position
    return None


def _checked(tokens: list[Token], start: int, end: int) -> list[Span]:
    start, end = trim(tokens, start, end)
    return [(start, end)] if end - start >= SHORTEST else []


def _fronted(
    tokens: list[Token], attributions: list[Attribution], index: int
) -> Span | None:
    """Returns the clause before the attribution: "Taxes will rise, she said"."""
    attribution = attributions[index]
    left = _left(tokens, attribution)
    if not _may_follow(tokens, attribution, left):
        return None
    closed = (
        tokens[attribution.end].tag is Tag.COMMA
        if attribution.end < len(tokens)
        else True
    )
    if not closed and not trails(tokens, attribution):
        return None
    start, end = trim(tokens, _behind_dateline(tokens), left)
    whole = end - start >= SHORTEST and has_verb(tokens, start, end)
    return (
        (start, end)
        if whole or (end > start and _rest(tokens, attributions, index))
        else None
    )


def _left(tokens: list[Token], attribution: Attribution) -> int:
    """Returns where the attribution begins, including the "as" of "as she said"."""
    left = (
        attribution.first
        if attribution.inverted
        else (attribution.subject or (0, 0))[0]
    )
    return left - 1 if left and tokens[left - 1].lower == "as" else left


def _may_follow(tokens: list[Token], attribution: Attribution, left: int) -> bool:
    """Returns whether a clause may precede this attribution: a finite verb of speech
    after a comma, and no quotation next.
    """
    if (
        attribution.participle
        or attribution.infinitive
        or attribution.shared
        or attribution.noun
    ):
        return False
    if attribution.takes is Cue.QUOTE or attribution.verb in _NO_FRONT:
        return False
    if any(t.tag is Tag.QUOTE for t in tokens[attribution.end : attribution.end + 2]):
        return False
    return left >= 2 and tokens[left - 1].tag in {Tag.COMMA, Tag.DASH}


def _behind_dateline(tokens: list[Token]) -> int:
    """Returns the index after the dateline, which is not content: "WASHINGTON — Taxes
    will rise, …".
    """
    for position, token in enumerate(tokens[:8]):
        if token.tag is Tag.DASH and position:
            return position + 1
        if token.tag not in {
            Tag.NAME,
            Tag.COMMA,
            Tag.OPEN,
            Tag.CLOSE,
            Tag.STOP,
            Tag.DATE,
        }:
            return 0
    return 0


def trails(tokens: list[Token], attribution: Attribution) -> bool:
    """Returns whether nothing is reported after the verb: the sentence ends, or only
    times, locations and listeners follow.
    """
    for index in range(attribution.end, min(len(tokens), attribution.end + 2 * _REACH)):
        token = tokens[index]
        clause = token.tag is Tag.SUB or token.lower in {"as", "since"}
        if token.tag in {Tag.STOP, Tag.SEMI, Tag.DASH} or (
            clause and tokens[index - 1].tag is Tag.COMMA
        ):
            return True
        if (
            token.tag is Tag.CUE
            and token.lower in CUES
            and CUES[token.lower][2] is Form.ING
        ):
            return True
        infinitive = token.tag is Tag.AUX and tokens[index - 1].lower == "to"
        if token.tag in {Tag.AUX, Tag.QUOTE, Tag.SUB} and not infinitive:
            return False
        if token.tag is Tag.PRON and token.lower not in {"who", "which"}:
            return False
    return True


def _rest(
    tokens: list[Token], attributions: list[Attribution], index: int
) -> Span | None:
    """Returns the content that goes on after the attribution: "Taxes, she said, would
    rise".
    """
    attribution = attributions[index]
    position = attribution.end
    if position + 1 >= len(tokens) or tokens[position].tag is not Tag.COMMA:
        return None
    following = tokens[position + 1]
    if (
        following.tag in {Tag.CONJ, Tag.QUOTE}
        or following.lower in _NO_REST
        or _is_participle(following)
    ):
        return None
    if (
        attribution.shared
        or attribution.inverted
        or attribution.noun
        or attribution.takes is Cue.QUOTE
    ):
        return None
    start, end = trim(
        tokens, position, content_end(tokens, attributions, index, position + 1)
    )
    return (
        (start, end)
        if end - start >= SHORTEST and has_verb(tokens, start - 1, end)
        else None
    )


def _is_participle(token: Token) -> bool:
    return token.lower.endswith("ing") or token.lower in {"according", "compared"}
