"""Statements and speakers as the API gives them."""

from __future__ import annotations

from typing import Any, Literal

from django.utils import timezone
from pydantic import Field

from archive.listing.schemas import (
    ArticleLink,
    Date,
    Identifier,
    Passage,
    Record,
    Removed,
    Schema,
    TopicLink,
    link_to,
)
from archive.models import Rights
from statements.affiliated import with_page
from statements.models import Affiliation, Speaker, Statement


class SpeakerLink(Schema):
    uid: str
    name: str
    kind: str = Field(description="person, organization or group.")
    slug: str = Field(
        description="The value of the parameter speaker; an unnamed group has one too."
    )
    url: str = Field(description="Their page; of an unnamed group, its article's.")

    @classmethod
    def of(cls, speaker: Speaker, site: str) -> SpeakerLink:
        return cls(
            uid=speaker.uid,
            name=speaker.name,
            kind=speaker.kind,
            slug=speaker.slug,
            url=site + speaker.get_absolute_url(),
        )

    @classmethod
    def maybe(cls, speaker: Speaker | None, site: str) -> SpeakerLink | None:
        return cls.of(speaker, site) if speaker else None


class StatementRecord(Record):
    type: Literal["statement"] = "statement"
    form: str = Field(description="direct, partial, indirect or collective.")
    label: str = Field(description="What the form means, as pages label it.")
    is_verbatim: bool = Field(
        description="Whether words of the source are in it. If not, the sentence is "
        "the archive's own: never put it in quotation marks."
    )
    text: str = Field(
        description="If direct: the speaker's words, character for character, without "
        "quotation marks. If partial: a sentence of the archive with the speaker's "
        "words in quotation marks. Else the archive's own sentence."
    )
    context: str = Field(description="Added by the editors, to be read before it.")
    marks_exception: str = Field(
        description="Why it is a quotation although the source has no marks."
    )
    speaker: SpeakerLink
    office: str = Field(description="As printed, else as known on that date.")
    attribution: str = Field(description="Name and title exactly as printed.")
    reported_by: SpeakerLink | None = Field(description="Who passed it on.")
    occasion: str
    said: Date | None = Field(description="When it was said, if a source says so.")
    article: ArticleLink
    topics: list[TopicLink]
    topics_by_rule: bool = Field(description="A list of words gave them, no person.")
    removed: Removed | None = Field(
        description="The source has removed words of it since."
    )

    @classmethod
    def of(cls, row: Statement, site: str) -> StatementRecord:
        return cls(**statement_fields(row, site))


def statement_fields(row: Statement, site: str) -> dict[str, Any]:
    removed = None
    if row.removed_at:
        day = timezone.localdate(row.removed_at)
        removed = Removed(since=day, is_part=row.keeps_words)
    return {
        **Record.addresses(row, site),
        "form": row.form,
        "label": row.form_label,
        "is_verbatim": row.is_verbatim,
        "text": row.text,
        "context": row.context,
        "marks_exception": row.marks_exception,
        "speaker": SpeakerLink.of(row.speaker, site),
        "office": row.office,
        "attribution": row.attribution,
        "reported_by": SpeakerLink.maybe(row.reported_by, site),
        "occasion": row.occasion,
        "said": Date.of(row.when_said),
        "article": ArticleLink.of(row.article, site),
        "topics": TopicLink.all_of(row.known_topics),  # type: ignore[attr-defined]
        "topics_by_rule": row.topics_by_rule,
        "removed": removed,
    }


class PositionOfStatement(Schema):
    uid: str
    permalink: str
    stance: str
    basis: str
    is_inferred: bool = Field(
        description="Nobody said so: the editors inferred it. Never count it as stated."
    )
    speaker: str = Field(description="The name.")
    proposal: str = Field(description="The slug.")
    proposal_title: str


class StatementDetail(StatementRecord):
    passages: list[Passage] = Field(
        description="Empty for an indirect statement, unless the full text is open."
    )
    positions: list[PositionOfStatement] = Field(
        description="The positions it is evidence for."
    )

    @classmethod
    def of(cls, row: Statement, site: str) -> StatementDetail:
        is_open = row.article.rights == Rights.FULL_TEXT
        passages = row.located_passages if row.is_verbatim or is_open else []
        return cls(
            **statement_fields(row, site),
            passages=[
                Passage.of(each, each.address, is_open=is_open) for each in passages
            ],
            positions=[_position(each, site) for each in row.public_positions],
        )


def _position(row: Any, site: str) -> PositionOfStatement:
    return PositionOfStatement(
        uid=row.uid,
        permalink=f"{site}/id/{row.uid}/",
        stance=row.stance,
        basis=row.basis,
        is_inferred=row.is_inferred,
        speaker=row.speaker.name,
        proposal=row.proposal.slug,
        proposal_title=row.proposal.title,
    )


class SpeakerRecord(Record):
    type: Literal["speaker"] = "speaker"
    name: str
    slug: str = Field(description="The value of the parameter speaker.")
    kind: str = Field(description="person, organization or group.")
    other_names: list[str]
    summary: str = Field(description="In the archive's words.")
    wikidata_id: str
    identifiers: list[Identifier]
    home_page: str
    statement_count: int
    position_count: int = Field(description="Stated positions, without inferred ones.")

    @classmethod
    def of(cls, row: Speaker, site: str) -> SpeakerRecord:
        return cls(**speaker_fields(row, site))


def speaker_fields(row: Any, site: str) -> dict[str, Any]:
    return {
        **Record.addresses(row, site),
        "name": row.name,
        "slug": row.slug,
        "kind": row.kind,
        "other_names": row.other_names.splitlines(),
        "summary": row.summary,
        "wikidata_id": row.wikidata_id,
        "identifiers": Identifier.all_of(row),
        "home_page": row.url,
        "statement_count": row.statement_count,
        "position_count": row.position_count,
    }


class AffiliationOfSpeaker(Schema):
    kind: str = Field(description="office, party or member.")
    title: str
    organization: str = Field(description="Its name, or empty.")
    organization_slug: str = Field(description="Empty if it has no page.")
    place: str
    start: Date | None
    end: Date | None = Field(description="Nothing: not known to have ended.")
    known: Date | None = Field(description="A source shows it held on that day.")
    source_url: str

    @classmethod
    def of(cls, row: Affiliation, public: set[int]) -> AffiliationOfSpeaker:
        organization = row.organization
        is_linked = organization and organization.pk in public
        return cls(
            kind=row.kind,
            title=row.title,
            organization=organization.name if organization else "",
            organization_slug=organization.slug if organization and is_linked else "",
            place=row.place,
            start=Date.of(row.when_start),
            end=Date.of(row.when_end),
            known=Date.of(row.when_known),
            source_url=row.source_url,
        )


class SpeakerDetail(SpeakerRecord):
    affiliations: list[AffiliationOfSpeaker]
    statements: str = Field(description="The list of their statements.")
    positions: str = Field(description="The list of their positions.")

    @classmethod
    def of(cls, row: Speaker, site: str) -> SpeakerDetail:
        rows = row.public_affiliations
        public = with_page(rows)
        return cls(
            **speaker_fields(row, site),
            affiliations=[AffiliationOfSpeaker.of(each, public) for each in rows],
            statements=link_to(site, "statements", speaker=row.slug),
            positions=link_to(site, "positions", speaker=row.slug),
        )
