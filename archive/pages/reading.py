"""The public view of an article: its public passages in order, and who speaks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.db.models import Prefetch

from archive.models import Article
from archive.wording.joining import with_cuts
from archive.wording.text_fragments import at_words
from policies.models import Proposal, ProposalList, ProposalPassage
from statements.models import Speaker, Statement, StatementPassage

NEAR = 3  # characters: room for punctuation and a space between passages, but no words

Owner = Statement | Proposal


@dataclass(frozen=True)
class Span:
    """Where a passage of a statement or a proposal is. `words` is empty if they may not
    be shown on their own.
    """

    version: int
    start: int
    end: int
    owner: Owner
    words: str = ""
    text: str = ""  # the words, with … where they are cut out of a quotation
    is_current: bool = True  # in the newest version
    removed_on: dt.date | None = None  # when the source had removed them

    @property
    def speaker(self) -> Speaker | None:
        return (
            self.owner.speaker
            if isinstance(self.owner, Statement)
            else self.owner.put_forward_by
        )


@dataclass(frozen=True)
class Voice:
    """A speaker quoted or reported in the article, and in how many statements."""

    speaker: Speaker
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class PassageText:
    """A passage as printed, whether text is omitted before it, and a link to it at the
    publisher.
    """

    text: str
    follows_gap: bool
    address: str
    removed_on: dt.date | None = None


@dataclass
class Excerpt:
    """One item to read. Without `words`, the editors' own sentence is shown instead."""

    owner: Owner
    ordinal: int | None
    continues: bool = False
    words: list[PassageText] = field(default_factory=list)
    removed_on: dt.date | None = None
    is_left: bool = False  # some are only in an older version, and nobody decided yet

    @property
    def is_proposal(self) -> bool:
        return isinstance(self.owner, Proposal)

    @property
    def follows_gap(self) -> bool:
        return bool(self.words) and self.words[0].follows_gap


@dataclass
class Run:
    """Consecutive excerpts of one speaker, or of one list: one note stands beside
    them. `opens` is the list that begins here.
    """

    excerpts: list[Excerpt]
    opens: ProposalList | None = None

    @property
    def first(self) -> Excerpt:
        return self.excerpts[0]

    @property
    def proposal_list(self) -> ProposalList | None:
        owner = self.first.owner
        return owner.proposal_list if isinstance(owner, Proposal) else None


