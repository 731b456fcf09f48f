"""Checks the whole archive again, in Python and from the rows alone, to find what was
written while triggers were disabled.

Rows are streamed. It uses none of the rules it checks: it compares statuses itself and
does not rely on `.public()`.
"""

from __future__ import annotations

import hashlib
import heapq
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, pairwise
from typing import Any

from django.db import connection, transaction

from archive.audit.older_rows import older_rows
from archive.audit.visibility import (
    NAMES,
    PARTS,
    PUBLISHABLE,
    PUBLISHED,
    Findings,
    stream,
    visibility,
)
from archive.extraction.quotation_ranges import ranges
from archive.models import Article, ArticleVersion
from archive.wording.joining import joined
from policies.models import Position, Proposal, ProposalList, ProposalPassage
from statements.models import Statement, StatementPassage

VersionSpan = tuple[int, int, int, int]


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Reads one snapshot; changes committed meanwhile would otherwise look
    like damage.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
        yield


def counts() -> Iterator[str]:
    """One line per table: its rows and how many of them are public."""
    for model in [*NAMES, *PUBLISHABLE, *PARTS]:
        total = model.objects.count()
        name = (
            model._meta.verbose_name if total == 1 else model._meta.verbose_name_plural
        )
        yield f"{total} {name}, {model.objects.public().count()} public"


def is_empty() -> bool:
    return not any(model.objects.exists() for model in PUBLISHABLE)


def problems() -> Iterator[tuple[str, str]]:
    """(slug of the article it is about or "", line) of each; a line names the table,
    the uid or slug, and the problem.
    """
    for record, problem in _findings():
        name = (
            getattr(record, "uid", "")
            or getattr(record, "slug", "")
            or f"id {record.pk}"
        )
        article = record if isinstance(record, Article) else _article_of(record)
        slug = article.slug if article else ""
        yield slug, f"{record._meta.label_lower} {name}: {problem}"


def _article_of(record: Any) -> Article | None:
    article: Article | None = getattr(record, "article", None)
    return article


def _findings() -> Findings:
    yield from _versions()
    yield from _passages(StatementPassage, "statement")
    yield from _passages(ProposalPassage, "proposal")
    yield from _statements()
    yield from _listed_proposals()
    yield from _positions()
    yield from _excerpt_limits()
    yield from older_rows()
    for model in (*NAMES, Article, ProposalList, Proposal):
        yield from _slugs(model)
    yield from visibility()


def _versions() -> Findings:
    versions = ArticleVersion.objects.prefetch_related("quotation_ranges")
    for version in stream(versions, at_once=20):
        if hashlib.sha256(version.text.encode()).hexdigest() != version.sha256:
            yield version, "its text does not match its hash"
        if not unicodedata.is_normalized("NFC", version.text):
            yield version, "its text is not normalized (NFC)"
        if "\r" in version.text:
            yield version, "its line endings are not LF only"
        stored = {(row.start, row.end) for row in version.quotation_ranges.all()}
        if stored != set(ranges(version.text)):
            yield version, "its stored quotation ranges do not match its text"


def _passages(model: Any, owner: str) -> Findings:
    rows = (
        model.objects.select_related(owner, "removed_in")
        .order_by("version_id", "pk")
        .iterator(chunk_size=500)
    )
    for pk, passages in groupby(rows, key=lambda passage: passage.version_id):
        version = ArticleVersion.objects.get(pk=pk)
        for passage in passages:
            record = getattr(passage, owner)
            name = f"passage {passage.ordinal}"
            if record.article_id != version.article_id:
                yield record, f"{name} belongs to another article"
            if _wrongly_removed(passage, version):
                yield record, f"the source has not removed the words of {name}"
            if (
                not passage.exact
                or version.text[passage.start : passage.end] != passage.exact
            ):
                yield (
                    record,
                    f"the words of {name} are not at {passage.start}..{passage.end}",
                )
            elif not _context_matches(passage, version.text):
                yield (
                    record,
                    f"prefix or suffix of {name} does not match the text around it",
                )


def _wrongly_removed(passage: Any, version: ArticleVersion) -> bool:
    """Whether the source is said to have removed words that it still holds."""
    later = passage.removed_in
    return later is not None and (
        later.article_id != version.article_id
        or later.number <= version.number
        or passage.exact in later.text
    )


def _context_matches(passage: Any, text: str) -> bool:
    before, after = (
        text[max(passage.start - 32, 0) : passage.start],
        text[passage.end : passage.end + 32],
    )
    return (passage.prefix, passage.suffix) == (before, after)


def _passages_of(record: Any) -> list[Any]:
    return sorted(record.passages.all(), key=lambda p: (p.ordinal, p.pk))


def _words(record: Any) -> list[str]:
    return [passage.exact for passage in _passages_of(record)]


def _statements() -> Findings:
    rows = Statement.objects.prefetch_related(
        "passages__version__quotation_ranges", "passages__version__turns"
    )
    for statement in stream(rows, at_once=100):
        words = _words(statement)
        if statement.form == "direct" and statement.text != _read_together(
            statement, marks_cuts=True
        ):
            yield statement, "its text differs from its passages"
        if statement.form in ("indirect", "collective") and re.search(
            '["“”„«»]', statement.text
        ):
            yield statement, "a reported statement has quotation marks"
        if statement.status == PUBLISHED:
            yield from (
                (statement, problem) for problem in _published(statement, words)
            )


