"""Which quotations are no statements: names, titles of works, scare quotes, codes."""

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
    """Does the quotation carry words somebody said, as far as its shape and its frame tell?"""
    exact = text[piece.quote.start : piece.quote.end]
    words = _WORD.findall(exact)
    if not any(w.isalpha() for w in words) or exact.startswith(("@", "http", "#")):
        return False
    voice = piece.voice
    if _is_name(words, exact) and not piece.follows:
        nickname = voice is not None and voice.how == "before" and len(words) <= 2
        return _may_say(piece, sentence) if not nickname else not _is_title(piece, sentence)
    if piece.follows or (voice is not None and (voice.how in _FRAMED or voice.adjacent)):
        return True
    return len(words) > _FEW_WORDS or not (voice is None or voice.how in _WEAK)


def _may_say(piece: Piece, sentence: Sentence) -> bool:
    """A name in marks is a statement only where a verb or a colon puts it into somebody's mouth: "“Yes,”
    she said".
    """
    if piece.voice is None or piece.voice.how in _WEAK or _is_title(piece, sentence):
        return False
    return piece.voice.adjacent or piece.voice.how in _FRAMED


def _is_title(piece: Piece, sentence: Sentence) -> bool:
    """Does the quotation stand where a thing is named: "on “Face of the Day”", "the “Working Group”"?"""
    if piece.place == 0:
        return False
    before = sentence.tokens[piece.place - 1]
    return before.tag in {Tag.PREP, Tag.POSS, Tag.NAME} and before.lower not in {"as", "like"}


def _is_name(words: list[str], exact: str) -> bool:
    """Capitals throughout, like a name or a title, and no full stop that would end a sentence."""
    if exact.rstrip("’”'\"").endswith((".", "?", "!")) and len(words) > 1:
        return False
    return all(w[0].isupper() or w[0].isdigit() or w.lower() in _SMALL for w in words)
