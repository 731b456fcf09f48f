"""Reads a version of an article into suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from archive.desk.values import EARLIER, EDITS, MOVED
from archive.extraction import extract
from archive.extraction.model import (
    ArticleDraft,
    Naming,
    Passage,
    ProposalList,
    Speaker,
    Statement,
)
from archive.models import (
    Article,
    ArticleVersion,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from archive.wording import anchoring
from policies.models import Proposal, ProposalPassage
from policies.models import ProposalList as ListRecord
from statements import models as statements

SURE = 0.8
"""Confidence of the engine from which on a speaker need not be chosen."""
MAX_BETWEEN = 8  # characters between a name and the title printed after it
MAX_TITLE_GAP = 1  # and between a title and the name after it
TITLE_LENGTH = 140  # of a listed item, offered as its own first words
CLAUSE = re.compile(
    r"\s*[;:–—]\s|,[”\"]?\s(?=(?:which|who|where|so|including|such|as|but|paid|aimed"
    r"|consisting|to)\b)"
)
Span = tuple[int, int]


@transaction.atomic
def read(article: Article) -> ArticleVersion | None:
    """Makes the suggestions of the newest version, once; returns that version. Records
    made elsewhere become accepted suggestions.
    """
    version = article.latest_version
    if version is None:
        return None
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    rows = Suggestion.objects.filter(article=article)
    _carry(rows.open().exclude(version=version), version)
    _drop_deleted(rows)
    _adopt(article, version)
    if not rows.filter(version=version, is_from_engine=True).exists():
        taken = [span for row in rows.filter(version=version) for span in row.spans]
        Suggestion.objects.bulk_create(
            row
            for row in suggestions(article, version)
            if not _overlap(row.spans, taken)
        )
    return version


def suggestions(article: Article, version: ArticleVersion) -> list[Suggestion]:
    """The engine's reading of the text, not saved."""
    draft = extract(version.text, known_names(version.text))
    common = {"article": article, "version": version}
    statements = [_of_statement(draft, each, common) for each in draft.statements]
    return [*statements, *(_of_list(draft, each, common) for each in draft.lists)]


def known_names(text: str) -> list[str]:
    """The names of the archive's speakers whose last word occurs in the text."""
    words = set(re.findall(r"\w+", text.casefold()))
    rows = statements.Speaker.objects.filter(merged_into=None, article=None)
    names = rows.values_list("name", flat=True)
    return [name for name in names if name.casefold().rpartition(" ")[2] in words]


def _of_statement(draft: ArticleDraft, each: Statement, common: Any) -> Suggestion:
    speaker = each.speaker
    values = {
        "form": str(each.form),
        "attribution": printed_name(draft, speaker),
        "cue": each.cue.exact if each.cue else "",
    }
    return Suggestion(
        **common,
        kind=SuggestionKind.STATEMENT,
        start=each.passages[0].start,
        spans=_spans(each.passages),
        speakers=_candidates(speaker),
        values={name: value for name, value in values.items() if value},
    )


def _of_list(draft: ArticleDraft, each: ProposalList, common: Any) -> Suggestion:
    items = [item.passage for item in each.items]
    values: dict[str, Any] = {
        "is_complete": {None: "unknown", True: "true", False: "false"}[each.is_complete]
    }
    if each.addressee:
        values["addressed_to_printed"] = each.addressee.exact
    for index, item in enumerate(each.items):
        words = item.label.exact if item.label else item.passage.exact
        values[f"item-{index}-title"] = first_words(words)
    return Suggestion(
        **common,
        kind=SuggestionKind.LIST,
        start=each.introduction.start,
        spans=_spans(items),
        speakers=_candidates(each.issuer) if each.issuer else [],
        values=values,
    )


def first_words(words: str) -> str:
    """The first sentence of the words without its end, or as much of it as is short;
    "" if nothing of it stands alone.
    """
    sentence = re.split(r"(?<=[.;!?])\s", words.strip(), maxsplit=1)[0].rstrip(".;:,!?")
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    clause = CLAUSE.split(sentence, maxsplit=1)[0]
    return clause if 20 <= len(clause) <= TITLE_LENGTH else ""


def _candidates(speaker: Speaker) -> list[dict[str, Any]]:
    """The persons to consider, best first."""
    scores = {
        each.name: each.score for each in speaker.candidates if each.score >= 0.05
    }
    if speaker.name:
        scores = {speaker.name: speaker.confidence} | {
            name: score for name, score in scores.items() if name != speaker.name
        }
    return [
        {"name": name, "kind": str(speaker.kind), "score": round(score, 2)}
        for name, score in scores.items()
    ]


