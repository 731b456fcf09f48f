"""Step 5a: finds the subject of a verb without a parser: noun phrases by word class,
read outwards from the verb.

All indexes are positions in the tokens of one sentence; ranges are half open. Every
search stops after a bounded number of tokens, so a sentence of any length costs linear
time.
"""

from archive.extraction import lexicon
from archive.extraction.phrases import (
    CLAUSE_START,
    NOMINAL,
    NP,
    QUANTIFIERS,
    REACH,
    VERBAL,
    Range,
    noun_phrase,
)
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_HEAD = {Tag.NAME, Tag.NOUN, Tag.CLOSE, Tag.NUM, Tag.DATE}
_TIME_BEFORE = word_set("on last this next past that in early late each every since by")
_LONGEST_NICKNAME = 16
_RELATIVE = word_set("who which that whose whom")


def subject_before(tokens: list[Token], verb: int) -> Range | None:
    """Returns the noun phrase before tokens[verb] that is its subject, skipping
    adverbs, times and insertions.
    """
    last = _skip_adverbials(tokens, verb - 1)
    if last < 0:
        return None
    tag = tokens[last].tag
    if tag is Tag.PRON:
        return _pronoun(tokens, last)
    if tag in {Tag.COMMA, Tag.DASH, Tag.CLOSE}:
        return _before_insertion(tokens, last)
    if tag in {Tag.VERB, Tag.CUE} and last > 0 and tokens[last].lower.endswith("ed"):
        return _reduced(tokens, last)
    nominal = tag in _HEAD or (tag is Tag.DET and tokens[last].lower in QUANTIFIERS)
    phrase = noun_phrase(tokens, last) if nominal else None
    return None if phrase is None or _is_fronted(tokens, phrase) else phrase


def _reduced(tokens: list[Token], participle: int) -> Range | None:
    """Returns the noun phrase before a participle that belongs to it: "a report
    released [last year]", "those questioned".
    """
    before = tokens[participle - 1]
    if before.lower == "those":
        return (participle - 1, participle + 1)
    nominal = before.tag in NOMINAL and tokens[participle].tag is Tag.VERB
    return noun_phrase(tokens, participle - 1) if nominal else None


def _is_fronted(tokens: list[Token], phrase: Range) -> bool:
    """Returns whether the phrase depends on a preposition that opens the clause: "…,
    and in a letter thanked her".
    """
    left = phrase[0] - 1
    if (
        left < 1
        or tokens[left].tag is not Tag.PREP
        or tokens[left].lower in {"as", "like", "than"}
    ):
        return False
    return tokens[left - 1].tag in {Tag.CONJ, Tag.COMMA}


def subject_after(tokens: list[Token], start: int) -> Range | None:
    """Returns the noun phrase that starts at tokens[start] (inverted order: "said Jane
    Roe, the mayor").
    """
    while start < len(tokens) and tokens[start].tag is Tag.ADV:
        start += 1
    if start >= len(tokens):
        return None
    if tokens[start].tag is Tag.PRON:
        return (start, start + 1) if tokens[start].lower not in _RELATIVE else None
    end = start
    if tokens[end].tag is Tag.DET:
        end += 1
    while (
        end < len(tokens)
        and (tokens[end].tag in NP | {Tag.CONJ, Tag.NUM} or _nickname(tokens, end))
        and end - start < REACH
    ):
        end += 1
    while end > start and tokens[end - 1].tag in {Tag.CONJ, Tag.POSS}:
        end -= 1
    if end == start:
        return None
    end = _over_office(tokens, end)
    phrase = _with_name(tokens, (start, end))
    return (
        None
        if tokens[start].tag is Tag.NOUN and not _bare_noun(tokens, *phrase)
        else phrase
    )


def _nickname(tokens: list[Token], index: int) -> bool:
    """Whether a short quotation stands inside a name: Marion | “Mo” Tillery."""
    quote = tokens[index]
    return (
        quote.tag is Tag.QUOTE
        and 0 < index < len(tokens) - 1
        and tokens[index - 1].tag is Tag.NAME
        and tokens[index + 1].tag is Tag.NAME
        and quote.end - quote.start < _LONGEST_NICKNAME
    )


def _over_office(tokens: list[Token], end: int) -> int:
    """Returns the end of an office and the name behind it: "Deputy Mayor for Transit |
    Leo Marsh" has two name words or more after the preposition.
    """
    after = end + 1
    if after >= len(tokens) or tokens[end].lower not in {"of", "for"}:
        return end
    if tokens[end - 1].lower not in lexicon.TITLES:
        return end
    while after < len(tokens) and tokens[after].tag is Tag.NAME:
        after += 1
    return after if after > end + 3 else end


def main_subject(tokens: list[Token], limit: int) -> Range | None:
    """Returns the subject of the first full clause before tokens[limit], skipping
    fronted phrases and clauses.
    """
    start = _behind_fronted(tokens, limit)
    for index in range(start, min(limit, start + REACH)):
        if tokens[index].tag in VERBAL and not _is_participle(tokens, index):
            subject = subject_before(tokens, index)
            if subject is not None and subject[0] >= start:
                return subject
    return None


