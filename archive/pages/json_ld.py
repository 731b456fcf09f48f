"""schema.org data of an article and the records in it."""

from __future__ import annotations

from archive.core import identifiers
from archive.core.json_ld import Node
from archive.models import json_ld
from archive.pages.reading import Reading
from policies.json_ld import list_in
from policies.models import Proposal
from statements.json_ld import named, quotation_in
from statements.models import Statement


def article(reading: Reading) -> Node:
    """The article with its speakers and, as parts, its verbatim statements and proposal
    lists; independent of the chosen speaker.
    """
    statements = [owner for owner in reading.owners if isinstance(owner, Statement)]
    lists = [
        owner.proposal_list for owner in reading.owners if isinstance(owner, Proposal)
    ]
    return json_ld.article(
        reading.article,
        description=reading.article.summary,
        identifier=identifiers.nodes(reading.article.identifiers.all()),
        mentions=[named(voice.speaker) for voice in reading.voices],
        hasPart=[
            *(quotation_in(item) for item in statements if item.is_verbatim),
            *(list_in(item) for item in dict.fromkeys(lists) if item),
        ],
    )
