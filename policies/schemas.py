"""Lists, proposals and positions as the API gives them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.utils import timezone
from pydantic import Field

from archive.listing.schemas import (
    ArticleLink,
    Date,
    Identifier,
    Passage,
    Record,
    Schema,
    TopicLink,
    link_to,
)
from archive.models import Article, Rights
from archive.wording.text_fragments import at_words
from policies.models import Position, Proposal, ProposalList
from policies.models.positions import Stance
from statements.models import Statement
from statements.schemas import SpeakerLink

INFERRED = "Nobody said so: the editors inferred it. Never count it as stated."
MAX_POSITIONS = 100  # with a single proposal; the list of positions has all


class ListLink(Schema):
    uid: str
    slug: str = Field(description="The value of the parameter list.")
    title: str

    @classmethod
    def maybe(cls, row: ProposalList | None) -> ListLink | None:
        return cls(uid=row.uid, slug=row.slug, title=row.title) if row else None


class ProposalLink(Schema):
    uid: str
    slug: str = Field(description="The value of the parameter proposal.")
    title: str = Field(description="What would be done, in the archive's words.")
    url: str
    list: ListLink | None

    @classmethod
    def of(cls, row: Proposal, site: str) -> ProposalLink:
        return cls(
            uid=row.uid,
            slug=row.slug,
            title=row.title,
            url=site + row.get_absolute_url(),
            list=ListLink.maybe(row.proposal_list),
        )


class ListRecord(Record):
    type: Literal["list"] = "list"
    title: str
    slug: str = Field(description="The value of the parameter list.")
    introduction: str
    issued_by: SpeakerLink | None
    addressed_to: SpeakerLink | None
    issued_on: dt.date | None
    is_complete: bool | None = Field(
        description="Whether the source gives all of it; null: it does not say."
    )
    proposal_count: int
    article: ArticleLink

    @classmethod
    def of(cls, row: Any, site: str) -> ListRecord:
        return cls(**list_fields(row, site))


def list_fields(row: Any, site: str) -> dict[str, Any]:
    return {
        **Record.addresses(row, site),
        "title": row.title,
        "slug": row.slug,
        "introduction": row.introduction,
        "issued_by": SpeakerLink.maybe(row.issued_by, site),
        "addressed_to": SpeakerLink.maybe(row.addressed_to, site),
        "issued_on": row.issued_on,
        "is_complete": row.is_complete,
        "proposal_count": row.proposal_count,
        "article": ArticleLink.of(row.article, site),
    }


class ListDetail(ListRecord):
    proposals: str = Field(description="The list of its proposals.")

    @classmethod
    def of(cls, row: Any, site: str) -> ListDetail:
        proposals = link_to(site, "proposals", list=row.slug)
        return cls(**list_fields(row, site), proposals=proposals)


class ProposalRecord(Record):
    type: Literal["proposal"] = "proposal"
    title: str = Field(description="What would be done, in the archive's words.")
    slug: str = Field(description="The value of the parameter proposal.")
    list: ListLink | None
    number: int | None = Field(description="Its number in the list.")
    text: str
    has_source_wording: bool = Field(
        description="Whether the text is the source's. If not, it is the archive's."
    )
    put_forward_by: SpeakerLink | None = Field(
        description="This alone is not a position."
    )
    addressed_to: SpeakerLink | None
    proposed_on: dt.date | None
    date: dt.date | None = Field(
        description="When it was issued or proposed, else the article's date."
    )
    outcome: str
    source_url: str
    identifiers: list[Identifier]  # type: ignore[valid-type]
    topics: list[TopicLink]  # type: ignore[valid-type]
    topics_by_rule: bool = Field(description="A list of words gave them, no person.")
    stated_positions: int
    inferred_positions: int = Field(
        description="Inferred by the editors; never part of stated_positions."
    )
    article: ArticleLink | None

    @classmethod
    def of(cls, row: Any, site: str) -> ProposalRecord:
        return cls(**proposal_fields(row, site))


def proposal_fields(row: Any, site: str) -> dict[str, Any]:
    return {
        **Record.addresses(row, site),
        "title": row.title,
        "slug": row.slug,
        "list": ListLink.maybe(row.proposal_list),
        "number": row.number,
        "text": row.text,
        "has_source_wording": row.is_listed or row.has_source_wording,
        "put_forward_by": SpeakerLink.maybe(row.put_forward_by, site),
        "addressed_to": SpeakerLink.maybe(row.addressee_speaker, site),
        "proposed_on": row.proposed_on,
        "date": row.day,
        "outcome": row.outcome,
        "source_url": row.source_url,
        "identifiers": Identifier.all_of(row),
        "topics": TopicLink.all_of(row.known_topics),
        "topics_by_rule": row.topics_by_rule,
        "stated_positions": row.stated_count,
        "inferred_positions": row.inferred_count,
        "article": _article(row.article, site),
    }


def _article(row: Article | None, site: str) -> ArticleLink | None:
    return ArticleLink.of(row, site) if row else None


class Evidence(Schema):
    uid: str
    permalink: str
    form: str
    is_verbatim: bool = Field(
        description="If not, the sentence is the archive's own: never quote it."
    )
    text: str
    context: str
    speaker: str = Field(description="The name.")
    article: ArticleLink

    @classmethod
    def of(cls, row: Statement, site: str) -> Evidence:
        return cls(
            uid=row.uid,
            permalink=f"{site}/id/{row.uid}/",
            form=row.form,
            is_verbatim=row.is_verbatim,
            text=row.text,
            context=row.context,
            speaker=row.speaker.name,
            article=ArticleLink.of(row.article, site),
        )


class PositionRecord(Record):
    type: Literal["position"] = "position"
    speaker: SpeakerLink
    office: str = Field(description="As printed, else as known on that date.")
    proposal: ProposalLink
    stance: str = Field(description=f"{', '.join(Stance.values)}.")
    basis: str = Field(description="own_words, document, action, reported or inferred.")
    is_inferred: bool = Field(description=INFERRED)
    label: str = Field(description="The basis, as pages label it.")
    rationale: str = Field(description="The editors' reasons.")
    conditions: str
    held_on: dt.date | None = Field(description="If a source states it.")
    date: Date | None = Field(
        description="When it was held, else the earliest date of its evidence."
    )
    body: str = Field(description="The body that voted, or empty.")
    source_url: str = Field(description="A source in addition to the statements.")
    source_ref: str
    recorded_on: dt.date
    evidence: list[Evidence] = Field(description="The statements it rests on.")

    @classmethod
    def of(cls, row: Position, site: str) -> PositionRecord:
        return cls(
            **Record.addresses(row, site),
            speaker=SpeakerLink.of(row.speaker, site),
            office=row.office,
            proposal=ProposalLink.of(row.proposal, site),
            stance=row.stance,
            basis=row.basis,
            is_inferred=row.is_inferred,
            label=row.basis_label,
            rationale=row.rationale,
            conditions=row.conditions,
            held_on=row.held_on,
            date=Date.of(row.when),
            body=row.body.name if row.body else "",
            source_url=row.source_url,
            source_ref=row.source_ref,
            recorded_on=timezone.localdate(row.created_at),
            evidence=[Evidence.of(each, site) for each in row.public_evidence],
        )


class ProposalDetail(ProposalRecord):
    passages: list[Passage] = Field(
        description="Of a proposal outside a list only if the full text is open."
    )
    positions: list[PositionRecord] = Field(
        description="The newest 100; the list of positions has all."
    )
    all_positions: str = Field(description="The list of its positions.")

    @classmethod
    def of(cls, row: Any, site: str) -> ProposalDetail:
        positions = row.positions.public().dated().with_sources().with_issuers()
        return cls(
            **proposal_fields(row, site),
            passages=list(_passages(row)),
            positions=[
                PositionRecord.of(each, site)
                for each in positions.newest_first()[:MAX_POSITIONS]
            ],
            all_positions=link_to(site, "positions", proposal=row.slug),
        )


def _passages(row: Proposal) -> Any:
    """Those that the public sees: of listed proposals, or of open full texts."""
    article = row.article
    is_open = bool(article and article.rights == Rights.FULL_TEXT)
    if article and (row.is_listed or is_open):
        for passage in row.passages.with_newest().select_related("version"):
            at_source = at_words(article.url, passage.exact)
            address = at_source if passage.is_current else ""
            yield Passage.of(passage, address, is_open=is_open)
