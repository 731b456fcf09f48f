"""Extraction: takes a text and returns a draft with exact offsets. Pure Python,
standard library only.
"""

from archive.extraction.engine import extract
from archive.extraction.model import (
    ArticleDraft,
    Candidate,
    Item,
    Kind,
    Naming,
    Passage,
    Person,
    ProposalList,
    Speaker,
    Statement,
    StatementForm,
)
from archive.extraction.normalize import normalize

__all__ = [
    "ArticleDraft",
    "Candidate",
    "Item",
    "Kind",
    "Naming",
    "Passage",
    "Person",
    "ProposalList",
    "Speaker",
    "Statement",
    "StatementForm",
    "extract",
    "normalize",
]
