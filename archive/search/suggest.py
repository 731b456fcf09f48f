"""“Did you mean”: replaces a word missing from the index with the nearest
public word.
"""

from __future__ import annotations

import re
import threading
import time

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Query, Schema, Searcher

from archive.search import analysis
from archive.search.language import TextQuery

MAX_WORDS = 2  # unknown words looked up per query
# seconds that the word list is cached, however often the index changes
MAX_AGE = 60.0

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
        unknown = [
            word
            for t in text.texts
            for word in analysis.words(t)
            if not self._is_known(searcher, word)
        ]
        changed = text.typed
        for word in list(dict.fromkeys(unknown))[:MAX_WORDS]:
            if best := self._nearest(searcher, word):
                changed = _replaced(changed, word, best)
        return changed if changed != text.typed else ""

    def _is_known(self, searcher: Searcher, word: str) -> bool:
        """Whether a current record has the word; term counts include deleted
        records.
        """
        stem = analysis.stems(word)
        return bool(stem) and _occurs(
            searcher, Query.term_query(self.schema, "body", stem[0], "basic")
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


def _occurs(searcher: Searcher, query: Query) -> bool:
    return bool(searcher.search(query, 1, count=False).hits)


def _replaced(typed: str, word: str, best: str) -> str:
    """Replaces the first word of `typed` that equals `word`, ignoring accents
    and case.
    """
    for match in re.finditer(r"[^\W_]+(?:['’][^\W\d_]+)*", typed):
        if analysis.words(match[0]) == [word]:
            return typed[: match.start()] + best + typed[match.end() :]
    return typed
