"""Beside the archive of `visible`, everything the public must never see."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from archive.core.publishing import Status
from archive.models import (
    Article,
    ArticleVersion,
    Correction,
    Outlet,
    Topic,
)
from policies.models import Check, Position, Proposal, ProposalIdentifier, ProposalList
from statements.models import Affiliation, Speaker, Statement
from tests.factories import (
    add_passage,
    make_list,
    make_position,
    make_proposal,
    make_statement,
)
from tests.public.editorial import report, sent_back, suggested
from tests.public.marks import LEAK, MARKED, SLUG
from tests.public.visible import NOTED

HIDDEN = [status for status in Status.values if status != "published"]


def make_hidden(public: dict) -> set[str]:
    """Creates all of it once for each status that is not public, then published
    children of hidden parents.

    Returns the slugs and uids of records that were once public: only their URLs may say
    that the record is gone.
    """
    for status in HIDDEN:
        _everything(status, status)
        _on_public_parents(public, status)
        _everything(status, "published")
    _on_hidden_evidence(public)
    _noted(public)
    return _once_public()


def _slug(name: str) -> str:
    return f"{SLUG}-{name}-{Topic.objects.count()}"


def _everything(parents: str, children: str) -> None:
    """Hidden articles and lists, with statements, proposals and positions of the status
    `children`.
    """
    topic = Topic.objects.create(name=MARKED, slug=_slug("topic"))
    speaker = _speaker()
    article = _article(parents)
    version = ArticleVersion.objects.create(
        article=article, text=f"{MARKED}: fight. - Build.", note=MARKED
    )
    statement = Statement.objects.create(
        article=article,
        speaker=speaker,
        form="indirect",
        attribution=MARKED,
        occasion=MARKED,
        text=MARKED,
        context=MARKED,
        marks_exception=MARKED,
        said_on="2024-12-12",
        reported_by=_speaker(),
        status=children,
    )
    add_passage(statement, "fight", version=version)
    proposal_list = ProposalList.objects.create(
        article=article,
        title=MARKED,
        slug=_slug("list"),
        issued_by=speaker,
        addressed_to=_speaker(),
        introduction=MARKED,
        status=parents,
    )
    listed = Proposal.objects.create(
        proposal_list=proposal_list,
        number=1,
        title=MARKED,
        slug=_slug("listed"),
        outcome=MARKED,
        status=children,
    )
    add_passage(_fresh(listed), "Build", version=version)
    loose = Proposal.objects.create(
        title=MARKED,
        slug=_slug("loose"),
        text=MARKED,
        article=article,
        proposed_by=speaker,
        status=children,
    )
    ProposalIdentifier.objects.create(
        proposal=loose, scheme=MARKED, identifier=_slug("id")
    )
    for record in (statement, listed, loose):
        record.topics.add(topic)
    position = _position(speaker, listed, children)
    position.evidence.add(statement)
    Check.objects.create(
        speaker=speaker, proposal=loose, checked_on="2024-12-12", where=MARKED
    )
    _affiliated(speaker)
    Correction.objects.create(
        table="archive.article",
        record_uid=article.uid,
        note=MARKED,
        date="2024-12-12",
        status=parents,
    )
    report(article)
    sent_back(article)


def _affiliated(speaker: Speaker) -> None:
    """A draft, whose words no reader may see, and a published office of a speaker whom
    no reader may see.
    """
    fields = {"title": MARKED, "place": MARKED, "known_on": "2024-12-12"}
    body = _speaker(kind="organization")
    source = f"https://example.org/{LEAK}"
    for is_published in (False, True):
        Affiliation.objects.create(
            speaker=speaker,
            organization=body,
            kind="member" if is_published else "office",
            source_url="" if is_published else source,
            is_published=is_published,
            **fields,
        )


def _draft_affiliations(speaker: Speaker) -> None:
    """Of a public speaker, with a hidden organization and in a public one."""
    council = Speaker.objects.get(name="Open council")
    count = Affiliation.objects.count()
    for organization in (_speaker(kind="organization"), council):
        speaker.affiliations.create(
            title=f"{MARKED} {count}",
            place=MARKED,
            organization=organization,
            known_on="2024-12-12",
            source_url=f"https://example.org/{LEAK}",
        )


def _on_public_parents(public: dict, status: str) -> None:
    """Hidden records that belong to public ones."""
    report(public["article"])
    sent_back(public["article"])
    suggested(public["article"])
    topic = Topic.objects.create(name=MARKED, slug=_slug("topic"))
    _draft_affiliations(public["speaker"])
    statement = make_statement(
        "anchor",
        article=public["article"],
        speaker=public["speaker"],
        form="indirect",
        text=MARKED,
        status=status,
    )
    make_statement(MARKED, article=public["article"], speaker=_speaker(), status=status)
    proposal = make_proposal(
        proposal_list=public["list"],
        number=10 + Topic.objects.count(),
        title=MARKED,
        slug=_slug("p"),
        status=status,
    )
    for record in (statement, proposal):
        record.topics.add(topic, public["topic"])
    _position(public["speaker"], public["proposal"], status)
    _position(_speaker(), public["proposal"], status).evidence.add(statement)
    public["proposal"].positions.get(
        speaker=public["speaker"], basis="own_words", status="published"
    ).evidence.add(statement)


def _noted(public: dict) -> None:
    """Hidden records that public notes are about."""
    Topic.objects.create(name=MARKED, slug=_slug("topic"))  # so that slugs differ
    article = _article("draft", uid=NOTED["archive.article"])
    uids = {table: {"uid": uid, "status": "draft"} for table, uid in NOTED.items()}
    make_statement(
        "anchor",
        article=public["article"],
        speaker=_speaker(),
        form="indirect",
        text=MARKED,
        **uids["statements.statement"],
    )
    make_list(
        article=article, title=MARKED, slug=_slug("l"), **uids["policies.proposallist"]
    )
    proposal = make_proposal(title=MARKED, slug=_slug("p"), **uids["policies.proposal"])
    make_position(
        speaker=_speaker(),
        proposal=proposal,
        conditions=MARKED,
        **uids["policies.position"],
    )


def _on_hidden_evidence(public: dict) -> None:
    """Published records without any public evidence."""
    for basis in ("own_words", "reported"):
        speaker = _speaker()
        statement = make_statement(
            "We will fight,", article=public["article"], speaker=speaker, status="draft"
        )
        make_position(
            statement,
            speaker=speaker,
            proposal=public["proposal"],
            basis=basis,
            rationale=MARKED,
        )


def _once_public() -> set[str]:
    """An article and everything that belongs to it: published, then withdrawn; its
    children still have the status “published”.
    """
    with transaction.atomic():
        _everything("published", "published")
        made = [
            model.objects.latest("pk")
            for model in (Article, Statement, ProposalList, Proposal, Position)
        ]
        Correction.objects.latest("pk").delete()
    Article.objects.filter(pk=made[0].pk).update(status="withdrawn")
    for record in made[2:]:
        type(record).objects.filter(pk=record.pk).update(status="withdrawn")
    Proposal.objects.filter(proposal_list=made[2].pk).update(status="withdrawn")
    made += Proposal.objects.filter(proposal_list=made[2].pk)
    return {
        value
        for record in made
        for name in ("slug", "uid")
        if (value := getattr(record, name, ""))
    }


def _article(status: str, **fields: str) -> Article:
    return Article.objects.create(
        **fields,
        headline=MARKED,
        slug=_slug("article"),
        byline=MARKED,
        summary=MARKED,
        published_on="2024-12-12",
        date_note=MARKED,
        url=f"https://example.org/{LEAK}",
        outlet=Outlet.objects.create(name=MARKED, slug=_slug("o")),
        rights="full_text",
        status=status,
    )


def _speaker(**fields: str) -> Speaker:
    count = Speaker.objects.count()
    return Speaker.objects.create(
        name=f"{MARKED} {count}",
        slug=f"{SLUG}-speaker-{count}",
        other_names=MARKED,
        summary=MARKED,
        **fields,
    )


def _position(speaker: Speaker, proposal: Proposal, status: str) -> Position:
    one, two = (User.objects.get_or_create(username=name)[0] for name in ("one", "two"))
    return Position.objects.create(
        speaker=speaker,
        proposal=proposal,
        stance="mixed",
        basis="inferred",
        conditions=MARKED,
        rationale=MARKED,
        body=_speaker(kind="organization"),
        recorded_by=one,
        reviewed_by=two,
        status=status,
    )


def _fresh(record: Proposal) -> Proposal:
    record.refresh_from_db()
    return record
