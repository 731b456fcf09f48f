"""The table of speakers × proposals: which of them the URL selects, and what is known
in each cell.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive.core.caches import by_revision, constant
from archive.listing.filterset import ArchiveFilterSet
from archive.models import Topic
from policies.models import Check, Position, Proposal, ProposalList
from policies.querysets import load_dates
from statements.models import Speaker

ROWS, COLUMNS = 6, 8  # per page; its cost grows with their product
BATCH = 20  # rows of a file that are loaded at once
MAX_DISCUSSED = 10  # proposals, if the URL selects none
MAX_OFFERED = 40  # speakers to choose from
MAX_PAIRS = 50_000  # per file
MAX_IN_CELL = 3  # positions of each kind: stated, inferred


@dataclass(frozen=True)
class Cell:
    """One speaker on one proposal, with positions in date order."""

    proposal: Proposal
    speaker: Speaker
    stated: Sequence[Position] = ()
    inferred: Sequence[Position] = ()
    checks: Sequence[Check] = ()

    @property
    def put_it_forward(self) -> bool:
        return self.proposal.put_forward_by == self.speaker

    @property
    def newest(self) -> Sequence[Position]:
        """The stated positions that fit in a cell."""
        return self.stated[-MAX_IN_CELL:]

    @property
    def newest_inferred(self) -> Sequence[Position]:
        return self.inferred[-MAX_IN_CELL:]

    @property
    def is_shortened(self) -> bool:
        return len(self.listed) < len(self.positions)

    @property
    def url(self) -> str:
        """The list of all positions of this cell."""
        query = {"proposal": self.proposal.slug, "speaker": self.speaker.slug}
        return f"{reverse('positions')}?{urlencode(query)}"

    @property
    def all_positions(self) -> str:
        if len(self.stated) > MAX_IN_CELL:
            return _("All %d positions") % len(self.stated)
        return _("All positions")

    @property
    def listed(self) -> list[Position]:
        """What fits in a cell of the page."""
        return [*self.newest, *self.newest_inferred]

    @property
    def positions(self) -> list[Position]:
        return [*self.stated, *self.inferred]

    @property
    def differs(self) -> bool:
        return len({position.stance for position in self.stated}) > 1

    @property
    def last_check(self) -> Check | None:
        """The latest check that found nothing; None if there is a stated position."""
        return None if self.stated else next(iter(self.checks), None)

    @property
    def looked_on(self) -> dt.date | None:
        return self.last_check.checked_on if self.last_check else None

    @property
    def looked_where(self) -> str:
        return self.last_check.where if self.last_check else ""

    @property
    def known(self) -> str:
        """The value of the column `known` in the CSV file."""
        if self.stated:
            return "position"
        if self.inferred:
            return "only inferred"
        return "looked and found nothing" if self.last_check else "not checked"


@dataclass(frozen=True)
class Row:
    proposal: Proposal
    cells: list[Cell] = field(default_factory=list)


class Comparison:
    """The table for a URL. A page shows part of a large table and counts the rest; the
    CSV file holds all of it.
    """

    def __init__(self, filterset: ArchiveFilterSet) -> None:
        self.filterset, self.question = filterset, filterset.question
        self.chosen = self.question.values("speaker")
        self.people_page = filterset.form.cleaned_data.get("people") or 1

    @property
    def is_narrowed(self) -> bool:
        """Whether the URL selects proposals."""
        return any(
            parameter.name != "speaker" for parameter in self.question.parameters
        )

    @cached_property
    def ids(self) -> list[int]:
        """Ids of the selected proposals; else of those with the most positions, of the
        chosen speakers or of all.
        """
        if self.is_narrowed:
            return list(self.filterset.results().values_list("pk", flat=True))
        positions = Position.objects.public()
        if self.chosen:
            return list(
                positions.filter(speaker__slug__in=self.chosen).counts_by("proposal")
            )
        return by_revision(
            "most discussed",
            lambda: list(positions.counts_by("proposal", MAX_DISCUSSED)),
        )

    @cached_property
    def known_speakers(self) -> list[int]:
        """Ids of the speakers with a position or check on these proposals, most first.
        They are public, since these are.
        """
        conditions = {"proposal__in": self.ids}
        positions = Position.objects.public().filter(**conditions)
        counts = Counter(positions.counts_by("speaker"))
        counts.update(_checks().filter(**conditions).counts_by("speaker"))
        return [pk for pk, _count in counts.most_common()]

    @cached_property
    def speakers(self) -> list[int]:
        """Ids of the speakers with a column: the chosen ones; else those with a
        position or check; else the issuers.
        """
        if self.chosen:
            chosen = {
                speaker.pk for speaker in self.offered if speaker.slug in self.chosen
            }
            return [
                *(pk for pk in self.known_speakers if pk in chosen),
                *sorted(chosen - set(self.known_speakers)),
            ]
        return self.known_speakers or self._issuers()

    @cached_property
    def offered(self) -> list[Speaker]:
        """The speakers to choose from, ordered by name."""
        first = self.known_speakers[:MAX_OFFERED]
        rows = Speaker.objects.filter(pk__in=first, article=None)
        offered = {speaker.pk: speaker for speaker in rows}
        if self.chosen:
            chosen = Speaker.objects.public().filter(slug__in=self.chosen)
            offered |= {speaker.pk: speaker for speaker in chosen}
        return sorted(offered.values(), key=lambda each: (each.sort_key, each.name))

    @cached_property
    def people(self) -> Page[int]:
        """The speakers with a column on this page."""
        return _page(self.speakers, COLUMNS, self.people_page)

    @cached_property
    def columns(self) -> list[Speaker]:
        return self._named(list(self.people))

    @cached_property
    def page(self) -> Page[int]:
        return _page(self.ids, ROWS, self.question.page)

    @cached_property
    def rows(self) -> list[Row]:
        rows = self._rows(_positions().brief(), list(self.page), self.columns)
        load_dates(held for row in rows for cell in row.cells for held in cell.listed)
        return rows

    @property
    def is_too_long(self) -> bool:
        return len(self.ids) * len(self.speakers) > MAX_PAIRS

    def cells(self) -> Iterator[Cell]:
        """All cells, whatever the page; the rows are loaded in batches."""
        speakers = self._named(self.speakers)
        for start in range(0, len(self.ids), BATCH):
            ids = self.ids[start : start + BATCH]
            rows = self._rows(_positions(), ids, speakers)
            cells = [cell for row in rows for cell in row.cells]
            load_dates(held for cell in cells for held in cell.positions)
            yield from cells

    def _rows(
        self, positions_of_all: Any, ids: Sequence[int], speakers: list[Speaker]
    ) -> list[Row]:
        conditions = {"proposal__in": ids, "speaker__in": speakers}
        positions = _by_pair(positions_of_all.filter(**conditions))
        checks = _by_pair(_checks().filter(**conditions))
        return [
            Row(
                proposal,
                [
                    _cell(
                        proposal, speaker, positions.get(key, ()), checks.get(key, ())
                    )
                    for speaker in speakers
                    for key in [(proposal.pk, speaker.pk)]
                ],
            )
            for proposal in _proposals().with_ids(ids)
        ]

    def _named(self, ids: Sequence[int]) -> list[Speaker]:
        """Ordered by name."""
        offered = {speaker.pk: speaker for speaker in self.offered}
        if not offered.keys() >= set(ids):
            return list(Speaker.objects.filter(pk__in=ids))
        return [speaker for speaker in self.offered if speaker.pk in set(ids)]

    def _issuers(self) -> list[int]:
        rows = Proposal.objects.public().filter(pk__in=self.ids)
        pairs = rows.values_list("proposal_list__issued_by", "proposed_by")
        return list(dict.fromkeys(pk for pair in pairs for pk in pair if pk))


# never evaluated themselves: building them costs as much as their rows
@constant
def _positions() -> Any:
    return Position.objects.public().dated().oldest_first()


@constant
def _checks() -> Any:
    return Check.objects.public()


@constant
def _proposals() -> Any:
    parties = ("proposal_list__issued_by", "proposed_by")
    return Proposal.objects.public().select_related(*parties)


def lists() -> list[ProposalList]:
    """Those to choose from."""
    rows = ProposalList.objects.public().dated().newest_first()
    return by_revision("lists to compare", lambda: list(rows))


def topics() -> list[Topic]:
    """Those to choose from."""
    rows = Topic.objects.filter(pk__in=Proposal.objects.public().values("topics"))
    return by_revision("topics to compare", lambda: list(rows))


def _page(ids: Sequence[int], size: int, number: int) -> Page[int]:
    pages = Paginator(ids, size)
    if number > pages.num_pages:
        raise Http404(_("There is no such page of results."))
    return pages.page(number)


def _by_pair(records: Iterable[Any]) -> dict[tuple[int, int], list[Any]]:
    by_pair: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for record in records:
        by_pair[record.proposal_id, record.speaker_id].append(record)
    return by_pair


def _cell(
    proposal: Proposal,
    speaker: Speaker,
    positions: Sequence[Position],
    checks: Sequence[Check],
) -> Cell:
    for position in positions:
        position.proposal, position.speaker = proposal, speaker
    stated = [position for position in positions if not position.is_inferred]
    inferred = [position for position in positions if position.is_inferred]
    return Cell(proposal, speaker, stated, inferred, checks)
