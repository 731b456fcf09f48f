"""“Did you mean”: replaces a word missing from the index with the nearest
public word.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Query, Schema, Searcher

from archive.search import analysis
from archive.search.language import TextQuery

MAX_WORDS = 2  # unknown words looked up per query
# seconds that the word list is cached, however often the index changes
MAX_AGE = 60.0

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
# length -> words and their frequencies
WordsByLength = dict[int, tuple[list[str], list[int]]]


class Speller:
    """Caches the words of one index."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._cached: tuple[float, WordsByLength] | None = None
        self._lock = threading.Lock()

    def suggest(self, searcher: Searcher, text: TextQuery) -> str:
        """The typed text with unknown words replaced; empty if all are known or no word
        is near.
        """
        if text.is_prose:
            return ""
        unknown = self._unknown(searcher, text.texts)
        changed = text.typed
        for word in unknown[:MAX_WORDS]:
            if best := self._nearest(searcher, word):
                changed = _replaced(changed, word, best)
        return changed if changed != text.typed else ""

    def knows_all(self, searcher: Searcher, text: TextQuery) -> bool:
        """Whether no word would be looked up in the list of words."""
        return text.is_prose or not self._unknown(searcher, text.texts)

    def unknown_words(self, searcher: Searcher, text: TextQuery) -> list[str]:
        """The words, as typed, that no record has; stop words count as known."""
        unknown = self._unknown(searcher, text.texts)
        return [
            typed
            for typed in dict.fromkeys(_WORD.findall(text.typed))
            if unknown and analysis.words(typed)[:1] in [[word] for word in unknown]
        ]

    def _unknown(self, searcher: Searcher, texts: Iterable[str]) -> list[str]:
        words = dict.fromkeys(word for t in texts for word in analysis.words(t))
        return [
            word
            for word in words
            if word not in analysis.STOP_WORDS and not self._is_known(searcher, word)
        ]

    def _is_known(self, searcher: Searcher, word: str) -> bool:
        """Whether a current record has the word; term counts include deleted
        records.
        """
        stem = analysis.stems(word)
        return bool(stem) and _occurs(
            searcher, Query.term_query(self.schema, "text", stem[0], "basic")
        )

    def _nearest(self, searcher: Searcher, word: str) -> str:
        """The best public word by edit distance (transpositions count once), same first
        letter and frequency.
        """
        if not 4 <= len(word) <= 30 or word.isdigit():
            return ""
        limit = 1 if len(word) < 6 else 2
        candidates = []
        for size in range(len(word) - limit, len(word) + limit + 1):
            words, frequencies = self._words(searcher).get(size, ([], []))
            matches = process.extract_iter(
                word, words, scorer=OSA.distance, score_cutoff=limit
            )
            candidates += [
                (distance + (other[0] != word[0]) * 0.5, -frequencies[index], other)
                for other, distance, index in matches
            ]
        public = (
            candidate
            for *_, candidate in sorted(candidates)[:20]
            if self._is_public(searcher, candidate)
        )
        return next(public, "")

    def _is_public(self, searcher: Searcher, word: str) -> bool:
        return _occurs(searcher, Query.term_query(self.schema, "words", word, "basic"))

    def _words(self, searcher: Searcher) -> WordsByLength:
        with self._lock:
            if not self._cached or self._cached[0] < time.monotonic() - MAX_AGE:
                by_length: WordsByLength = {}
                for word, frequency in searcher.terms_with_prefix("words", ""):
                    if word.isalpha():
                        words, frequencies = by_length.setdefault(len(word), ([], []))
                        words.append(word)
                        frequencies.append(frequency)
                self._cached = (time.monotonic(), by_length)
            return self._cached[1]


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Word, folded -> how these texts print it most often; a tie goes to lower case."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for printed in _WORD.findall(analysis.normalize(text)):
            for word in analysis.words(printed):
                counts.setdefault(word, Counter())[printed] += 1
    return {
        word: max(printed, key=lambda form: (printed[form], form.islower(), form))
        for word, printed in counts.items()
    }


def as_printed(corrected: str, typed: str, spellings: Mapping[str, str]) -> str:
    """The corrected text with its new words as they are printed; empty if one of them
    is printed nowhere.
    """
    typed_words = set(analysis.words(typed))
    for word in dict.fromkeys(analysis.words(corrected)):
        if word in typed_words:
            continue
        if word not in spellings:
            return ""
        corrected = _replaced(corrected, word, spellings[word])
    return corrected


def _occurs(searcher: Searcher, query: Query) -> bool:
    return bool(searcher.search(query, 1, count=False).hits)


def _replaced(typed: str, word: str, best: str) -> str:
    """Replaces the first word of `typed` that equals `word`, ignoring accents
    and case.
    """
    for match in _WORD.finditer(typed):
        if analysis.words(match[0]) == [word]:
            return typed[: match.start()] + best + typed[match.end() :]
    return typed
