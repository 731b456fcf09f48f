"""What is cited of lists, proposals and positions.

Their titles are the archive's own words unless the proposal has a page of its own at
its source, so nobody but there is named as their author: who put a proposal forward
stands in the genre.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from archive.citations import Citation, Kind, Reference
from archive.citations.reference import ARCHIVE
from archive.core.dates import When
from archive.models import Article
from archive.models.citations import dated, identified
from policies.models import Position, Proposal, ProposalList
from statements.citations import name


def proposal(record: Proposal, site: str) -> Citation:
    """`site` is https://host."""
    by, listed, article = record.put_forward_by, record.proposal_list, record.article
    is_own_title = record.has_source_wording and by is not None
    return _entry(
        record,
        site,
        title=str(record),
        authors=(name(by),) if by and is_own_title else (),
        genre=_genre(_("Proposal of %s"), _("Proposal"), "" if is_own_title else by),
        source_url=record.source_url or (article.url if article else ""),
        when=_day(
            record.proposed_on or (listed.issued_on if listed else None), article
        ),
        note=f"“{record.text}”" if listed or is_own_title else "",
    )


def proposal_list(record: ProposalList, site: str) -> Citation:
    return _entry(
        record,
        site,
        title=str(record),
        genre=_genre(
            _("List of proposals of %s"), _("List of proposals"), record.issued_by
        ),
        source_url=record.article.url,
        when=_day(record.issued_on, record.article),
    )


def position(record: Position, site: str) -> Citation:
    """An inferred position says so in its genre."""
    return _entry(
        record,
        site,
        title=f"{record.speaker}: {record.stance_label}. {record.proposal}",
        genre=f"{_('Position')}: {record.get_basis_display()}",
        source_url=record.source_url,
        when=When(record.held_on) if record.held_on else None,
        note=record.rationale,
    )


def _entry(
    record: Any, site: str, when: When | None, note: str = "", **fields: Any
) -> Citation:
    reference = Reference(
        kind=Kind.PAGE,
        container=ARCHIVE,
        language="en",
        **dated(when),
        **identified(record, site),
        **fields,
    )
    return Citation(reference, note=note)


def _day(day: dt.date | None, article: Article | None) -> When | None:
    """The record's own day, else its article's."""
    return When(day) if day else article.when_published if article else None


def _genre(of_somebody: str, alone: str, by: Any) -> str:
    return of_somebody % by if by else alone
