"""Splits a text into words with offsets and a coarse word class, from word lists and
endings, without a parser.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from archive.extraction import lexicon
from archive.extraction.wordset import word_set


class Tag(StrEnum):
    """Coarse word class of a token."""

    NAME = "name"
    NOUN = "noun"
    DET = "det"
    PRON = "pron"
    POSS = "poss"
    PREP = "prep"
    SUB = "sub"
    CONJ = "conj"
    AUX = "aux"
    ADV = "adv"
    CUE = "cue"
    VERB = "verb"
    DATE = "date"
    NUM = "num"
    COMMA = "comma"
    DASH = "dash"
    COLON = "colon"
    SEMI = "semi"
    STOP = "stop"
    OPEN = "open"
    CLOSE = "close"
    QUOTE = "quote"
    OTHER = "other"


class Token:
    """One word, one mark, or (tag QUOTE) a whole quotation as one token; offsets are
    code points.
    """

    __slots__ = ("end", "lower", "quote", "start", "tag", "text")

    def __init__(
        self, start: int, end: int, text: str, tag: Tag, quote: int = -1
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.lower = text.lower().replace("’", "'") if tag is not Tag.QUOTE else ""
        self.tag = tag
        self.quote = quote

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag.value}"


_ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Cmdr|Rev|Hon|Prof|"
    r"Jr|Sr|St|Inc|Corp|Co|Ltd|vs|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Conn|Mass|Calif|Fla|"
    r"Tenn|Ala|Ariz|Ark|Colo|Del|Ga|Ill|Ind|Kan|Ky|La|Md|Mich|Minn|Miss|Mont|Neb|Nev|"
    r"Okla|Ore|Pa|Tex|Va|Vt|Wash|Wis|Wyo)\."
)
_APOSTROPHE = r"(?:['’](?!(?:s|ve|re|ll|d|m)\b)[^\W\d_]+)"
_TOKEN = re.compile(
    rf"""(?:{_ABBREVIATION}(?!\w))
    |(?:[^\W\d_]\.){{2,}}
    |[A-Z]\.(?=[\s\xa0]+[A-Z])
    |['’](?:s|ve|re|ll|d|m|S)\b
    |(?<=s)['’](?=\s)
    |\$?\d+(?:[.,/]\d+)*%?
    |[^\W\d_][^\W_]*{_APOSTROPHE}*(?:[-&][^\W_]+{_APOSTROPHE}*)*
    |--+|\.\.\.+|…
    |[^\s\w]
    |\w+""",
    re.VERBOSE,
)
_FIRST_NAME = re.compile(r" (?:(?:van|von|de|der|den|la) )*[A-Z][a-z]")
_PUNCTUATION = {
    ",": Tag.COMMA,
    ";": Tag.SEMI,
    ":": Tag.COLON,
    ".": Tag.STOP,
    "?": Tag.STOP,
    "!": Tag.STOP,
    "–": Tag.DASH,
    "—": Tag.DASH,
    "―": Tag.DASH,
    "-": Tag.DASH,
    "(": Tag.OPEN,
    "[": Tag.OPEN,
    ")": Tag.CLOSE,
    "]": Tag.CLOSE,
    "…": Tag.OTHER,
}
_CLASSES: tuple[tuple[frozenset[str], Tag], ...] = (
    (lexicon.SUBJECT_PRONOUNS, Tag.PRON),
    (lexicon.AUXILIARIES, Tag.AUX),
    (lexicon.DETERMINERS, Tag.DET),
    (lexicon.POSSESSIVES, Tag.DET),
    (lexicon.SUBORDINATORS, Tag.SUB),
    (lexicon.CONJUNCTIONS, Tag.CONJ),
    (lexicon.ADVERBS, Tag.ADV),
    (lexicon.PREPOSITIONS, Tag.PREP),
    (
        frozenset(
            {
                "me",
                "him",
                "us",
                "them",
                "none",
                "nobody",
                "everyone",
                "everybody",
                "someone",
            }
        ),
        Tag.NOUN,
    ),
)


def _word_tags() -> dict[str, Tag]:
    table: dict[str, Tag] = {}
    for words, tag in _CLASSES:
        for word in words:
            table.setdefault(word, tag)
    for word in lexicon.CUES:
        table.setdefault(word, Tag.CUE)
    for word in lexicon.VERBS:
        table.setdefault(word, Tag.VERB)
    return table


_WORDS = _word_tags()
_DAYS = word_set("today yesterday tomorrow tonight")
_NOT_ADVERBS = word_set(
    "family supply reply assembly ally rally july italy only early daily weekly "
    "friendly"
)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Returns the tokens of text[start:end], in order, with offsets into the whole
    text.
    """
    before = Tag.OTHER
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        tag = _tag(word)
        if tag is Tag.AUX and before is Tag.NAME and word[0].isupper():
            tag = Tag.NAME  # "Clara May", "Jonas Will"
        if word == "Jan" and _FIRST_NAME.match(text, match.end()):
            tag = Tag.NAME  # the month has a full stop or a number behind it
        before = tag
        yield Token(match.start(), match.end(), word, tag)


def _tag(word: str) -> Tag:
    first = word[0]
    if not first.isalnum():
        return _mark(word)
    if first.isdigit():
        return Tag.NUM
    lower = word.lower().replace("’", "'")
    if first.isupper():
        return _capital(word, lower)
    if lower in _DAYS:
        return Tag.DATE
    return _WORDS.get(lower) or _by_ending(lower)


def _capital(word: str, lower: str) -> Tag:
    """Returns the tag of a capitalized word: a name, unless the word is of a closed
    class and so only opens a sentence.
    """
    if lower.rstrip(".") in lexicon.DATES:
        return Tag.NAME if word.isupper() and len(word) > 3 else Tag.DATE
    tag = _WORDS.get(lower)
    if tag in {None, Tag.CUE, Tag.VERB, Tag.NOUN}:
        return Tag.NAME
    return tag or Tag.NAME


def _by_ending(lower: str) -> Tag:
    if lower.endswith("ly") and len(lower) > 4 and lower not in _NOT_ADVERBS:
        return Tag.ADV
    if lower.endswith("ed") and len(lower) > 4 and not lower.endswith(("eed", "-led")):
        return Tag.VERB
    return Tag.NOUN


def _mark(word: str) -> Tag:
    if word[0] in "'’":
        return Tag.POSS
    if word[0] == "$":
        return Tag.NUM
    if word == "&":
        return Tag.NAME  # "Baker & Lund" is one name
    if word.startswith("--"):
        return Tag.DASH
    return _PUNCTUATION.get(word, Tag.OTHER)
