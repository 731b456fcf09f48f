"""Lists, proposals and positions."""

from __future__ import annotations

from typing import Any

from archive.importing import cells
from archive.importing.base import Block, Kind, Row
from archive.importing.columns import (
    IDENTIFIERS,
    SLUG,
    TOPICS,
    TOPICS_BY_RULE,
    UID,
    Column,
    Reference,
    dated,
    plain,
)
from archive.importing.kinds.statements import (
    ARTICLE,
    END,
    PASSAGE,
    SAID_BY,
    START,
    uid_column,
)
from archive.importing.kinds.wording import Texts, locate, pieces
from archive.importing.lookups import by_external_id, by_token
from archive.importing.parts import identifiers, links, passages
from policies.models import (
    Basis,
    Position,
    Proposal,
    ProposalIdentifier,
    ProposalList,
    ProposalPassage,
    Stance,
)

SLUGGED = plain("slug", SLUG.meaning, cells.slug, keeps_default=True)

LISTS = Kind(
    name="lists",
    one="list",
    model=ProposalList,
    own=(
        UID,
        SLUGGED,
        plain(
            "title",
            "What it is called.",
            cells.line(ProposalList, "title"),
            is_needed=True,
        ),
        dated("issued_on", "The day it was issued.", "date"),
        plain("introduction", "What introduces it.", cells.long_text),
        plain(
            "is_complete",
            "Whether the source gives all of it; empty: not stated.",
            cells.yes_no,
            empty=None,
        ),
    ),
    references=(
        Reference("article", "articles", "The article", True, ARTICLE),
        Reference("issued_by", "speakers", "Who issued it", True),
        Reference("addressed_to", "speakers", "Who should act"),
    ),
    key=("slug", "title"),
    label="title",
)


OUTSIDE_LIST = (
    *("proposed_by_id", "addressed_to_id", "article_id"),
    *("text", "proposed_on"),
)


def _finish_proposals(block: Block) -> None:
    lists = {pk for row in block.ok_rows if (pk := row.fields.get("proposal_list_id"))}
    articles = dict(
        ProposalList.objects.filter(pk__in=lists).values_list("pk", "article_id")
    )
    texts = Texts()
    for row in block.ok_rows:
        listed = row.fields.get("proposal_list_id")
        words = pieces(row.values.get("passage") or "")
        column = "passage"
        if listed:
            if not words and not row.values.get("start"):
                words, column = pieces(row.values.get("text") or ""), "text"
            _as_listed(row, articles[listed])
        passages_in_text = locate(block, row, texts, words, column)
        if passages_in_text:
            row.fields["passages"] = passages_in_text
        if listed:
            row.fields.pop("article_id")
        if listed and row.is_ok and row.fields.get("number") is None:
            block.wrong(row, "A proposal of a list needs its number.", "number")


def _as_listed(row: Row, article: int) -> None:
    """A listed proposal has its list's article, issuer and addressee."""
    for name in OUTSIDE_LIST:
        row.fields.pop(name, None)
    row.fields["article_id"] = article


PROPOSALS = Kind(
    name="proposals",
    one="proposal",
    model=Proposal,
    own=(
        UID,
        SLUGGED,
        plain(
            "title",
            "Short and neutral: what would be done.",
            cells.line(Proposal, "title"),
            "short_title",
            is_needed=True,
        ),
        plain(
            "text",
            "In a list as worded in the source, else as worded by the archive.",
            cells.long_text,
        ),
        TOPICS,
        TOPICS_BY_RULE,
        dated("proposed_on", "The day it was proposed, outside a list.", "introduced"),
        plain(
            "source_url",
            "Its own page, such as a bill's; title and text are then as worded there.",
            cells.address,
        ),
        plain("number", "Its number in the list.", cells.small_number, empty=None),
        plain("outcome", "What became of it.", cells.line(Proposal, "outcome")),
        IDENTIFIERS,
        PASSAGE,
        START,
        END,
    ),
    references=(
        Reference("list", "lists", "Its list", field="proposal_list_id"),
        Reference("article", "articles", "The article", False, ARTICLE),
        Reference(
            "proposed_by",
            "speakers",
            "Who put it forward, outside a list",
            False,
            ("put_forward_by",),
        ),
        Reference("addressed_to", "speakers", "Who should act"),
    ),
    parts=(
        links("topics", Proposal.topics.through, "proposal_id", "topic_id"),
        passages(ProposalPassage, "proposal_id"),
        identifiers(ProposalIdentifier, "proposal_id"),
    ),
    key=("slug", "list_id", "list_uid", "list", "number", "title"),
    label="title",
    finish=_finish_proposals,
)


def _finish_positions(block: Block) -> None:
    for name, find in (
        ("evidence", lambda values: by_token("statements", values)),
        ("evidence_id", lambda ids: by_external_id(block.source, "statements", ids)),
    ):
        rows = [row for row in block.ok_rows if name in row.values]
        values = {value for row in rows for value in row.values[name] or ()}
        pks = find(values) if values else {}
        for row in rows:
            _rest_on(block, row, name, pks)


def _rest_on(block: Block, row: Row, name: str, pks: dict[str, Any]) -> None:
    evidence = row.fields.setdefault("evidence", [])
    for value in row.values[name] or ():
        if value in pks:
            evidence.append(pks[value][0])
        else:
            block.wrong(row, f"The archive has no statement “{value}”.", name)
    evidence.sort()


POSITIONS = Kind(
    name="positions",
    one="position",
    model=Position,
    own=(
        uid_column("position_uid"),
        plain(
            "stance",
            "supports, mixed, opposes, abstains, declined or discusses.",
            cells.choice(Stance),
            is_needed=True,
        ),
        plain(
            "basis",
            "own_words, document, action, reported or inferred.",
            cells.choice(Basis),
            is_needed=True,
        ),
        dated("held_on", "The day, if a source states it.", "date"),
        plain("conditions", "Of a mixed position.", cells.long_text),
        plain("rationale", "Of an inferred position: why.", cells.long_text),
        plain("source_url", "A source's address.", cells.address, "source"),
        plain(
            "source_ref",
            "Where it stands in that source; vote:12 and sponsors also say what the "
            "action was.",
            cells.line(Position, "source_ref"),
        ),
        Column(
            "evidence",
            "The uids of the statements that it rests on.",
            lambda text: [cells.token(each) for each in cells.several(text)],
            ("statement_uid",),
        ),
        Column(
            "evidence_id",
            "The same, by the statements' ids in this source.",
            cells.several,
        ),
    ),
    references=(
        Reference("proposal", "proposals", "On what", True, ("proposal_title",)),
        SAID_BY,
        Reference("body", "speakers", "The organization that voted"),
    ),
    parts=(
        links("evidence", Position.evidence.through, "position_id", "statement_id"),
    ),
    key=(
        *("proposal_id", "proposal_uid", "proposal"),
        *("speaker_id", "speaker_uid", "speaker"),
        *("stance", "basis", "held_on"),
        *("body_id", "body_uid", "body"),
    ),
    label="id",
    repeats="evidence",
    finish=_finish_positions,
)
