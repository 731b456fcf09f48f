"""The editors' synonyms, added to what a reader types on any list."""

from __future__ import annotations

from archive.core.caches import by_revision
from archive.models import SynonymGroup
from archive.search.language import TextQuery
from archive.search.synonyms import Thesaurus


def expanded(text: TextQuery) -> TextQuery:
    return thesaurus().expanded(text) if text.groups else text


def thesaurus() -> Thesaurus:
    return by_revision("synonyms", lambda: Thesaurus(SynonymGroup.objects.by_words()))
