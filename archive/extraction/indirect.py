"""Step 5d: reported speech without quotation marks: which words are the content of a speech verb."""

from dataclasses import dataclass

from archive.extraction import lexicon
from archive.extraction.cues import Attribution
from archive.extraction.lexicon import Cue, Form
from archive.extraction.sentences import Sentence
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_PUNCTUATION = {Tag.COMMA, Tag.STOP, Tag.SEMI, Tag.COLON, Tag.DASH, Tag.OTHER}
_VERBAL = {Tag.AUX, Tag.VERB, Tag.CUE}
_CLAUSE_WORDS = word_set("that whether if how why what when where who")
_NP_START = {Tag.NAME, Tag.DET, Tag.PRON, Tag.NOUN, Tag.NUM}
_NO_REST = word_set("who which whose as when while after before because though although")
_PROMISING = word_set("promise pledge vow threaten")
_ANNOUNCING = word_set("announce predict confirm")
_REPORTING = word_set("complain charge demand recommend claim caution shout declare proclaim clarify")
_TAIL = word_set("although though while whereas after before during following")
_FRONTING = word_set("while after although though as when because since if before whereas once and but")
_PERSON_OBJECT = 8
_SHORTEST = 3
_CLAUSE = 5
_REACH = 24


@dataclass(frozen=True, slots=True)
class Reported:
    """Token ranges of the content, in order: two where the attribution stands in the middle of it."""

    attribution: Attribution
    parts: tuple[tuple[int, int], ...]


def reported(sentence: Sentence, found: list[Attribution], statements: set[int]) -> list[Reported]:
    """Indirect speech in one sentence. *statements*: positions of quotations that are statements of their own."""
    result = []
    for number, attribution in enumerate(found):
        if attribution.subject is None or attribution.passive or attribution.takes is Cue.SOFT:
            continue
        if attribution.noun and sentence.tokens[attribution.end].lower != "that":
            continue
        parts = _parts(sentence.tokens, found, number)
        if parts and not any(a <= q < b for a, b in parts for q in statements):
            result.append(Reported(attribution, tuple(parts)))
    return result


def _parts(tokens: list[Token], found: list[Attribution], number: int) -> list[tuple[int, int]]:
    attribution = found[number]
    if attribution.verb == "according":
        return _according(tokens, found, number)
    behind = None if attribution.inverted else _behind(tokens, found, number)
    if behind is not None and not _is_interrupted(tokens, attribution, behind):
        return [behind]
    fronted = _fronted(tokens, found, number)
    rest = _rest(tokens, found, number)
    if fronted is None or rest is None:
        return [p for p in (fronted, rest) if p is not None]
    whole = tokens[fronted[0]].tag in _NP_START and not _has_verb(tokens, *fronted)
    return [fronted, rest] if whole or _has_verb(tokens, *fronted) else [rest]


def _is_interrupted(tokens: list[Token], attribution: Attribution, behind: tuple[int, int]) -> bool:
    """ "Taxes, she said, would rise": a comma closes the attribution."""
    return tokens[attribution.cue + 1].tag is Tag.COMMA and tokens[behind[0]].lower != "that"


def _according(tokens: list[Token], found: list[Attribution], number: int) -> list[tuple[int, int]]:
    attribution = found[number]
    if attribution.first > 0 and not _only(tokens, 0, attribution.first, {Tag.CONJ, Tag.ADV, Tag.COMMA}):
        start = _clause_start(tokens, found, number)
        if _has_verb(tokens, start - 1, attribution.first) or attribution.end >= len(tokens) - 1:
            return _checked(tokens, start, attribution.first)
    comma = _comma_behind(tokens, attribution.end)
    return _checked(tokens, comma + 1, content_end(tokens, found, number, comma + 1)) if comma else []


def _comma_behind(tokens: list[Token], index: int) -> int | None:
    for place in range(index, min(len(tokens), index + _REACH)):
        if (
            tokens[place].tag is Tag.COMMA
            and place + 1 < len(tokens)
            and tokens[place + 1].tag is not Tag.SUB
        ):
            following = tokens[place + 1]
            if following.tag in _NP_START | {Tag.ADV, Tag.PREP, Tag.QUOTE} and following.lower not in {
                "who",
                "which",
            }:
                return place
    return None