def _behind_fronted(tokens: list[Token], limit: int) -> int:
    start = 0
    while start < limit and tokens[start].tag in {
        Tag.CONJ,
        Tag.ADV,
        Tag.DASH,
        Tag.COMMA,
        Tag.OTHER,
    }:
        start += 1
    fronted = start < limit and (
        tokens[start].tag in {Tag.PREP, Tag.SUB} or _is_participle(tokens, start)
    )
    if not fronted:
        return start
    for index in range(start, min(limit, start + REACH)):
        comma = tokens[index].tag is Tag.COMMA or (
            tokens[index].tag is Tag.QUOTE and tokens[index].lower == ","
        )
        if comma and _starts_phrase(tokens, index + 1):
            return index + 1
    return start


def _starts_phrase(tokens: list[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].tag in {
        Tag.NAME,
        Tag.DET,
        Tag.PRON,
        Tag.NOUN,
    }


def _is_participle(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.tag is Tag.AUX:
        return token.lower in {"being", "having"}
    form = lexicon.CUES.get(token.lower)
    ing = token.lower.endswith("ing") or (
        form is not None and form[2] is lexicon.Form.ING
    )
    return ing and not (index and tokens[index - 1].tag is Tag.AUX)


def _bare_noun(tokens: list[Token], start: int, end: int) -> bool:
    """Returns whether a phrase without an article can be a speaker: it ends in a name
    or is a plural.
    """
    return (
        tokens[end - 1].tag is Tag.NAME
        or tokens[end - 1].lower.endswith("s")
        or _is_group(tokens[end - 1])
    )


def _is_group(token: Token) -> bool:
    return token.lower in lexicon.GROUP_NOUNS


def _skip_adverbials(tokens: list[Token], index: int) -> int:
    """Skips adverbs, auxiliaries and times to the left: "on Thursday", "last week",
    "later".
    """
    while index >= 0:
        token = tokens[index]
        before = tokens[index - 1].lower if index else ""
        if token.tag in {Tag.ADV, Tag.AUX} or (
            token.tag is Tag.DET and token.lower in {"both", "all"} and index
        ):
            index -= 1
        elif token.tag is Tag.DATE:
            index -= 2 if before in _TIME_BEFORE else 1
        elif token.lower in lexicon.DATE_NOUNS and (
            before in _TIME_BEFORE or _is_date(tokens, index - 1)
        ):
            index -= 2
            if index >= 0 and tokens[index].lower in {
                "on",
                "earlier",
                "in",
                "late",
                "early",
            }:
                index -= 1
        else:
            return index
    return index


def _is_date(tokens: list[Token], index: int) -> bool:
    return index >= 0 and tokens[index].tag is Tag.DATE


def _pronoun(tokens: list[Token], index: int) -> Range:
    """Returns a relative pronoun together with its antecedent, if that immediately
    precedes it.
    """
    if tokens[index].lower not in {"who", "which"}:
        return (index, index + 1)
    before = index - 1
    if before >= 0 and tokens[before].tag is Tag.COMMA:
        before -= 1
    if before >= 0 and tokens[before].tag in _HEAD:
        antecedent = noun_phrase(tokens, before)
        if antecedent is not None:
            return (antecedent[0], index + 1)
    return (index, index + 1)


def _before_insertion(tokens: list[Token], close: int) -> Range | None:
    """Returns the subject before ", …," or "(…)" or "– … –" that ends at *close*: the
    leftmost phrase that opens a clause.
    """
    tag = tokens[close].tag
    opener = Tag.OPEN if tag is Tag.CLOSE else tag
    subject: Range | None = None
    for index in range(close - 1, max(-1, close - REACH), -1):
        token = tokens[index]
        if token.tag in {Tag.SEMI, Tag.COLON} and opener is not Tag.OPEN:
            break
        if token.tag is not opener or index == 0 or tokens[index - 1].tag not in _HEAD:
            continue
        if tag is Tag.COMMA and not _opens_insertion(tokens, index + 1):
            continue
        phrase = noun_phrase(tokens, index - 1)
        if phrase is not None and _may_be_subject(tokens, phrase):
            subject = _with_name(tokens, phrase)
        if tag is not Tag.COMMA:
            return phrase
    return subject


def _with_name(tokens: list[Token], phrase: Range) -> Range:
    """Returns a phrase without a name together with the name that explains it: "her
    lawyer, Casper Lindqvist,".
    """
    end = phrase[1]
    if (
        tokens[end - 1].tag is Tag.NAME
        or end + 1 >= len(tokens)
        or tokens[end].tag is not Tag.COMMA
    ):
        return phrase
    after = end + 1
    while after < len(tokens) and tokens[after].tag is Tag.NAME:
        after += 1
    closed = after == len(tokens) or tokens[after].tag in {
        Tag.COMMA,
        Tag.STOP,
        Tag.OPEN,
        Tag.QUOTE,
    }
    return (phrase[0], after) if after > end + 1 and closed else phrase


def _opens_insertion(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.tag in {Tag.CONJ, Tag.SUB, Tag.PRON, Tag.AUX}:
        return token.lower in _RELATIVE or token.lower in {
            "when",
            "where",
            "while",
            "and",
            "whose",
        }
    return token.tag is not Tag.QUOTE


def _may_be_subject(tokens: list[Token], phrase: Range) -> bool:
    """Returns whether the phrase opens a clause: at the start, after a wall, a
    conjunction, a subordinator or a speech verb.
    """
    start = phrase[0]
    if start == 0 or tokens[start - 1].tag in CLAUSE_START:
        return True
    return tokens[start - 1].lower in {"as", "which", "who", "whom"}
