"""Lists and proposals in the words of schema.org, which has none for stances: positions
are for people to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.core.json_ld import Node, known, permanent
from archive.models.json_ld import article
from policies.models import Proposal, ProposalList
from statements.json_ld import named


def proposal(shown: Proposal, **further: Any) -> Node:
    """`text` is the source's wording only; ours is a description. Its title is always
    ours, and so a name.
    """
    return known(
        **_titled(shown, "CreativeWork"),
        text=shown.text if shown.is_listed else "",
        description="" if shown.is_listed else shown.text,
        creator=named(shown.put_forward_by) if shown.put_forward_by else None,
        isPartOf=list_in(shown.proposal_list) if shown.proposal_list else None,
        isBasedOn=article(shown.article) if shown.article else None,
        **further,
    )


def proposal_list(shown: ProposalList, proposals: Iterable[Proposal]) -> Node:
    items = [
        {"@type": "ListItem", "position": each.number, "item": _item(each)}
        for each in proposals
    ]
    return known(
        **list_in(shown),
        description=shown.introduction,
        creator=named(shown.issued_by),
        dateCreated=shown.issued_on.isoformat() if shown.issued_on else "",
        isBasedOn=article(shown.article),
        itemListElement=items,
    )


def list_in(shown: ProposalList) -> Node:
    """A list where its article or a proposal names it; an ItemList alone would have no
    author and no source.
    """
    return _titled(shown, ["ItemList", "CreativeWork"])


def identifiers(shown: Proposal) -> list[Node]:
    return [
        {"@type": "PropertyValue", "propertyID": each.scheme, "value": each.identifier}
        for each in shown.identifiers.all()
    ]


def _item(shown: Proposal) -> Node:
    return known(**_titled(shown, "CreativeWork"), text=shown.text)


def _titled(shown: Proposal | ProposalList, kind: Any) -> Node:
    return {
        "@type": kind,
        "@id": permanent(shown),
        "url": shown.get_absolute_url(),
        "name": shown.title,
    }
