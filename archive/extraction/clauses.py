"""Step 5d: finds where the content of a speech verb starts and ends, if it follows the
verb.
"""

from archive.extraction.adverbials import behind_listener, over_adverbials
from archive.extraction.cues import Attribution
from archive.extraction.lexicon import DATE_NOUNS, Cue
from archive.extraction.remarks import dash_remark, remark_follows
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

Span = tuple[int, int]

VERBAL = {Tag.AUX, Tag.VERB, Tag.CUE}
NP_START = {Tag.NAME, Tag.DET, Tag.PRON, Tag.NOUN, Tag.NUM}
_PUNCTUATION = {Tag.COMMA, Tag.STOP, Tag.SEMI, Tag.COLON, Tag.DASH, Tag.OTHER}
_NOT_BEFORE_THAT = {
    Tag.AUX,
    Tag.VERB,
    Tag.CUE,
    Tag.STOP,
    Tag.QUOTE,
    Tag.COLON,
    Tag.SEMI,
    Tag.PRON,
    Tag.DASH,
}
_SUBORDINATE = word_set("that whether if how why what")
_PROMISING = word_set("promise pledge vow threaten")
_ANNOUNCING = word_set("announce predict confirm")
_REPORTING = word_set(
    "rule complain charge demand recommend claim caution shout declare proclaim clarify"
)
_LISTENING = word_set(
    "warn advise promise assure inform remind caution threaten notify"
)
_TAIL = word_set("although though while whereas after before during following")
_FRONTING = word_set(
    "while after although though as when because since if before whereas once despite "
    "following"
)
_NOT_FINITE = word_set("be been being")
_OPENING = word_set("if in at by while about over around under because")
_CLAUSE = 5
_REACH = 24
SHORTEST = 3


def behind(
    tokens: list[Token], attributions: list[Attribution], index: int
) -> Span | None:
    """Returns the clause that follows the verb of attributions[index]: "she said (that)
    taxes will rise".
    """
    attribution = attributions[index]
    start = _start(tokens, attribution)
    if start is None or tokens[start].tag in {Tag.DASH, Tag.SEMI}:
        return None
    start, end = trim(tokens, start, content_end(tokens, attributions, index, start))
    if end - start < SHORTEST or not _is_content(tokens, attribution, start, end):
        return None
    return (start, end)


def trim(tokens: list[Token], start: int, end: int) -> Span:
    """Returns the range without punctuation at its ends and conjunctions at its end."""
    while start < end and tokens[start].tag in _PUNCTUATION:
        start += 1
    while end > start and tokens[end - 1].tag in _PUNCTUATION | {Tag.CONJ}:
        end -= 1
    return start, end


def has_verb(tokens: list[Token], start: int, end: int) -> bool:
    """Returns whether tokens[start:end] contains a possible finite verb after the first
    word.
    """
    positions = range(max(start + 1, 0), end)
    return any(
        (_finite(tokens, i) and tokens[i - 1].lower != "to")
        or (i > 0 and _looks_finite(tokens, i, end))
        for i in positions
    )


def _finite(tokens: list[Token], index: int) -> bool:
    return tokens[index].tag in VERBAL and not tokens[index].lower.endswith("ing")


def _start(tokens: list[Token], attribution: Attribution) -> int | None:
    index = attribution.end
    if attribution.verb == "point":
        index += 1
    if index >= len(tokens):
        return None
    if attribution.verb in _PROMISING:
        to = over_adverbials(tokens, index, "to")
        if to is not None and tokens[to].lower == "to":
            return to
    that = _that(tokens, attribution, index)
    if that is not None:
        return that
    if attribution.takes is Cue.TELL:
        return behind_listener(tokens, index)
    start = over_adverbials(tokens, index)
    if attribution.verb == "add" and start and tokens[start - 1].tag is Tag.COMMA:
        return None  # "the riders it added last year, an issue with which …"
    return start


