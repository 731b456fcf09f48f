"""Step 3: splits the text into sentences in which each quotation is one opaque token.

So nothing inside the marks can be taken for a subject, a verb or a pronoun of the
reporter's.
"""

import bisect
from dataclasses import dataclass

from archive.extraction import lexicon
from archive.extraction.quotes import Quotation, paragraphs
from archive.extraction.retag import retag
from archive.extraction.tokens import Tag, Token, tokens

_INNER_END = ".?!…"
_CLOSERS = "'’)]”\" \xa0"
_LOOK_AHEAD = 14
# tokens; anything longer is no sentence, and later steps compare the verbs of one
# sentence with each other
_LONGEST = 250


@dataclass(slots=True)
class Sentence:
    """Tokens of one sentence; quotations are single tokens with tag QUOTE. start/end
    cover the whole sentence.
    """

    tokens: list[Token]
    paragraph: int

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def quotes(self) -> list[int]:
        """Indexes of the quotations among the tokens."""
        return [i for i, t in enumerate(self.tokens) if t.tag is Tag.QUOTE]


def sentences(text: str, quoted: list[Quotation]) -> list[Sentence]:
    """Returns all sentences of a normalized text in order. Linear."""
    result: list[Sentence] = []
    starts = [q.outer_start for q in quoted]
    for paragraph, (start, end) in enumerate(paragraphs(text)):
        low = bisect.bisect_left(starts, start)
        high = bisect.bisect_left(starts, end)
        stream = _outside(text, start, end, quoted, range(low, high))
        for piece in _split(text, stream, quoted):
            retag(piece)
            result.append(Sentence(piece, paragraph))
    return result


def _outside(
    text: str, start: int, end: int, quoted: list[Quotation], inside: range
) -> list[Token]:
    stream: list[Token] = []
    offset = start
    for index in inside:
        quote = quoted[index]
        stream += tokens(text, offset, quote.outer_start)
        whole = Token(quote.outer_start, quote.outer_end, "", Tag.QUOTE, index)
        whole.lower = text[quote.end - 1] if quote.end > quote.start else ""
        stream.append(whole)
        offset = quote.outer_end
    stream += tokens(text, offset, end)
    return stream


def _split(
    text: str, stream: list[Token], quoted: list[Quotation]
) -> list[list[Token]]:
    pieces: list[list[Token]] = []
    piece: list[Token] = []
    for index, token in enumerate(stream):
        piece.append(token)
        if index + 1 < len(stream) and (
            len(piece) >= _LONGEST or _ends(text, stream, index, quoted)
        ):
            pieces.append(piece)
            piece = []
    if piece:
        pieces.append(piece)
    return pieces


def _ends(text: str, stream: list[Token], index: int, quoted: list[Quotation]) -> bool:
    token, after = stream[index], stream[index + 1]
    if token.tag is Tag.STOP:
        spaced = after.start > token.end
        return spaced and (
            after.capital or after.tag in {Tag.QUOTE, Tag.NUM, Tag.OPEN, Tag.DASH}
        )
    if token.tag is Tag.CLOSE and index and stream[index - 1].tag is Tag.STOP:
        return after.capital
    if token.tag is not Tag.QUOTE:
        return False
    return _quote_ends(text, stream, index, quoted)


def _quote_ends(
    text: str, stream: list[Token], index: int, quoted: list[Quotation]
) -> bool:
    """Returns whether a sentence ends with this quotation, judging by its last mark and
    the words after it.
    """
    quote = quoted[stream[index].quote]
    after = stream[index + 1]
    inner = text[max(quote.start, quote.end - 8) : quote.end].rstrip(_CLOSERS)
    if not inner or inner[-1] not in _INNER_END or text[after.start].islower():
        return False
    if after.tag is Tag.QUOTE:
        return True
    return after.capital and not _attribution_follows(stream, index + 1)


def _attribution_follows(stream: list[Token], start: int) -> bool:
    """Returns whether the words from here on read "Smith said" up to the end of the
    sentence or to a comma.
    """
    words = stream[start : start + _LOOK_AHEAD]
    for index, token in enumerate(words):
        if token.tag is Tag.CUE:
            return (
                index > 0
                and lexicon.CUES[token.lower][1] in _SPEECH
                and _closes(words, index)
            )
        if token.tag not in {
            Tag.NAME,
            Tag.PRON,
            Tag.DET,
            Tag.NOUN,
            Tag.ADV,
            Tag.AUX,
            Tag.PREP,
        }:
            return False
    return False


_SPEECH = {lexicon.Cue.SAY, lexicon.Cue.TELL, lexicon.Cue.QUOTE, lexicon.Cue.NOUN}


def _closes(words: list[Token], index: int) -> bool:
    """Returns whether nothing is reported after the verb: the sentence ends, or only a
    time or location follows.
    """
    rest = words[index + 1 :]
    if not rest:
        return False
    if rest[0].tag in {Tag.STOP, Tag.COMMA}:
        return True
    stops = [
        t for t in rest if t.tag in {Tag.STOP, Tag.CUE, Tag.AUX, Tag.VERB, Tag.SUB}
    ]
    return bool(stops) and stops[0].tag is Tag.STOP
