"""An article as the desk has left it: drafts of everything, none of them public."""

from __future__ import annotations

from typing import Any

from archive.models import Suggestion
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
)

WHOLE = {"url": "https://example.org/a", "published_on": "2024-12-12"}


def make_drafts(**fields: Any) -> dict[str, Any]:
    outlet = make_outlet(name="The Draft Post")
    article = make_article(
        **{"headline": "A ZZdraft", "status": "draft", "outlet": outlet, **WHOLE}
        | fields
    )
    speaker = make_speaker(name="Zoe ZZdraft")
    draft = {"status": "draft"}
    statement = make_statement(article=article, speaker=speaker, **draft)
    proposal_list = make_list(
        article=article, issued_by=speaker, title="The ZZdraft list", **draft
    )
    listed = make_listed(
        proposal_list=proposal_list, title="To build a ZZdraft", **draft
    )
    proposal = make_proposal(
        article=article, proposed_by=speaker, title="To ZZdraft", **draft
    )
    position = make_position(
        statement, speaker=speaker, proposal=listed, basis="own_words", **draft
    )
    return {
        "article": article,
        "speaker": speaker,
        "statement": statement,
        "list": proposal_list,
        "listed": listed,
        "proposal": proposal,
        "position": position,
    }


def make_suggestion(article: Any, words: str, **fields: Any) -> Suggestion:
    version = article.latest_version
    start = version.text.index(words)
    return Suggestion.objects.create(
        **{
            "article": article,
            "version": version,
            "kind": "statement",
            "start": start,
            "spans": [[start, start + len(words)]],
            **fields,
        }
    )