def _read_together(record: Any, marks_cuts: bool) -> str:
    passages = _passages_of(record)
    text = passages[0].version.text if passages else ""
    return joined(text, passages, marks_cuts)


def _is_unmarked(statement: Statement) -> bool:
    """Whether a quoted passage is neither in quotation marks nor in a turn."""
    if statement.form not in ("direct", "partial") or statement.marks_exception.strip():
        return False
    return not all(_is_within_marks(statement, p) for p in statement.passages.all())


def _is_within_marks(statement: Statement, passage: Any) -> bool:
    turns = passage.version.turns.all()
    spans = [
        *((row.start, row.end) for row in passage.version.quotation_ranges.all()),
        *((t.start, t.end) for t in turns if t.speaker_id == statement.speaker_id),
    ]
    return any(start <= passage.start and passage.end <= end for start, end in spans)


def _published(statement: Statement, words: list[str]) -> Iterator[str]:
    if _is_unmarked(statement):
        yield "its words stand neither in quotation marks nor in a turn of its speaker"
    if not words or not statement.text:
        yield "published without a passage or a text"
    if statement.form == "partial" and not _quotes_only(statement.text, words):
        yield (
            "its sentence must have its fragments, and nothing else, in quotation marks"
        )
    if statement.form in ("indirect", "collective") and any(
        len(w) >= 20 and w in statement.text for w in words
    ):
        yield "its sentence is copied from the article"
    if not _in_order(statement.passages.all()):
        yield "its passages overlap or are not in the order of the source"


def _quotes_only(sentence: str, fragments: list[str]) -> bool:
    for fragment in sorted(fragments, key=len, reverse=True):
        quoted = [
            quotation
            for quotation in (f"“{fragment}”", f'"{fragment}"')
            if quotation in sentence
        ]
        if not quoted:
            return False
        for quotation in quoted:
            sentence = sentence.replace(quotation, "")
    return not re.search('["“”„«»]', sentence)


def _in_order(passages: Any) -> bool:
    rows = sorted(passages, key=lambda passage: (passage.version_id, passage.ordinal))
    return all(
        a.version_id != b.version_id or a.end <= b.start for a, b in pairwise(rows)
    )


def _listed_proposals() -> Findings:
    listed = Proposal.objects.filter(proposal_list__isnull=False)
    for proposal in stream(
        listed.select_related("proposal_list").prefetch_related("passages__version")
    ):
        words = _words(proposal)
        if proposal.text != _read_together(proposal, marks_cuts=False):
            yield proposal, "its text differs from its passages"
        if proposal.status == PUBLISHED and not words:
            yield proposal, "published without a passage"
        if proposal.article_id != proposal.proposal_list.article_id:
            yield proposal, "its article differs from that of its list"


def _positions() -> Findings:
    for position in stream(Position.objects.prefetch_related("evidence")):
        people = {position.recorded_by_id, position.reviewed_by_id} - {None}
        if position.stance == "mixed" and not position.conditions:
            yield position, "mixed without conditions"
        if position.basis == "inferred" and not position.rationale:
            yield position, "inferred without a rationale"
        if position.status != PUBLISHED:
            continue
        if position.basis == "inferred" and len(people) < 2:
            yield position, "inferred and published without a second person"
        if not _rests_on_something(position):
            yield position, "published without a supporting statement or source address"


def _rests_on_something(position: Position) -> bool:
    if position.source_url:
        return True
    evidence = position.evidence.all()
    if position.basis != "own_words":
        return bool(evidence)
    return any(
        statement.speaker_id == position.speaker_id
        and statement.form in ("direct", "partial")
        for statement in evidence
    )


def _excerpt_limits() -> Findings:
    quoted = StatementPassage.objects.filter(
        statement__status=PUBLISHED, statement__form__in=["direct", "partial"]
    )
    listed = ProposalPassage.objects.filter(
        proposal__status=PUBLISHED, proposal__proposal_list__status=PUBLISHED
    )
    merged = heapq.merge(_spans(quoted), _spans(listed))
    for pk, spans in groupby(merged, key=lambda span: span[0]):
        article, characters = Article.objects.get(pk=pk), _union(spans)
        limit = 0 if article.rights == "link_only" else article.excerpt_limit
        if article.rights != "full_text" and limit is not None and characters > limit:
            yield article, f"{characters} public characters exceed its limit of {limit}"


def _spans(passages: Any) -> Iterator[VersionSpan]:
    """Ordered, so that two streams can be merged with the passages of an article next
    to each other.
    """
    fields = ["version__article_id", "version_id", "start", "end"]
    return passages.order_by(*fields).values_list(*fields).iterator()


def _union(spans: Iterator[VersionSpan]) -> int:
    """How many characters the ordered spans cover, summed over the versions."""
    total, reached, current = 0, 0, None
    for _, version, start, end in spans:
        if version != current:
            reached, current = 0, version
        total += max(end - max(start, reached), 0)
        reached = max(reached, end)
    return total


def _slugs(model: Any) -> Findings:
    before = None
    for record in model.objects.order_by("slug", "pk").iterator(chunk_size=500):
        if not re.fullmatch(r"[-a-zA-Z0-9_]+", record.slug):
            yield record, f"its slug {record.slug!r} is malformed"
        if record.slug == before:
            yield record, f"its slug {record.slug!r} belongs to another record too"
        before = record.slug