def printed_name(draft: ArticleDraft, speaker: Speaker) -> str:
    """The speaker's name and title as the article prints them beside each other; else
    the words that name the speaker, unless they are a pronoun.
    """
    mentions = [speaker.mention] if speaker.mention else []
    for person in draft.people:
        if person.name == speaker.name:
            mentions += person.mentions
    for mention in mentions if speaker.role else []:
        if (span := _with_title(mention, speaker.role)) is not None:
            return draft.text[slice(*span)]
    if speaker.mention is None or speaker.naming is Naming.PRONOUN:
        return ""
    return speaker.mention.exact


def _with_title(name: Passage, title: Passage | None) -> tuple[int, int] | None:
    """The span of a name and a title beside it; None if the title is elsewhere."""
    if title is None:
        return None
    if name.start <= title.start < name.end:
        return name.start, name.end
    if 0 < name.start - title.end <= MAX_TITLE_GAP:
        return title.start, name.end
    if 0 < title.start - name.end <= MAX_BETWEEN:
        return name.start, title.end
    return None


def _spans(passages: Iterable[Passage]) -> list[list[int]]:
    return [[each.start, each.end] for each in passages]


def _overlap(spans: Sequence[Any], taken: Sequence[Any]) -> bool:
    return any(a < d and c < b for a, b in spans for c, d in taken)


def _carry(rows: Any, version: ArticleVersion) -> None:
    """Takes what an editor has worked on along to a new version of the text, if its
    words occur exactly once there; the engine reads the rest again.
    """
    rows.filter(changed_by=None).delete()
    for row in rows.select_related("version"):
        anchors = [
            anchoring.find(version.text, row.version.text[start:end], 2)
            for start, end in row.spans
        ]
        if all(len(each) == 1 for each in anchors):
            row.spans = [[each.start, each.end] for [each] in anchors]
            row.version, row.start = version, row.spans[0][0]
            row.values.pop(EARLIER, None)
            row.save()


def _adopt(article: Article, version: ArticleVersion) -> None:
    """Makes accepted suggestions of records that have none; the others follow their
    records' passages.
    """
    rows = Suggestion.objects.filter(article=article).exclude(record_uid="")
    known = {row.record_uid: row for row in rows}
    for kind, uid, spans in _records(article, version):
        fields = {"version": version, "spans": spans}
        if row := known.get(uid):
            if spans and _differ(row, version, spans):
                rows.filter(pk=row.pk).update(**fields, start=spans[0][0])
            continue
        Suggestion.objects.create(
            article=article,
            kind=kind,
            is_from_engine=False,
            start=spans[0][0] if spans else 0,
            state=SuggestionState.ACCEPTED,
            record_uid=uid,
            **fields,
        )


def _differ(row: Suggestion, version: ArticleVersion, spans: list[list[int]]) -> bool:
    """Whether they are another version's, or others than an editor has moved."""
    if row.version_id != version.pk:
        return True
    return row.spans != spans and MOVED not in row.values.get(EDITS, {})


def _records(
    article: Article, version: ArticleVersion
) -> Iterable[tuple[SuggestionKind, str, list[list[int]]]]:
    """The article's records with their passages in the version."""
    sources = (
        (
            SuggestionKind.STATEMENT,
            statements.Statement.objects.filter(article=article),
            statements.StatementPassage,
            "statement",
        ),
        (
            SuggestionKind.PROPOSAL,
            Proposal.objects.filter(article=article, proposal_list=None),
            ProposalPassage,
            "proposal",
        ),
        (
            SuggestionKind.LIST,
            ListRecord.objects.filter(article=article),
            ProposalPassage,
            "proposal__proposal_list",
        ),
    )
    for kind, records, passages, owner in sources:
        spans: dict[int, list[list[int]]] = {}
        rows = passages.objects.filter(version=version, **{f"{owner}__in": records})
        for pk, start, end in rows.order_by("start").values_list(
            F(owner), "start", "end"
        ):
            spans.setdefault(pk, []).append([start, end])
        for pk, uid in records.values_list("pk", "uid"):
            yield kind, uid, spans.get(pk, [])


def _drop_deleted(rows: Any) -> None:
    """Opens a suggestion again whose record was deleted elsewhere."""
    for kind, model in MODELS.items():
        gone = rows.filter(kind=kind, state=SuggestionState.ACCEPTED).exclude(
            record_uid__in=model.objects.values("uid")
        )
        gone.filter(is_from_engine=False).delete()
        gone.update(
            state=SuggestionState.OPEN, record_uid="", revision=F("revision") + 1
        )


MODELS: dict[str, Any] = {
    SuggestionKind.STATEMENT: statements.Statement,
    SuggestionKind.PROPOSAL: Proposal,
    SuggestionKind.LIST: ListRecord,
}
