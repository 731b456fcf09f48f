"""Decides which quotations are no statements: names, titles of works, scare quotes,
codes.
"""

import re

from archive.extraction.sentences import Sentence
from archive.extraction.speech import Piece
from archive.extraction.tokens import Tag
from archive.extraction.wordset import word_set

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SMALL = word_set("a an and as at by for from in of on or the to with de la vs")
_FRAMED = frozenset({"behind", "lead-in", "transcript", "label", "next"})
_WEAK = frozenset({"soft", "subject", "later", "previous"})
_FEW_WORDS = 3


def is_statement(text: str, piece: Piece, sentence: Sentence) -> bool:
    """Returns whether the quotation contains words somebody said, as far as its shape
    and its frame tell.
    """
    exact = text[piece.quote.start : piece.quote.end]
    words = _WORD.findall(exact)
    if not any(c.isalpha() for c in exact) or exact.startswith(("@", "http", "#")):
        return False
    if _is_name(words, exact) and not piece.follows:
        return _may_say(piece, sentence, len(words))
    return piece.follows or _is_framed(piece) or _says_enough(piece, len(words))


def _is_framed(piece: Piece) -> bool:
    """Returns whether a verb or a label next to the quotation attributes it to
    somebody.
    """
    return piece.voice is not None and (
        piece.voice.adjacent or piece.voice.link in _FRAMED
    )


def _says_enough(piece: Piece, words: int) -> bool:
    """Returns whether the quotation is long enough: a few words count next to a verb of
    speech, two or three next to one of thought.
    """
    if words > _FEW_WORDS:
        return True
    if piece.voice is None or (piece.voice.link == "soft" and words == 1):
        return False
    return piece.voice.link == "soft" or piece.voice.link not in _WEAK


def _may_say(piece: Piece, sentence: Sentence, words: int) -> bool:
    """Returns whether a name may be a statement: only as an answer ("“Yes,” she said")
    or as what somebody calls somebody.
    """
    if piece.voice is None or _is_title(piece, sentence):
        return False
    calls = piece.voice.link in {"before", "soft"} and words <= _FEW_WORDS
    return calls or (piece.voice.link not in _WEAK and _is_framed(piece))


def _is_title(piece: Piece, sentence: Sentence) -> bool:
    """Returns whether the quotation is the name of a thing: "on “Face of the Day”",
    "the “Working Group”".
    """
    if piece.position == 0:
        return False
    before = sentence.tokens[piece.position - 1]
    return before.tag in {Tag.PREP, Tag.POSS, Tag.NAME} and before.lower not in {
        "as",
        "like",
    }


def _is_name(words: list[str], exact: str) -> bool:
    """Returns whether every word is capitalized, as in a name or a title, without a
    full stop that would end a sentence.
    """
    if exact.rstrip("’”'\"").endswith((".", "?", "!")) and len(words) > 1:
        return False
    return all(w[0].isupper() or w[0].isdigit() or w.lower() in _SMALL for w in words)