def _that(tokens: list[Token], attribution: Attribution, index: int) -> int | None:
    """Returns the index of a word like "that" or "whether" after the verb, with only a
    listener, a time or a location between.
    """
    listener = attribution.takes is Cue.TELL or attribution.verb in _LISTENING
    if not listener and _is_object(tokens, index):
        return None
    for position in range(index, min(len(tokens), index + _REACH)):
        token = tokens[position]
        if token.lower == "that" and position + 1 < len(tokens):
            return (
                position
                if tokens[position + 1].tag not in VERBAL
                and (position > index or token.tag is Tag.SUB)
                else None
            )
        if token.lower in {"whether", "how", "why"} or (
            token.lower == "if" and position == index
        ):
            return position
        if token.tag in _NOT_BEFORE_THAT or (
            token.tag is Tag.COMMA and not _inserts(tokens, position)
        ):
            return None
    return None


def _inserts(tokens: list[Token], comma: int) -> bool:
    """Returns whether the commas enclose a word or two between verb and "that": "said,
    however, that", "said at a rally in Toledo, Ohio, that".
    """
    return any(
        t.tag is Tag.COMMA or t.lower == "that" for t in tokens[comma + 1 : comma + 4]
    )


def _is_object(tokens: list[Token], index: int) -> bool:
    """Returns whether a noun phrase that is no time follows the verb. A later "that"
    then explains the noun.
    """
    if tokens[index].tag is Tag.DET and tokens[index].lower != "that":
        return index + 1 < len(tokens) and tokens[index + 1].lower not in DATE_NOUNS
    return (
        tokens[index].tag in {Tag.NAME, Tag.NOUN, Tag.NUM}
        and tokens[index].lower not in DATE_NOUNS
    )


def content_end(
    tokens: list[Token], attributions: list[Attribution], index: int, start: int
) -> int:
    """Returns the end of the sentence, or where the next attribution of the same rank
    begins.
    """
    for later in attributions[index + 1 :]:
        if later.cue <= start or later.takes is Cue.SOFT:
            continue
        cut = _cut_before(tokens, later, start)
        if cut is not None:
            return cut
    return _own_end(tokens, attributions[index], start)


def _cut_before(tokens: list[Token], later: Attribution, start: int) -> int | None:
    """Returns where the content must end because *later* opens a new report; None if
    *later* lies within the content.
    """
    if later.verb == "according" and later.first > start:
        inserted = tokens[later.first - 2].lower == "that"
        return None if inserted else later.first
    if later.noun or later.passive or later.infinitive:
        return None
    left = later.first
    if not later.shared and later.subject is not None and not later.inverted:
        left = later.subject[0]
    if left - 1 <= start:
        return None
    before, ahead = tokens[left - 1], tokens[left - 2]
    if later.participle:
        return left - 1 if before.tag is Tag.COMMA else None
    if before.tag is Tag.CONJ and (later.shared or ahead.tag is Tag.COMMA):
        return left - 2 if ahead.tag is Tag.COMMA else left - 1
    return None


def _own_end(tokens: list[Token], attribution: Attribution, start: int) -> int:
    """Returns the end of a content that no other attribution cuts short."""
    subject = attribution.subject or (0, 0)
    if attribution.participle and subject[0] > attribution.cue:
        return subject[0]
    fronted = _is_fronted(tokens, attribution)
    relative = (
        tokens[subject[1] - 1].lower in {"who", "which"} and not attribution.inverted
    )
    closes = any(t.tag is Tag.CLOSE for t in tokens[-2:])
    for index in range(start + 2, len(tokens) - 1):
        if tokens[index].tag is Tag.SEMI or (tokens[index].tag is Tag.OPEN and closes):
            return index
        if tokens[index].tag is Tag.COMMA and (
            _closes(tokens, index, start, fronted, relative)
            or remark_follows(tokens, index, start)
        ):
            return index
        if tokens[index].tag is Tag.DASH and dash_remark(tokens, index, start):
            return index
    return len(tokens)


