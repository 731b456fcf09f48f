"""An article as the public may read it: its whole text with marks, or only its public passages in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from archive.models import Article, ArticleVersion
from policies.models import Proposal, ProposalPassage
from statements.models import Statement, StatementPassage

NEAR = 3  # characters: marks and a blank, but no words, stand between two passages


@dataclass(frozen=True)
class Excerpt:
    """One thing to read. `words` is a passage as printed; empty where the editors' own sentence stands for it."""

    start: int
    owner: Statement | Proposal
    words: str = ""
    follows_gap: bool = False
    continues: bool = False

    @property
    def is_proposal(self) -> bool:
        return isinstance(self.owner, Proposal)


@dataclass(frozen=True)
class Segment:
    """A run of the full text and the statements and proposals it belongs to."""

    text: str
    owners: list[Statement | Proposal] = field(default_factory=list)


def excerpts(article: Article) -> list[Excerpt]:
    """The public passages in the order of the source; a statement that is not verbatim as the editors' sentence."""
    places = sorted(_places(article), key=lambda place: (place[0], place[1]))
    found: list[Excerpt] = []
    seen: set[Statement | Proposal] = set()
    last = 0
    for start, end, owner, words in places:
        if not words and owner in seen:
            continue
        gap = bool(words) and bool(found) and start - last > NEAR
        found.append(Excerpt(start, owner, words, gap, owner in seen))
        seen.add(owner)
        last = end
    return found


def _places(article: Article) -> Iterator[tuple[int, int, Statement | Proposal, str]]:
    for said in _statement_passages(article):
        yield said.start, said.end, said.statement, said.exact if said.statement.is_direct else ""
    for listed in _proposal_passages(article).filter(proposal__proposal_list__isnull=False):
        yield listed.start, listed.end, listed.proposal, listed.exact


def paragraphs(version: ArticleVersion) -> list[list[Segment]]:
    """The whole text, cut where a passage of this version starts or ends."""
    rows = [(p.start, p.end, p.statement) for p in _statement_passages(version.article).filter(version=version)]
    rows += [(p.start, p.end, p.proposal) for p in _proposal_passages(version.article).filter(version=version)]
    result, start = [], 0
    for line in version.text.split("\n"):
        if line:
            result.append(list(_segments(version.text, start, start + len(line), rows)))
        start += len(line) + 1
    return result


def _segments(text: str, start: int, end: int, rows: list) -> Iterator[Segment]:
    inside = [row for row in rows if row[0] < end and row[1] > start]
    cuts = sorted({start, end, *(max(start, row[0]) for row in inside), *(min(end, row[1]) for row in inside)})
    for first, last in pairwise(cuts):
        yield Segment(text[first:last], [row[2] for row in inside if row[0] <= first and row[1] >= last])


def _statement_passages(article: Article):
    rows = StatementPassage.objects.public().filter(statement__article=article)
    rows = rows.select_related("statement__speaker", "statement__article").order_by("start")
    return rows.prefetch_related("statement__speaker__roles")


def _proposal_passages(article: Article):
    rows = ProposalPassage.objects.public().filter(proposal__article=article)
    return rows.select_related("proposal__proposal_list__issued_by").order_by("start")