class Reading:
    """What the page of an article shows. `voice` is a speaker's slug; if given, only
    that speaker's passages are shown.
    """

    def __init__(self, article: Article, voice: str = "") -> None:
        self.article, self.voice = article, voice
        spans = sorted(_spans(article), key=lambda span: (span.start, span.end))
        statements = dict.fromkeys(
            span.owner for span in spans if isinstance(span.owner, Statement)
        )
        self._ordinals = {
            statement: ordinal for ordinal, statement in enumerate(statements, 1)
        }
        statement_counts = Counter(statement.speaker for statement in statements)
        self.voices = [
            Voice(speaker, count, speaker.slug == voice)
            for speaker, count in statement_counts.items()
        ]
        self.statement_count = len(statements)
        self.owners = list(dict.fromkeys(span.owner for span in spans))
        self._spans = [span for span in spans if not voice or _is_of(span, voice)]

    @cached_property
    def excerpts(self) -> list[Excerpt]:
        """The public passages in source order; consecutive passages of one statement
        are one excerpt.
        """
        excerpts: list[Excerpt] = []
        seen: set[Owner] = set()
        last_end = 0
        for span in self._displayed_spans():
            if not excerpts or excerpts[-1].owner != span.owner:
                excerpts.append(
                    Excerpt(span.owner, self.ordinal(span.owner), span.owner in seen)
                )
            if span.words:
                follows_gap = bool(seen) and span.start - last_end > NEAR
                excerpts[-1].words.append(
                    PassageText(
                        span.text or span.words,
                        follows_gap,
                        at_words(self.article.url, span.words)
                        if span.is_current
                        else "",
                        span.removed_on,
                    )
                )
            excerpts[-1].removed_on = excerpts[-1].removed_on or span.removed_on
            excerpts[-1].is_left |= not (span.is_current or span.removed_on)
            seen.add(span.owner)
            last_end = span.end
        return excerpts

    @property
    def runs(self) -> list[Run]:
        return _runs(self.excerpts)

    @property
    def removed_runs(self) -> list[Run]:
        """Those with words that the source has since removed, so that the full text
        does not show them.
        """
        return _runs(excerpt for excerpt in self.excerpts if excerpt.removed_on)

    @property
    def left_runs(self) -> list[Run]:
        """Those with words of an older version which the full text does not show, and
        about which no editor has decided.
        """
        return _runs(
            excerpt
            for excerpt in self.excerpts
            if excerpt.is_left and not excerpt.removed_on
        )

    @cached_property
    def owners_in_text(self) -> set[Owner]:
        """Those of which the full text shows a passage, and so their anchor."""
        return {span.owner for span in self._spans if span.is_current}

    @property
    def is_voice_unknown(self) -> bool:
        """Whether the chosen speaker has no part in the article."""
        return bool(self.voice) and not any(self._displayed_spans())

    @cached_property
    def lists(self) -> list[ProposalList]:
        """The proposal lists in the article."""
        owners = [span.owner for span in self._displayed_spans()]
        listed = (
            owner.proposal_list
            for owner in owners
            if isinstance(owner, Proposal) and owner.proposal_list
        )
        return list(dict.fromkeys(listed))

    @cached_property
    def records(self) -> list[Article | Owner]:
        """The records whose corrections the page shows."""
        return [self.article, *dict.fromkeys(span.owner for span in self._spans)]

    @property
    def spans(self) -> list[Span]:
        """All passages of the chosen speaker, or of everybody, in source order."""
        return self._spans

    def _displayed_spans(self) -> Iterator[Span]:
        """Each statement that may not be shown in its own words appears once; proposals
        appear only within their list.
        """
        yielded: set[Owner] = set()
        for span in self._spans:
            if isinstance(span.owner, Proposal) and not span.owner.is_listed:
                continue
            if span.words or span.owner not in yielded:
                yield span
            yielded.add(span.owner)

    def ordinal(self, owner: Owner) -> int | None:
        """Of a statement its number here, of a proposal that in its list."""
        return (
            self._ordinals.get(owner) if isinstance(owner, Statement) else owner.number
        )


def _runs(excerpts: Iterable[Excerpt]) -> list[Run]:
    runs, lists = [], set[int]()
    for _key, group in groupby(excerpts, key=lambda excerpt: _voice(excerpt.owner)):
        run = Run(list(group))
        if run.proposal_list and run.proposal_list.pk not in lists:
            run.opens = run.proposal_list
            lists.add(run.opens.pk)
        runs.append(run)
    return runs


def _voice(owner: Owner) -> tuple[str, int | None]:
    if isinstance(owner, Statement):
        return "speaker", owner.speaker_id
    return "list", owner.proposal_list_id


def _is_of(span: Span, voice: str) -> bool:
    return span.speaker is not None and span.speaker.slug == voice


def _spans(article: Article) -> Iterator[Span]:
    statements = Statement.objects.public().with_sources().with_positions()
    passages = (
        StatementPassage.objects.public()
        .with_newest()
        .filter(statement__article=article)
    )
    for passage in passages.prefetch_related(Prefetch("statement", statements)):
        is_direct = passage.statement.is_direct
        yield Span(
            passage.version_id,
            passage.start,
            passage.end,
            passage.statement,
            passage.exact if is_direct else "",
            with_cuts(passage) if is_direct else "",
            passage.is_current,
            passage.removed_on,
        )
    proposal_passages = (
        ProposalPassage.objects.public().with_newest().filter(proposal__article=article)
    )
    for proposal_passage in proposal_passages.select_related(
        "proposal__proposal_list__issued_by", "proposal__proposed_by"
    ):
        yield Span(
            proposal_passage.version_id,
            proposal_passage.start,
            proposal_passage.end,
            proposal_passage.proposal,
            proposal_passage.exact,
            is_current=proposal_passage.is_current,
            removed_on=proposal_passage.removed_on,
        )
