"""The table of speakers × proposals: which of them the URL selects, and what is known
in each cell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from archive.core.caches import by_revision, constant
from archive.listing.filterset import ArchiveFilterSet
from archive.models import Topic
from policies.changes import load_dates
from policies.compared_cells import Cell, Row
from policies.compared_sides import both_sides
from policies.models import Check, Position, Proposal, ProposalList
from statements.models import Speaker

ROWS, COLUMNS = 8, 6  # per page; its cost grows with their product
BATCH = 20  # rows of a file that are loaded at once
MAX_DISCUSSED = 10  # proposals, if the URL selects none
MAX_OFFERED = 40  # speakers to choose from
MAX_PAIRS = 50_000  # per file


class Comparison:
    """The table for a URL. A page shows part of a large table and counts the rest; the
    CSV file holds all of it.
    """

    def __init__(self, filterset: ArchiveFilterSet) -> None:
        self.filterset, self.question = filterset, filterset.question
        self.chosen = self.question.values("speaker")
        self.people_page = filterset.form.cleaned_data.get("people") or 1
        self.only_differing = bool(
            filterset.form.cleaned_data.get("differ") and self.is_pair
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether the URL selects proposals."""
        return any(
            parameter.name != "speaker" for parameter in self.question.parameters
        )

    @property
    def is_pair(self) -> bool:
        """Whether the URL names two speakers, who are compared in their own words."""
        return len(set(self.chosen)) == 2

    @cached_property
    def ids(self) -> list[int]:
        """Ids of the selected proposals; of two speakers, if so asked, only those on
        which their newest stances differ.
        """
        if not self.only_differing:
            return self._selected
        positions = Position.objects.public().stated().of_slugs(self.chosen)
        return positions.filter(proposal__in=self._selected).differing(self._selected)

    @cached_property
    def _selected(self) -> list[int]:
        """Ids of the proposals that the URL selects; else of those on which most of the
        chosen speakers have a position; else of those in dispute.
        """
        if self.is_narrowed:
            return list(self.filterset.results().values_list("pk", flat=True))
        positions = Position.objects.public()
        if self.chosen:
            return positions.of_slugs(self.chosen).shared_proposals()
        return by_revision("most disputed", _most_disputed)

    @cached_property
    def known_speakers(self) -> list[int]:
        """Ids of the speakers with a position or check on these proposals, most first.
        They are public, since these are.
        """
        if self.is_narrowed or self.chosen:
            return both_sides(self._answers, _counts(self.ids))
        counts = by_revision("speakers on most disputed", lambda: _counts(self.ids))
        return both_sides(self._answers, counts)

    @cached_property
    def _answers(self) -> dict[int, tuple[int, int]]:
        """Speaker -> how many proposals in view they have a stated position on, and on
        how many of these they are in a minority.
        """
        positions = Position.objects.public().stated().order_by()
        rows = positions.filter(proposal__in=list(self.page))
        takes = list(rows.values_list("proposal", "stance", "speaker").distinct())
        sizes = Counter((proposal, stance) for proposal, stance, _speaker in takes)
        most: dict[int, int] = {}
        for (proposal, _stance), size in sizes.items():
            most[proposal] = max(size, most.get(proposal, 0))
        answered: dict[int, set[int]] = defaultdict(set)
        against: dict[int, set[int]] = defaultdict(set)
        for proposal, stance, speaker in takes:
            answered[speaker].add(proposal)
            if sizes[proposal, stance] < most[proposal]:
                against[speaker].add(proposal)
        return {
            pk: (len(proposals), len(against[pk])) for pk, proposals in answered.items()
        }

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
        positions = (
            _positions().of_one_speaker() if self.is_pair else _positions().brief()
        )
        rows = self._rows(positions, list(self.page), self.columns)
        if not self.is_pair:
            cells = (cell for row in rows for cell in row.cells)
            load_dates(held for cell in cells for held in cell.listed)
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
    rows = ProposalList.objects.public().dated().newest_first()
    return by_revision("lists to compare", lambda: list(rows))


def topics() -> list[Topic]:
    rows = Topic.objects.filter(pk__in=Proposal.objects.public().values("topics"))
    return by_revision("topics to compare", lambda: list(rows))


def _most_disputed() -> list[int]:
    """Ids of the disputed proposals, then of those with the most positions."""
    positions = Position.objects.public()
    disputed = positions.disputed(MAX_DISCUSSED)
    ids = [*disputed, *positions.counts_by("proposal", MAX_DISCUSSED)]
    return list(dict.fromkeys(ids))[:MAX_DISCUSSED]


def _counts(proposals: Sequence[int]) -> Counter[int]:
    """Speaker -> the number of positions and checks on these proposals."""
    positions = Position.objects.public().filter(proposal__in=proposals)
    counts = Counter(positions.counts_by("speaker"))
    counts.update(_checks().filter(proposal__in=proposals).counts_by("speaker"))
    return counts


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
