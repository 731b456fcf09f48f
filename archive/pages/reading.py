"""An article as the public may read it: its whole text with marks, or only its public
passages in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise

from django.db.models import Prefetch

from archive.models import Article, ArticleVersion
from archive.wording.text_fragments import at_words
from policies.models import Proposal, ProposalList, ProposalPassage
from statements.models import Speaker, Statement, StatementPassage

NEAR = 3  # characters: marks and a blank, but no words, stand between two passages

Owner = Statement | Proposal


@dataclass(frozen=True)
class Span:
    """Where words of a statement or a proposal stand. `words` is empty where they may
    not be shown by themselves.
    """

    version: int
    start: int
    end: int
    owner: Owner
    words: str = ""

    @property
    def speaker(self) -> Speaker | None:
        return (
            self.owner.speaker
            if isinstance(self.owner, Statement)
            else self.owner.put_forward_by
        )


@dataclass(frozen=True)
class Voice:
    """Somebody quoted or reported in the article, and in how many statements."""

    speaker: Speaker
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class PassageText:
    """A passage as printed, whether something is left out before it, and where its
    publisher shows it.
    """

    text: str
    follows_gap: bool
    address: str


@dataclass
class Excerpt:
    """One thing to read. Without `words` the editors' own sentence stands for it."""

    owner: Owner
    number: int | None
    continues: bool = False
    words: list[PassageText] = field(default_factory=list)

    @property
    def is_proposal(self) -> bool:
        return isinstance(self.owner, Proposal)

    @property
    def follows_gap(self) -> bool:
        return bool(self.words) and self.words[0].follows_gap


@dataclass(frozen=True)
class Segment:
    """A run of the full text, what it belongs to, and the numbers of the statements
    that end with it.
    """

    text: str
    owner: Owner | None = None
    number: int | None = None
    ends: tuple[int, ...] = ()


@dataclass(frozen=True)
class Note:
    """What stands beside a paragraph: the statements of one speaker, or one proposal.

    Of each statement its number, and where the publisher shows its words.
    """

    statements: list[tuple[int, Statement, str]]
    proposal: Proposal | None = None

    @property
    def opens(self) -> ProposalList | None:
        """The list that begins here."""
        is_first = self.proposal is not None and self.proposal.number == 1
        return self.proposal.proposal_list if self.proposal and is_first else None


@dataclass(frozen=True)
class Paragraph:
    segments: list[Segment]
    notes: list[Note]