def _checked(tokens: list[Token], start: int, end: int) -> list[tuple[int, int]]:
    start, end = _trim(tokens, start, end)
    return [(start, end)] if end - start >= _SHORTEST else []


def _trim(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    while start < end and tokens[start].tag in _PUNCTUATION:
        start += 1
    while end > start and tokens[end - 1].tag in _PUNCTUATION | {Tag.CONJ}:
        end -= 1
    return start, end


def _only(tokens: list[Token], start: int, end: int, tags: set[Tag]) -> bool:
    return all(t.tag in tags for t in tokens[start:end])


def _clause_start(tokens: list[Token], found: list[Attribution], number: int) -> int:
    """Where the content before a trailing attribution begins: the sentence, or behind another attribution's."""
    start = 0
    for earlier in found[:number]:
        if earlier.verb != "according" and not earlier.passive and earlier.takes is not Cue.SOFT:
            continue
        if earlier.verb == "according":
            start = max(start, earlier.end)
    return start


def _fronted(tokens: list[Token], found: list[Attribution], number: int) -> tuple[int, int] | None:
    """ "Taxes will rise, she said": the clause before the attribution."""
    attribution = found[number]
    if attribution.participle or attribution.infinitive or attribution.shared or attribution.noun:
        return None
    subject = attribution.subject or (0, 0)
    left = _over_as(tokens, attribution.first if attribution.inverted else subject[0])
    if any(t.tag is Tag.QUOTE for t in tokens[attribution.end : attribution.end + 2]):
        return None
    if left < 2 or tokens[left - 1].tag not in {Tag.COMMA, Tag.DASH} or attribution.takes is Cue.QUOTE:
        return None
    if attribution.verb in {"respond", "reply"}:
        return None
    if (
        not trails(tokens, found, number)
        and tokens[attribution.end : attribution.end + 1][0].tag is not Tag.COMMA
    ):
        return None
    start, end = _trim(tokens, _behind_dateline(tokens), left)
    if end - start < _SHORTEST or not _has_verb(tokens, start, end):
        return None if not _rest(tokens, found, number) else (start, end)
    return start, end


def _behind_dateline(tokens: list[Token]) -> int:
    """ "WASHINGTON — Taxes will rise, …": the place a report was sent from is no content."""
    for place, token in enumerate(tokens[:8]):
        if token.tag is Tag.DASH and place:
            return place + 1
        if token.tag not in {Tag.NAME, Tag.COMMA, Tag.OPEN, Tag.CLOSE, Tag.STOP, Tag.DATE}:
            return 0
    return 0


def _over_as(tokens: list[Token], left: int) -> int:
    return left - 1 if left and tokens[left - 1].lower == "as" else left


def trails(tokens: list[Token], found: list[Attribution], number: int) -> bool:
    """Is nothing reported behind the verb: the sentence ends, or times, places and listeners follow?"""
    for index in range(found[number].end, min(len(tokens), found[number].end + 2 * _REACH)):
        token = tokens[index]
        if token.tag in {Tag.STOP, Tag.SEMI} or (
            token.tag is Tag.CUE and lexicon.CUES.get(token.lower, ("", "", ""))[2] is Form.ING
        ):
            return True
        if token.tag is Tag.SUB and tokens[index - 1].tag is Tag.COMMA:
            return True
        if token.tag in {Tag.AUX, Tag.QUOTE, Tag.SUB} or (
            token.tag is Tag.PRON and token.lower not in {"who", "which"}
        ):
            return False
    return True


def _rest(tokens: list[Token], found: list[Attribution], number: int) -> tuple[int, int] | None:
    """ "Taxes, she said, would rise": what goes on behind the attribution."""
    place = found[number].end
    if place >= len(tokens) or tokens[place].tag is not Tag.COMMA:
        return None
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following is None or following.tag in {Tag.CONJ, Tag.QUOTE} or following.lower in _NO_REST:
        return None
    attribution = found[number]
    if attribution.shared or attribution.inverted or attribution.noun or _is_participle(following):
        return None
    if attribution.takes is Cue.QUOTE:
        return None
    start, end = _trim(tokens, place, content_end(tokens, found, number, place + 1))
    return (start, end) if end - start >= _SHORTEST and _has_verb(tokens, start - 1, end) else None


def _is_participle(token: Token) -> bool:
    return token.lower.endswith("ing") or token.lower in {"according", "compared"}


def _behind(tokens: list[Token], found: list[Attribution], number: int) -> tuple[int, int] | None:
    """ "she said (that) taxes will rise": the clause behind the verb."""
    attribution = found[number]
    start = _content_start(tokens, attribution)
    if start is None:
        return None
    start, end = _trim(tokens, start, content_end(tokens, found, number, start))
    if end - start < _SHORTEST:
        return None
    if not _is_content(tokens, attribution, start, end):
        return None
    return (start, end)


def _content_start(tokens: list[Token], attribution: Attribution) -> int | None:
    index = attribution.end
    if index >= len(tokens):
        return None
    if attribution.verb in _PROMISING:
        to = _over_adverbials(tokens, index, "to")
        if to is not None and tokens[to].lower == "to":
            return to
    if attribution.verb == "point" and tokens[index : index + 1] and tokens[index].lower == "out":
        index += 1
    that = _that(tokens, index)
    if that is not None:
        return that
    if attribution.takes is Cue.TELL:
        return _behind_listener(tokens, index)
    return _over_adverbials(tokens, index)


def _that(tokens: list[Token], index: int) -> int | None:
    """ "that", "whether" and the like close behind the verb, with only a listener, a time or a place between."""
    for place in range(index, min(len(tokens), index + _REACH)):
        token = tokens[place]
        if token.lower == "that" and tokens[place + 1 : place + 2] and tokens[place + 1].tag in _VERBAL:
            return None
        if token.tag is Tag.SUB and token.lower in {"that", "whether", "how", "why"}:
            return place
        if token.lower == "if" and place == index:
            return place
        if token.lower == "that" and token.tag is Tag.DET and place > index:
            return place
        if token.tag in {Tag.AUX, Tag.VERB, Tag.CUE, Tag.STOP, Tag.QUOTE, Tag.COLON, Tag.SEMI, Tag.PRON}:
            return None
    return None


def _behind_listener(tokens: list[Token], index: int) -> int | None:
    """Behind the person told: a pronoun or a short noun phrase."""
    place = index
    if place < len(tokens) and tokens[place].lower in {"me", "us", "him", "them", "her", "you", "it"}:
        return _over_adverbials(tokens, place + 1)
    while place < len(tokens) and tokens[place].tag in {Tag.DET, Tag.NAME, Tag.NOUN, Tag.POSS, Tag.NUM}:
        place += 1
        starts = place < len(tokens) and tokens[place].tag in {Tag.DET, Tag.PRON, Tag.NAME}
        if (
            starts
            and tokens[place - 1].tag in {Tag.NOUN, Tag.NAME}
            and tokens[place].tag is not tokens[place - 1].tag
        ):
            return place
    return _over_adverbials(tokens, place) if place - index <= _PERSON_OBJECT else None


def _over_adverbials(tokens: list[Token], index: int, stop: str = "") -> int | None:
    """Step right over "on Friday", "in a statement", "at a rally in Ohio" to where a clause can begin."""
    place = index
    while place < len(tokens):
        token = tokens[place]
        if token.lower == stop:
            break
        if token.tag in {Tag.ADV, Tag.DATE} or token.lower in lexicon.DATE_NOUNS:
            place += 1
        elif (
            token.tag is Tag.DET and place + 1 < len(tokens) and tokens[place + 1].lower in lexicon.DATE_NOUNS
        ):
            place += 2
        elif token.tag is Tag.PREP and place > index - 1 and token.lower not in {"as", "like"}:
            place = _behind_phrase(tokens, place)
        elif token.tag is Tag.COMMA and place > index:
            place += 1
        else:
            break
    return place if place < len(tokens) else None


def _behind_phrase(tokens: list[Token], index: int) -> int:
    """Behind a preposition and its noun phrase."""
    place = index + 1
    if place < len(tokens) and tokens[place].tag is Tag.DET:
        place += 1
    while place < len(tokens) and tokens[place].tag in {Tag.NAME, Tag.NOUN, Tag.POSS, Tag.NUM}:
        place += 1
    return place


def content_end(tokens: list[Token], found: list[Attribution], number: int, start: int) -> int:
    """The end of the sentence, or where the next attribution of the same rank begins."""
    for later in found[number + 1 :]:
        if later.cue <= start or later.takes is Cue.SOFT:
            continue
        cut = _cut_before(tokens, later, start)
        if cut is not None:
            return cut
    return _own_end(tokens, found[number], start)


def _own_end(tokens: list[Token], attribution: Attribution, start: int) -> int:
    """The end of a content that no other attribution cuts short."""
    subject = attribution.subject or (0, 0)
    if attribution.participle and subject[0] > attribution.cue:
        return subject[0]
    fronted = subject[0] <= 2 and tokens[0].lower in _FRONTING and not attribution.shared
    relative = tokens[subject[1] - 1].lower in {"who", "which"} and not attribution.inverted
    closes = any(t.tag is Tag.CLOSE for t in tokens[-2:])
    for index in range(start + 2, len(tokens) - 1):
        after = tokens[index + 1]
        if tokens[index].tag is Tag.SEMI or (tokens[index].tag is Tag.OPEN and closes):
            return index
        if tokens[index].tag is not Tag.COMMA:
            continue
        if after.lower in _TAIL or (after.lower in {"which", "who"} and index > start + _CLAUSE):
            return index
        if (
            fronted
            and after.tag in _NP_START
            and after.lower not in {"who", "which"}
            and _verb_near(tokens, index + 1)
        ):
            return index
        if relative and after.tag in {Tag.AUX, Tag.VERB, Tag.CUE} and not after.lower.endswith("ing"):
            return index
    return len(tokens)


def _verb_near(tokens: list[Token], index: int) -> bool:
    """Does a finite verb follow the phrase that starts here, before the next comma?"""
    if index >= len(tokens) or tokens[index].tag not in _NP_START:
        return False
    for token in tokens[index : index + 12]:
        if token.tag in {Tag.COMMA, Tag.STOP, Tag.QUOTE}:
            return False
        if token.tag in _VERBAL and not token.lower.endswith("ing"):
            return True
    return False


def _cut_before(tokens: list[Token], later: Attribution, start: int) -> int | None:
    """Where the content must end because *later* opens a new report; None when it lies within the content."""
    if later.verb == "according" and later.first > start:
        return later.first
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


def _is_content(tokens: list[Token], attribution: Attribution, start: int, end: int) -> bool:
    first = tokens[start]
    if attribution.takes is Cue.QUOTE and attribution.verb not in _REPORTING:
        return False
    subordinate = first.lower in _CLAUSE_WORDS and first.tag in {Tag.SUB, Tag.DET, Tag.PRON}
    if subordinate:
        return first.lower == "that" or end - start > _SHORTEST
    if attribution.takes is Cue.QUOTE or attribution.noun:
        return False
    if first.lower == "to":
        return attribution.verb in _PROMISING
    if attribution.takes is Cue.NOUN and attribution.verb in _ANNOUNCING:
        return first.tag in _NP_START
    if first.tag not in _NP_START | {Tag.ADV, Tag.AUX} and first.lower not in {
        "if",
        "in",
        "at",
        "by",
        "while",
    }:
        return False
    if attribution.takes is Cue.SAY and first.tag is Tag.AUX:
        return True
    if attribution.verb == "say" and first.tag in _NP_START and end - start >= _CLAUSE:
        return True
    return _is_clause(tokens, start, end)


def _is_clause(tokens: list[Token], start: int, end: int) -> bool:
    """Does a finite verb follow the first noun phrase before anything else could end it?"""
    for token in tokens[start + 1 : min(end, start + _REACH)]:
        if token.tag in _VERBAL and not token.lower.endswith("ing"):
            return True
        if token.tag in {Tag.STOP, Tag.COLON}:
            return False
    return False


def _has_verb(tokens: list[Token], start: int, end: int) -> bool:
    """Is there a word that can be a finite verb behind the first one?"""
    return any(
        tokens[i].tag in _VERBAL and not tokens[i].lower.endswith("ing") and tokens[i - 1].lower != "to"
        for i in range(max(start + 1, 0), end)
    )