def _is_fronted(tokens: list[Token], attribution: Attribution) -> bool:
    """Returns whether the report is in a clause before the main one: "While aides
    insist that …, the mayor …".
    """
    start = 0
    while start < attribution.cue and tokens[start].tag in {
        Tag.CONJ,
        Tag.ADV,
        Tag.COMMA,
    }:
        start += 1
    if tokens[start].lower not in _FRONTING or attribution.inverted:
        return False
    commas = (i for i in range(start, attribution.cue) if tokens[i].tag is Tag.COMMA)
    return not any(_verb_near(tokens, i + 1) for i in commas)


def _closes(
    tokens: list[Token], comma: int, start: int, fronted: bool, relative: bool
) -> bool:
    """Returns whether the content ends at this comma, because a tail, a remark of the
    reporter's or the main clause follows.
    """
    after = tokens[comma + 1]
    if after.lower in _TAIL or (
        after.lower in {"which", "who"} and comma > start + _CLAUSE
    ):
        return True
    if relative and _finite(tokens, comma + 1):
        return True
    return (
        fronted
        and after.lower not in {"who", "which"}
        and _verb_near(tokens, comma + 1)
    )


def _verb_near(tokens: list[Token], index: int) -> bool:
    """Returns whether a finite verb follows the phrase that starts here, before the
    next comma.
    """
    if index >= len(tokens) or tokens[index].tag not in NP_START:
        return False
    for position in range(index, min(len(tokens), index + 12)):
        if tokens[position].tag in {Tag.COMMA, Tag.STOP, Tag.QUOTE}:
            return False
        if _finite(tokens, position):
            return True
    return False


def _is_content(
    tokens: list[Token], attribution: Attribution, start: int, end: int
) -> bool:
    """Returns whether these words can be what somebody said, given the verb's type of
    content.
    """
    first = tokens[start]
    if attribution.takes is Cue.QUOTE and attribution.verb not in _REPORTING:
        return False
    if first.lower in _SUBORDINATE and first.tag in {Tag.SUB, Tag.DET, Tag.PRON}:
        explains = first.lower == "that" and tokens[start + 1].tag in VERBAL
        return not explains and (first.lower == "that" or end - start > SHORTEST)
    if attribution.takes is Cue.QUOTE or attribution.noun:
        return False
    if first.lower == "to":
        return attribution.verb in _PROMISING
    if attribution.verb in _ANNOUNCING:
        return first.tag in NP_START
    return _is_bare_clause(tokens, attribution, start, end)


def _is_bare_clause(
    tokens: list[Token], attribution: Attribution, start: int, end: int
) -> bool:
    """Returns whether this is a clause without "that": a subject, then a finite verb
    before anything else could end it.
    """
    first = tokens[start]
    if first.tag is Tag.AUX and first.lower in _NOT_FINITE:
        return False
    if first.tag is Tag.AUX:
        return attribution.takes is Cue.SAY and _is_relative(tokens, attribution)
    if first.tag not in NP_START | {Tag.ADV} and first.lower not in _OPENING:
        return False
    for position in range(start + 1, min(end, start + _REACH)):
        if _finite(tokens, position) or (
            attribution.verb == "say" and _looks_finite(tokens, position, end)
        ):
            return True
        if tokens[position].tag in {Tag.STOP, Tag.COLON}:
            return False
    return False


def _is_relative(tokens: list[Token], attribution: Attribution) -> bool:
    """Returns whether the subject of the content precedes the speaker: "hackers who
    officials say are …".
    """
    left = (attribution.subject or (0, 0))[0] - 1
    return left >= 0 and tokens[left].lower in {"who", "which", "that"}


def _looks_finite(tokens: list[Token], position: int, end: int) -> bool:
    """Returns whether an unknown word looks like a finite verb: it ends in s, between a
    noun and another phrase, like "obscures".
    """
    word, before = tokens[position], tokens[position - 1]
    if (
        word.tag is not Tag.NOUN
        or not word.lower.endswith("s")
        or before.tag not in {Tag.NOUN, Tag.NAME}
    ):
        return False
    return position + 1 < end and tokens[position + 1].tag in {
        Tag.DET,
        Tag.NAME,
        Tag.NOUN,
        Tag.PREP,
        Tag.ADV,
    }