class Reading:
    """What the page of an article shows of it; with `voice`, a speaker's slug, only
    what is theirs.
    """

    def __init__(self, article: Article, voice: str = "") -> None:
        self.article, self.voice = article, voice
        everything = sorted(
            _places(article), key=lambda place: (place.start, place.end)
        )
        said = dict.fromkeys(
            place.owner for place in everything if isinstance(place.owner, Statement)
        )
        self._numbers = {statement: number for number, statement in enumerate(said, 1)}
        spoke = Counter(statement.speaker for statement in said)
        self.voices = [
            Voice(who, number, who.slug == voice) for who, number in spoke.items()
        ]
        self.statement_number = len(said)
        self.owners = list(dict.fromkeys(place.owner for place in everything))
        self._places = [
            place for place in everything if not voice or _is_of(place, voice)
        ]

    @cached_property
    def excerpts(self) -> list[Excerpt]:
        """The public passages in the order of the source, those of one statement in a
        row as one.
        """
        found: list[Excerpt] = []
        seen: set[Owner] = set()
        last = 0
        for place in self._shown():
            if not found or found[-1].owner != place.owner:
                found.append(
                    Excerpt(place.owner, self._number(place.owner), place.owner in seen)
                )
            if place.words:
                gap = bool(seen) and place.start - last > NEAR
                found[-1].words.append(
                    PassageText(
                        place.words, gap, at_words(self.article.url, place.words)
                    )
                )
            seen.add(place.owner)
            last = place.end
        return found

    @property
    def is_of_nobody(self) -> bool:
        """Asked for somebody who has no part in it."""
        return bool(self.voice) and not any(self._shown())

    @cached_property
    def lists(self) -> list[ProposalList]:
        """The lists of proposals in it."""
        owners = [place.owner for place in self._shown()]
        listed = (
            owner.proposal_list
            for owner in owners
            if isinstance(owner, Proposal) and owner.proposal_list
        )
        return list(dict.fromkeys(listed))

    @cached_property
    def records(self) -> list[Article | Owner]:
        """Whose corrections the page shows."""
        return [self.article, *dict.fromkeys(place.owner for place in self._places)]

    def paragraphs(self, version: ArticleVersion) -> list[Paragraph]:
        """The whole text, cut where a passage of this version starts or ends."""
        places = [place for place in self._places if place.version == version.pk]
        result, start = [], 0
        seen: set[Owner] = set()
        for line in version.text.split("\n"):
            if line:
                inside = [
                    place
                    for place in places
                    if place.start < start + len(line) and place.end > start
                ]
                segments = list(
                    self._segments(version.text, start, start + len(line), inside)
                )
                fresh = dict.fromkeys(
                    place.owner for place in inside if place.owner not in seen
                )
                seen.update(fresh)
                result.append(Paragraph(segments, list(self._notes(list(fresh)))))
            start += len(line) + 1
        return result

    def _shown(self) -> Iterator[Span]:
        """A statement that may not be shown in its own words comes once, a proposal
        only in its list.
        """
        told: set[Owner] = set()
        for place in self._places:
            if isinstance(place.owner, Proposal) and not place.owner.is_listed:
                continue
            if place.words or place.owner not in told:
                yield place
            told.add(place.owner)

    def _number(self, owner: Owner) -> int | None:
        return (
            self._numbers.get(owner) if isinstance(owner, Statement) else owner.number
        )

    def _segments(
        self, text: str, start: int, end: int, inside: list[Span]
    ) -> Iterator[Segment]:
        cuts = {
            start,
            end,
            *(max(start, place.start) for place in inside),
            *(min(end, place.end) for place in inside),
        }
        for first, last in pairwise(sorted(cuts)):
            here = [
                place for place in inside if place.start <= first and place.end >= last
            ]
            owner = here[0].owner if here else None
            ends = [
                self._numbers[p.owner]
                for p in here
                if isinstance(p.owner, Statement) and p.end == last
            ]
            number = self._numbers.get(owner) if isinstance(owner, Statement) else None
            yield Segment(text[first:last], owner, number, tuple(ends))

    def _notes(self, owners: list[Owner]) -> Iterator[Note]:
        for _who, group in groupby(
            owners,
            key=lambda owner: owner.speaker if isinstance(owner, Statement) else owner,
        ):
            some = list(group)
            said = [
                (self._numbers[owner], owner, self._at(owner))
                for owner in some
                if isinstance(owner, Statement)
            ]
            yield Note(
                said,
                next((owner for owner in some if isinstance(owner, Proposal)), None),
            )

    def _at(self, owner: Owner) -> str:
        words = next(
            (place.words for place in self._places if place.owner == owner), ""
        )
        return at_words(self.article.url, words) if words else ""


def _is_of(place: Span, voice: str) -> bool:
    return place.speaker is not None and place.speaker.slug == voice


def _places(article: Article) -> Iterator[Span]:
    statements = Statement.objects.public().with_sources().with_positions()
    said = StatementPassage.objects.public().filter(statement__article=article)
    for row in said.prefetch_related(Prefetch("statement", statements)):
        words = row.exact if row.statement.is_direct else ""
        yield Span(row.version_id, row.start, row.end, row.statement, words)
    listed = ProposalPassage.objects.public().filter(proposal__article=article)
    for item in listed.select_related(
        "proposal__proposal_list__issued_by", "proposal__proposed_by"
    ):
        yield Span(item.version_id, item.start, item.end, item.proposal, item.exact)
