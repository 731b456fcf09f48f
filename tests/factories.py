"""Factories: each call makes one complete, published record, unless the arguments say
otherwise.
"""

from __future__ import annotations

import itertools
from typing import Any

from django.db import transaction

from archive.models import Article, ArticleVersion, Outlet, Topic, write_ranges
from policies.models import Position, Proposal, ProposalList, ProposalPassage
from statements.models import Affiliation, Speaker, Statement, StatementPassage

# An emoji, a composed and an uncomposed accent (q has no composed form), curly
# quotation marks.
TEXT = (
    "Café 🗽 q\u0301: “We will fight,” Mayor Ann Lee said. “And we win.” "
    "Lee said taxes "
    "will fall. "
    "Her list:\n- Build a bridge.\n- Plant trees."
)

_ordinals = itertools.count(1)


def _made(model: Any, **fields: Any) -> Any:
    """Returns the record as the database has it: slugs, texts and timestamps are set
    there.
    """
    record = model.objects.create(**fields)
    record.refresh_from_db()
    return record


def make_article(text: str = TEXT, **fields: Any) -> Article:
    ordinal = next(_ordinals)
    article = _made(
        Article, **{"headline": f"Article {ordinal}", "status": "published", **fields}
    )
    make_version(article, text)
    return article


@transaction.atomic
def make_version(article: Article, text: str, number: int = 1) -> ArticleVersion:
    version = ArticleVersion.objects.create(article=article, number=number, text=text)
    write_ranges(version)
    return version


def make_outlet(**fields: Any) -> Outlet:
    return _made(Outlet, **{"name": f"Outlet {next(_ordinals)}", **fields})


def make_topic(**fields: Any) -> Topic:
    return _made(Topic, **{"name": f"Topic {next(_ordinals)}", **fields})


def make_speaker(**fields: Any) -> Speaker:
    return _made(Speaker, **{"name": f"Speaker {next(_ordinals)}", **fields})


def make_organization(**fields: Any) -> Speaker:
    return make_speaker(kind="organization", **fields)


def make_affiliation(**fields: Any) -> Affiliation:
    """A published office that a source shows on a day."""
    made = {"title": "Mayor", "known_on": "2024-12-12", "is_published": True, **fields}
    return Affiliation.objects.create(
        speaker=made.pop("speaker", None) or make_speaker(), **made
    )


@transaction.atomic  # its rules are checked at commit
def make_statement(*words: str, passages: bool = True, **fields: Any) -> Statement:
    """Makes a direct statement with the passages `words` of its article; other forms
    need `text`.
    """
    article = fields.pop("article", None) or make_article()
    speaker = fields.pop("speaker", None) or make_speaker()
    statement = Statement.objects.create(
        **{
            "article": article,
            "speaker": speaker,
            "form": "direct",
            "status": "published",
            **fields,
        }
    )
    for ordinal, exact in enumerate(words or ["We will fight,"] if passages else [], 1):
        add_passage(statement, exact, ordinal)
    statement.refresh_from_db()
    return statement


def add_passage(
    owner: Statement | Proposal, exact: str, ordinal: int = 1, **fields: Any
) -> Any:
    article: Any = owner.article
    version = fields.pop("version", None) or article.latest_version
    start = fields.pop("start", None)
    start = version.text.index(exact) if start is None else start
    location = {
        "version": version,
        "ordinal": ordinal,
        "start": start,
        "end": start + len(exact),
        "exact": exact,
    }
    if isinstance(owner, Statement):
        return StatementPassage.objects.create(
            **{"statement": owner, **location, **fields}
        )
    return ProposalPassage.objects.create(**{"proposal": owner, **location, **fields})


def make_list(**fields: Any) -> ProposalList:
    article = fields.pop("article", None) or make_article()
    issued_by = fields.pop("issued_by", None) or make_speaker()
    return _made(
        ProposalList,
        **{
            "title": f"List {next(_ordinals)}",
            "article": article,
            "issued_by": issued_by,
            "status": "published",
            **fields,
        },
    )


@transaction.atomic
def make_listed(words: str = "Build a bridge.", **fields: Any) -> Proposal:
    """Makes a proposal in a list, with its passage."""
    proposal_list = fields.pop("proposal_list", None) or make_list()
    number = fields.pop("number", None) or proposal_list.proposals.count() + 1
    proposal = make_proposal(proposal_list=proposal_list, number=number, **fields)
    add_passage(proposal, words)
    proposal.refresh_from_db()
    return proposal


def make_proposal(**fields: Any) -> Proposal:
    ordinal = next(_ordinals)
    return _made(
        Proposal,
        **{
            "title": f"Do thing {ordinal}",
            "text": f"Thing {ordinal} done",
            "status": "published",
            **fields,
        },
    )


@transaction.atomic
def make_position(*evidence: Statement, **fields: Any) -> Position:
    speaker = fields.pop("speaker", None) or make_speaker()
    proposal = fields.pop("proposal", None) or make_proposal()
    has_statement_basis = fields.get("basis") in ("own_words", "reported")
    position = _made(
        Position,
        **{
            "speaker": speaker,
            "proposal": proposal,
            "stance": "supports",
            "basis": "document",
            "status": "published",
            "source_url": ""
            if evidence or has_statement_basis
            else "https://example.org/record",
            **fields,
        },
    )
    if evidence:
        position.evidence.add(*evidence)
    return position
