"""A small public archive."""

from __future__ import annotations

from archive.models import Correction
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_position,
    make_speaker,
    make_statement,
    make_topic,
)
from tests.public.marks import MARKED

# Public notes are about these records from the start, before they exist.
NOTED = {
    "archive.article": "noted22222",
    "statements.statement": "noted33333",
    "policies.proposallist": "noted44444",
    "policies.proposal": "noted55555",
    "policies.position": "noted66666",
}
TEXT = (
    f"“We will fight,” Lee said. The rest is {MARKED} anchor. Her list:\n- Build a "
    "bridge.\n- Plant trees."
)


def make_public() -> dict:
    """Creates one complete record of everything; LEAK occurs only in the unquoted words
    of the article.
    """
    article = make_article(
        TEXT,
        headline="Open article",
        outlet=make_outlet(name="Open Post"),
        published_on="2024-12-12",
    )
    speaker = make_speaker(name="Ann Lee")
    council = make_speaker(name="Open council", kind="organization")
    for title in ("Mayor", "Chair"):
        speaker.affiliations.create(
            title=title,
            known_on="2024-12-12",
            organization=council,
            source_url="https://example.org/council",
            is_published=True,
        )
    topic = make_topic(name="Open topic")
    statement = make_statement("We will fight,", article=article, speaker=speaker)
    reported = make_statement(
        "anchor",
        article=article,
        speaker=speaker,
        form="indirect",
        text="Lee was brief.",
    )
    proposal_list = make_list(article=article, issued_by=speaker, title="Open list")
    proposal = make_listed(
        "Build a bridge.", proposal_list=proposal_list, title="Build one bridge"
    )
    for record in (statement, reported, proposal):
        record.topics.add(topic)
    make_position(statement, speaker=speaker, proposal=proposal, basis="own_words")
    for table, uid in NOTED.items():
        for kind in ("correction", "withdrawal", "reinstatement"):
            Correction.objects.create(
                table=table,
                record_uid=uid,
                kind=kind,
                note="A note.",
                date="2024-12-12",
                status="published",
            )
    return {
        "article": article,
        "speaker": speaker,
        "proposal": proposal,
        "list": proposal_list,
        "topic": topic,
    }
