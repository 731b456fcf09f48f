"""Adds synonyms to the words of a search: a reader's jail also finds prison."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from archive.search.analysis import normalize, stems
from archive.search.language import Group, TextQuery

Run = tuple[str, ...]  # the stems of a word or of several words in a row


class Thesaurus:
    """Groups of words that mean the same for a search. Of words that overlap, the
    longest run is taken, from the left.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._entries: dict[Run, dict[str, Run]] = {}
        for group in groups:
            runs = {word: tuple(stems(word)) for word in group if stems(word)}
            for run in runs.values():
                self._entries.setdefault(run, {}).update(runs)
        self._longest = max(map(len, self._entries), default=0)

    def expanded(self, text: TextQuery) -> TextQuery:
        """The text with synonyms; a phrase, an excluded word and pasted text have
        none.
        """
        if not self._entries or text.is_prose:
            return text
        groups, position = [], 0
        while position < len(text.groups):
            size, group = self._at(text.groups, position)
            groups.append(group)
            position += size
        return dataclasses.replace(text, groups=tuple(groups))

    def _at(self, groups: Sequence[Group], position: int) -> tuple[int, Group]:
        """How many groups the longest run of an entry takes from here, and the group
        that replaces them.
        """
        for size in range(min(self._longest, len(groups) - position), 0, -1):
            taken = groups[position : position + size]
            if any(each.is_required or len(each.texts) > 1 for each in taken):
                continue
            typed = " ".join(each.texts[0] for each in taken)
            run = tuple(stems(normalize(typed)))
            if run in self._entries:
                others = self._entries[run].items()
                synonyms = tuple(word for word, other in others if other != run)
                return size, Group((typed,), synonyms=synonyms)
        return 1, groups[position]
