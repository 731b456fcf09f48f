"""The analyzer shared by index, queries and snippets.

Tokens are words with inner apostrophes, lowercased, without accents, reduced to English
stems.
"""

from __future__ import annotations

import functools
import unicodedata

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

WORD = r"[\p{L}\p{N}]+(?:['’][\p{L}]+)*"
MAX_WORD_BYTES = 60  # longer tokens are dropped
# PostgreSQL's english.stop. They are indexed, for phrases, but dropped as loose words
# of a query.
STOP_WORDS = frozenset(
    "i me my myself we our ours ourselves you your yours yourself yourselves he him "
    "his himself she her hers herself"
    " it its itself they them their theirs themselves what which who whom this that "
    "these those am is are was were be"
    " been being have has had having do does did doing a an the and but if or because "
    "as until while of at by for with"
    " about against between into through during before after above below to from up "
    "down in out on off over under"
    " again further then once here there when where why how all any both each few more "
    "most other some such no nor not"
    " only own same so than too very s t can will just don should now".split()
)


def normalize(text: str) -> str:
    """Unicode NFC; a decomposed accent would split its word."""
    return unicodedata.normalize("NFC", text)


def stems(text: str) -> list[str]:
    """Every word as it is indexed, in order."""
    return stemming().analyze(normalize(text))


def words(text: str) -> list[str]:
    """Every word in lower case and without accents, in order."""
    return folding().analyze(normalize(text))


def content_stems(text: str) -> list[str]:
    """The stems without those of stop words."""
    return [
        stem for word in words(text) if word not in STOP_WORDS for stem in stems(word)
    ]


@functools.cache
def stemming() -> TextAnalyzer:
    return _builder().filter(Filter.stemmer("english")).build()


@functools.cache
def folding() -> TextAnalyzer:
    return _builder().build()


def _builder() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.regex(WORD))
    return (
        builder.filter(Filter.remove_long(MAX_WORD_BYTES))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
