"""The full text of an article with its passages marked, in runs of one speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from archive.models import ArticleVersion
from archive.pages.reading import Owner, Reading, Span
from policies.models import Proposal
from statements.models import Speaker, Statement


@dataclass(frozen=True)
class Segment:
    """A piece of the text, its owner, the ordinals of the statements that end with it,
    and the owners whose first passage begins with it.
    """

    text: str
    owner: Owner | None = None
    ends: tuple[int, ...] = ()
    begins: tuple[Owner, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    segments: list[Segment]
    statements: list[Statement]  # those that begin here
    proposals: list[Proposal]
    speakers: tuple[int, ...]  # whose words it holds, new or not

    @property
    def bearing(self) -> list[Statement]:
        """The statements that are evidence, or need a word of explanation."""
        return [
            each
            for each in self.statements
            if each.public_positions or not each.is_direct or each.marks_exception
        ]


@dataclass
class Voice:
    """One speaker of a run, and the statements that begin in it."""

    statements: list[Statement]

    @property
    def first(self) -> Statement:
        return self.statements[0]

    @property
    def speaker(self) -> Speaker:
        return self.first.speaker


@dataclass
class Passages:
    """Paragraphs that follow each other, beside which stands one note a speaker."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)


def runs(reading: Reading, version: ArticleVersion) -> list[Passages]:
    """The text, split where another speaker begins. A paragraph that nobody is quoted
    in belongs to the run around it, or stands alone.
    """
    made = [Passages()]
    waiting: list[Paragraph] = []
    for paragraph in _paragraphs(reading, version):
        if not paragraph.speakers:
            waiting.append(paragraph)
            continue
        if _goes_on(made[-1], paragraph):
            made[-1].paragraphs += [*waiting, paragraph]
            if paragraph.statements:
                made[-1].voices[-1].statements.extend(paragraph.statements)
        else:
            made += [Passages(waiting), Passages([paragraph], _voices(paragraph))]
        waiting = []
    made.append(Passages(waiting))
    return [run for run in made if run.paragraphs]


def _goes_on(run: Passages, paragraph: Paragraph) -> bool:
    """Whether nobody else is quoted."""
    if len(run.voices) != 1:
        return False
    return set(paragraph.speakers) == {run.voices[0].first.speaker_id}


def _voices(paragraph: Paragraph) -> list[Voice]:
    groups = groupby(paragraph.statements, key=lambda each: each.speaker_id)
    return [Voice(list(statements)) for _speaker, statements in groups]


def _paragraphs(reading: Reading, version: ArticleVersion) -> Iterator[Paragraph]:
    """Split where a passage of this version starts or ends."""
    spans = [span for span in reading.spans if span.version == version.pk]
    start, seen = 0, set[Owner]()
    for line in version.text.split("\n"):
        end = start + len(line)
        if line:
            inside = [span for span in spans if span.start < end and span.end > start]
            yield _paragraph(reading, version.text[start:end], start, inside, seen)
        start = end + 1


def _paragraph(
    reading: Reading, line: str, start: int, inside: list[Span], seen: set[Owner]
) -> Paragraph:
    new = [
        owner for owner in dict.fromkeys(s.owner for s in inside) if owner not in seen
    ]
    segments = list(_segments(reading, line, start, inside, seen))
    speaking = (span.owner for span in inside)
    return Paragraph(
        segments,
        [owner for owner in new if isinstance(owner, Statement)],
        [owner for owner in new if isinstance(owner, Proposal)],
        tuple(each.speaker_id for each in speaking if isinstance(each, Statement)),
    )


def _segments(
    reading: Reading, line: str, start: int, inside: list[Span], seen: set[Owner]
) -> Iterator[Segment]:
    end = start + len(line)
    cuts = {start, end}
    cuts.update(max(start, span.start) for span in inside)
    cuts.update(min(end, span.end) for span in inside)
    for first, last in pairwise(sorted(cuts)):
        covering = [span for span in inside if span.start <= first and span.end >= last]
        owners = dict.fromkeys(span.owner for span in covering)
        begins = tuple(owner for owner in owners if owner not in seen)
        seen.update(begins)
        ends = tuple(
            reading.ordinal(span.owner) or 0
            for span in covering
            if isinstance(span.owner, Statement) and span.end == last
        )
        owner = next(iter(owners), None)
        yield Segment(line[first - start : last - start], owner, ends, begins)
