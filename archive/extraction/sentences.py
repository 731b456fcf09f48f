"""Step 3: sentences seen from outside the quotation marks: each quotation is one opaque token.

Nothing inside the marks can then be taken for a subject, a verb or a pronoun of the reporter's.
"""

import bisect
from dataclasses import dataclass, field

from archive.extraction import lexicon
from archive.extraction.quotes import Quotation, paragraphs
from archive.extraction.tokens import Tag, Token, tokens

_INNER_END = ".?!…"
_CLOSERS = "'’)]”\" \xa0"
_LOOK_AHEAD = 14
_LONGEST = (
    250  # tokens; what is longer is no sentence, and the steps that follow compare verbs of one sentence
)


@dataclass(slots=True)
class Sentence:
    """Tokens of one sentence; quotations are single tokens with tag QUOTE. start/end cover all of it."""

    tokens: list[Token]
    paragraph: int
    first_in_paragraph: bool = False
    cues: list[int] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def quotes(self) -> list[int]:
        """Positions of the quotations among the tokens."""
        return [i for i, t in enumerate(self.tokens) if t.tag is Tag.QUOTE]


def sentences(text: str, quoted: list[Quotation]) -> list[Sentence]:
    """All sentences of a normalized text in order. Linear."""
    found: list[Sentence] = []
    starts = [q.outer_start for q in quoted]
    for number, (start, end) in enumerate(paragraphs(text)):
        low = bisect.bisect_left(starts, start)
        high = bisect.bisect_left(starts, end)
        stream = _outside(text, start, end, quoted, range(low, high))
        first = True
        for piece in _split(text, stream, quoted):
            _retag(piece)
            found.append(Sentence(piece, number, first))
            first = False
    return found


def _outside(text: str, start: int, end: int, quoted: list[Quotation], inside: range) -> list[Token]:
    stream: list[Token] = []
    place = start
    for index in inside:
        quote = quoted[index]
        stream += tokens(text, place, quote.outer_start)
        whole = Token(quote.outer_start, quote.outer_end, "", Tag.QUOTE, index)
        whole.lower = text[quote.end - 1] if quote.end > quote.start else ""
        stream.append(whole)
        place = quote.outer_end
    stream += tokens(text, place, end)
    return stream


def _split(text: str, stream: list[Token], quoted: list[Quotation]) -> list[list[Token]]:
    pieces: list[list[Token]] = []
    piece: list[Token] = []
    for index, token in enumerate(stream):
        piece.append(token)
        if index + 1 < len(stream) and (len(piece) >= _LONGEST or _ends(text, stream, index, quoted)):
            pieces.append(piece)
            piece = []
    if piece:
        pieces.append(piece)
    return pieces


def _ends(text: str, stream: list[Token], index: int, quoted: list[Quotation]) -> bool:
    token, after = stream[index], stream[index + 1]
    if token.tag is Tag.STOP:
        spaced = after.start > token.end
        return spaced and (after.capital or after.tag in {Tag.QUOTE, Tag.NUM, Tag.OPEN, Tag.DASH})
    if token.tag is Tag.CLOSE and index and stream[index - 1].tag is Tag.STOP:
        return after.capital
    if token.tag is not Tag.QUOTE:
        return False
    return _quote_ends(text, stream, index, quoted)


def _quote_ends(text: str, stream: list[Token], index: int, quoted: list[Quotation]) -> bool:
    """Does a sentence end with this quotation? Its last mark and the words behind it tell."""
    quote = quoted[stream[index].quote]
    after = stream[index + 1]
    inner = text[max(quote.start, quote.end - 8) : quote.end].rstrip(_CLOSERS)
    if not inner or inner[-1] not in _INNER_END or text[after.start].islower():
        return False
    if after.tag is Tag.QUOTE:
        return True
    return after.capital and not _attribution_follows(stream, index + 1)


def _attribution_follows(stream: list[Token], index: int) -> bool:
    """Do the words from here on read "Smith said" up to the end of the sentence or to a comma?"""
    words = stream[index : index + _LOOK_AHEAD]
    for place, token in enumerate(words):
        if token.tag is Tag.CUE:
            return place > 0 and lexicon.CUES[token.lower][1] in _SPEECH and _closes(words, place)
        if token.tag not in {Tag.NAME, Tag.PRON, Tag.DET, Tag.NOUN, Tag.ADV, Tag.AUX, Tag.PREP}:
            return False
    return False


_ALONE = frozenset(
    ["both", "all", "some", "many", "most", "others", "few", "several", "this", "that", "another", "one"]
)
_SPEECH = {lexicon.Cue.SAY, lexicon.Cue.TELL, lexicon.Cue.QUOTE, lexicon.Cue.NOUN}


