"""schema.org data of lists and proposals. schema.org has no term for a stance, so
positions are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from archive.core.json_ld import Node, permanent, without_empty
from archive.models import Topic
from archive.models.json_ld import article
from archive.models.json_ld import topic as topic_node
from policies.models import Proposal, ProposalList
from statements.json_ld import named
from statements.models import Speaker


def proposal(record: Proposal, **further: Any) -> Node:
    """`text` holds the source's wording only; the archive's own is a description. The
    title is the archive's own, so it is a name.
    """
    is_quoted = record.is_listed or record.has_source_wording
    return without_empty(
        **_titled(record, "CreativeWork"),
        text=record.text if is_quoted else "",
        description="" if is_quoted else record.text,
        dateCreated=record.proposed_on.isoformat() if record.proposed_on else "",
        sameAs=record.source_url,
        creator=named(record.put_forward_by) if record.put_forward_by else None,
        isPartOf=list_in(record.proposal_list) if record.proposal_list else None,
        isBasedOn=article(record.article) if record.article else None,
        **further,
    )


def proposal_list(record: ProposalList, proposals: Iterable[Proposal]) -> Node:
    items = [
        {"@type": "ListItem", "position": proposal.number, "item": _item(proposal)}
        for proposal in proposals
    ]
    return without_empty(
        **list_in(record),
        description=record.introduction,
        creator=named(record.issued_by),
        dateCreated=record.issued_on.isoformat() if record.issued_on else "",
        isBasedOn=article(record.article),
        itemListElement=items,
    )


def list_in(record: ProposalList) -> Node:
    """A list as referred to by its article or a proposal. An ItemList alone has no
    author or source.
    """
    return _titled(record, ["ItemList", "CreativeWork"])


def _item(record: Proposal) -> Node:
    return without_empty(**_titled(record, "CreativeWork"), text=record.text)


def _titled(record: Proposal | ProposalList, kind: Any) -> Node:
    return {
        "@type": kind,
        "@id": permanent(record),
        "url": record.get_absolute_url(),
        "name": record.title,
    }


def on_topic(speaker: Speaker, topic: Topic) -> Node:
    """What one speaker said on one topic."""
    path = reverse("on-topic", args=[speaker.slug, topic.slug])
    about = [named(speaker), topic_node(topic)]
    return {"@type": "CollectionPage", "@id": path, "url": path, "about": about}