def _closes(words: list[Token], place: int) -> bool:
    """Is nothing reported behind the verb: the sentence ends, or only a time or place follows?"""
    rest = words[place + 1 :]
    if not rest:
        return False
    if rest[0].tag in {Tag.STOP, Tag.COMMA}:
        return True
    stops = [t for t in rest if t.tag in {Tag.STOP, Tag.CUE, Tag.AUX, Tag.VERB, Tag.SUB}]
    return bool(stops) and stops[0].tag is Tag.STOP


def _retag(piece: list[Token]) -> None:
    """Tags that need the neighbours: a verb in front position, possessive or verb 's, nouns like "reports"."""
    for index, token in enumerate(piece):
        before = piece[index - 1] if index else None
        after = piece[index + 1] if index + 1 < len(piece) else None
        if before is None or before.tag in {Tag.QUOTE, Tag.COLON, Tag.DASH}:
            _retag_first(token, after)
        if (
            token.lower == "there"
            and after is not None
            and (after.tag in {Tag.AUX, Tag.VERB} or after.lower == "'s")
        ):
            token.tag = Tag.PRON
        if token.tag is Tag.NAME and token.lower in {"says", "said"} and before is not None:
            token.tag = Tag.CUE
        if token.tag is Tag.POSS:
            token.tag = _apostrophe(token, before, after)
        elif token.tag in {Tag.CUE, Tag.VERB} and before is not None and _is_noun(token, before, after):
            token.tag = Tag.NOUN
        elif token.lower == "according" and after is not None and after.lower == "to":
            token.tag = Tag.CUE


def _retag_first(token: Token, after: Token | None) -> None:
    """Capitals at the start of a sentence say nothing: "Asked about …", "Saying that …"."""
    if token.tag is not Tag.NAME or after is None or after.tag in {Tag.NAME, Tag.POSS}:
        return
    form = lexicon.CUES.get(token.lower)
    if form is not None and form[2] in {lexicon.Form.ING, lexicon.Form.PAST}:
        token.tag = Tag.CUE


def _apostrophe(token: Token, before: Token | None, after: Token | None) -> Tag:
    if token.lower not in {"'s", "'"}:
        return Tag.AUX
    if before is not None and before.tag is Tag.PRON:
        return Tag.AUX
    if after is not None and (
        after.tag in {Tag.DET, Tag.ADV} or after.lower in {"been", "saying", "going", "trying"}
    ):
        return Tag.AUX
    return Tag.POSS


def _is_noun(token: Token, before: Token, after: Token | None) -> bool:
    """ "the claim", "his reports", "in reply": a form that is also a noun, where a verb cannot stand."""
    if token.tag is Tag.VERB and before.tag in {Tag.DET, Tag.POSS} and before.lower not in _ALONE:
        return True
    if token.lower in lexicon.ALSO_NOUNS:
        if before.tag in {Tag.DET, Tag.POSS, Tag.NUM}:
            named = after is not None and after.tag in {Tag.NOUN, Tag.NAME}
            return named or before.lower not in {
                "both",
                "all",
                "some",
                "many",
                "most",
                "others",
                "few",
                "several",
            }
        if before.tag is Tag.PREP and before.lower != "to":
            return not token.lower.endswith("ing")
        if before.tag is Tag.VERB or (before.tag is Tag.CUE and before.end < token.start):
            return True
        if (
            before.tag is Tag.NOUN
            and after is not None
            and after.tag in {Tag.AUX, Tag.CUE, Tag.PREP, Tag.POSS}
        ):
            return after.lower not in {"to", "that", "as", "on"}
        if (
            token.lower.endswith("s")
            and after is not None
            and after.lower in {"as", "of", "about", "by", "from"}
        ):
            return True
    return (
        before.tag in {Tag.DET, Tag.POSS, Tag.NUM}
        and token.tag is Tag.CUE
        and _attributive(token, before, after)
    )


def _attributive(token: Token, before: Token, after: Token | None) -> bool:
    """A participle before a noun: "the estimated cost", "his stated goal"."""
    if before.tag is Tag.DET and before.lower in {
        "both",
        "all",
        "some",
        "many",
        "most",
        "others",
        "another",
        "one",
    }:
        return False
    return (
        after is not None
        and after.tag in {Tag.NOUN, Tag.NAME}
        and lexicon.CUES[token.lower][2]
        in {
            lexicon.Form.PAST,
            lexicon.Form.PARTICIPLE,
            lexicon.Form.ING,
        }
    )
