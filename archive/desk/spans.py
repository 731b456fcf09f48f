"""Which words of the text a suggestion takes: new ones, split, merged, moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive.desk.values import EARLIER, EDITS, MOVED
from archive.editing.saving import Invalid
from archive.models import ArticleVersion, Suggestion, SuggestionKind, SuggestionState
from archive.wording import anchoring
from statements.models import Turn

Span = tuple[int, int]
BLANK = " \t\n\u00a0"
WORD_STARTS = re.compile(r"(?<![\w'’-])(?=\w)")
WORD_ENDS = re.compile(r"(?<=\w)(?!['’-]?\w)|(?<=\w[.,;:!?…])")
MAX_EARLIER = 20  # changes of the words that can be undone
SINGLE_MARKS = {"‘": "’", "'": "'"}
QUOTATION_MARKS = '"“”„«»'


def at(version: ArticleVersion, data: Any) -> Span:
    """The span that a form names: by `start` and `end`, or by pasted words that occur
    exactly once. Offsets at which other words stand, as in another version of the text,
    do not count.
    """
    start, end = str(data.get("start", "")), str(data.get("end", ""))
    words = str(data.get("words", ""))
    if start.isdecimal() and end.isdecimal() and len(start) < 9 and len(end) < 9:
        there = version.text[int(start) : int(end)]
        if not words.strip() or there.split() == words.split():
            return trimmed(version.text, int(start), int(end))
    matches = anchoring.find(version.text, anchoring.unquoted(words), 2)
    if len(matches) == 1:
        return trimmed(version.text, matches[0].start, matches[0].end)
    message = (
        _("These words occur more than once: paste more of them.")
        if matches
        else _("These words do not occur in the text.")
    )
    raise Invalid({"words": [message]})


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks at its ends, and without the quotation marks around it,
    or the single one at one end.
    """
    end = min(end, len(text))
    while start < end and text[start] in BLANK:
        start += 1
    while start < end and text[end - 1] in BLANK:
        end -= 1
    opens = start < end and text[start] in QUOTATION_MARKS
    closes = start < end and text[end - 1] in QUOTATION_MARKS
    count = sum(each in QUOTATION_MARKS for each in text[start:end])
    if (opens and closes) or count == 1:
        start, end = start + opens, end - closes
    if end - start > 2 and SINGLE_MARKS.get(text[start]) == text[end - 1]:
        start, end = start + 1, end - 1
    if start >= end:
        raise Invalid({"words": [_("Select some words in the text first.")]})
    return start, end


def add(user: Any, version: ArticleVersion, kind: str, span: Span) -> Suggestion:
    """A suggestion of words that an editor selected: a direct quotation if they are in
    quotation marks or in a turn, whose speaker then says them.
    """
    around = {"start__lte": span[0], "end__gte": span[1]}
    turn = Turn.objects.filter(version=version, **around).order_by("-start").first()
    is_direct = turn or version.quotation_ranges.filter(**around).exists()
    values = {"form": "direct" if is_direct else "indirect"}
    speakers = [
        {"name": turn.speaker.name, "kind": turn.speaker.kind, "score": 1}
        for turn in ([turn] if turn else [])
    ]
    return Suggestion.objects.create(
        article=version.article,
        version=version,
        kind=kind,
        is_from_engine=False,
        start=span[0],
        spans=[list(span)],
        speakers=speakers,
        values=values if kind == SuggestionKind.STATEMENT else {},
        changed_by=user,
    )


def add_passage(user: Any, suggestion: Suggestion, span: Span) -> None:
    put(user, suggestion, [*suggestion.spans, list(span)])


def move(user: Any, suggestion: Suggestion, index: int, span: Span) -> None:
    """Gives one of the spans other ends."""
    spans = [list(each) for each in suggestion.spans]
    if not 0 <= index < len(spans):
        raise Invalid({"words": [_("These words are no longer part of it.")]})
    spans[index] = list(span)
    put(user, suggestion, spans)


def moved(suggestion: Suggestion, index: int, end: str, steps: str) -> Span:
    """The span at `index` with its start or end one or several words further."""
    text = suggestion.version.text
    start, stop = suggestion.spans[index]
    try:
        count = int(steps)
    except ValueError:
        count = 0
    if end == "start":
        start = _word_from(text, start, count, WORD_STARTS)
    else:
        stop = _word_from(text, stop, count, WORD_ENDS)
    if not start < stop:
        raise Invalid({"words": [_("It needs at least one word.")]})
    return start, stop


def _word_from(text: str, offset: int, count: int, edge: re.Pattern[str]) -> int:
    """The offset `count` words further, or before if it is negative."""
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    line_end = len(text) if line_end < 0 else line_end
    edges = [each.start() for each in edge.finditer(text, line_start, line_end)]
    edges = sorted({*edges, line_start, line_end})
    if count > 0:
        further = [each for each in edges if each > offset]
        return further[min(count, len(further)) - 1] if further else offset
    before = [each for each in edges if each < offset]
    return before[max(count, -len(before))] if before and count else offset


def drop(user: Any, suggestion: Suggestion, index: int) -> None:
    """Leaves one of several spans out."""
    if len(suggestion.spans) < 2 or not 0 <= index < len(suggestion.spans):
        raise Invalid({"words": [_("It needs at least one passage.")]})
    left = [each for number, each in enumerate(suggestion.spans) if number != index]
    put(user, suggestion, left, dropped=index)


def put(
    user: Any,
    suggestion: Suggestion,
    spans: Sequence[Any],
    dropped: int | None = None,
    **other: int,
) -> None:
    """Takes the spans, in the order of the text; the titles of a list follow them. What
    was before can be undone; `other` says which card was split off or taken in.
    """
    length = len(suggestion.version.text)
    pairs = [(int(start), int(end)) for start, end in spans]
    order = sorted(range(len(pairs)), key=pairs.__getitem__)
    ordered = [pairs[each] for each in order]
    if any(not 0 <= start < end <= length for start, end in ordered) or any(
        one[1] > two[0] for one, two in pairwise(ordered)
    ):
        raise Invalid({"words": [_("Two passages of one record cannot overlap.")]})
    values = dict(suggestion.values)
    before = {"spans": suggestion.spans, "titles": _titles(values), **other}
    if suggestion.kind == SuggestionKind.LIST:
        values = _titles_moved(values, order, dropped)
    values[EARLIER] = [*values.get(EARLIER, []), before][-MAX_EARLIER:]
    _write(user, suggestion, [list(each) for each in ordered], values)


def _write(
    user: Any, suggestion: Suggestion, spans: list[list[int]], values: Any
) -> None:
    if suggestion.state == SuggestionState.ACCEPTED:
        values[EDITS] = {**values.get(EDITS, {}), MOVED: "on"}
    fields = {"spans": spans, "values": values}
    if suggestion.kind != SuggestionKind.LIST:
        fields["start"] = spans[0][0]
    suggestion.change(user, **fields)


@transaction.atomic
def back(user: Any, suggestion: Suggestion) -> list[Suggestion]:
    """Undoes the last change of the words, a split or a merger; returns the other cards
    that this changes.
    """
    values = dict(suggestion.values)
    earlier = list(values.pop(EARLIER, []))
    if not earlier:
        raise Invalid({"words": [_("Its words have not been changed.")]})
    before = earlier.pop()
    rows = Suggestion.objects.filter(article=suggestion.article_id)
    taken_in = rows.filter(pk=before.get("merged", 0), state=SuggestionState.REJECTED)
    changed = list(taken_in)
    for row in changed:
        row.change(user, state=SuggestionState.OPEN)
    if "split" in before:
        _take_back(rows.filter(pk=before["split"]).first())
    rest = {name: each for name, each in values.items() if not _is_title(name)}
    rest = {**rest, **before["titles"], EARLIER: earlier}
    _write(user, suggestion, before["spans"], rest)
    return changed


def _take_back(part: Suggestion | None) -> None:
    if part is None:
        return
    if part.state == SuggestionState.ACCEPTED or part.values.get(EARLIER):
        message = _("Its second part has been worked on: undo that first.")
        raise Invalid({"words": [message]})
    part.delete()


def _is_title(name: str) -> bool:
    return name.startswith("item-")


def _titles(values: Any) -> dict[str, str]:
    return {name: each for name, each in values.items() if _is_title(name)}


def _titles_moved(values: Any, order: Sequence[int], dropped: int | None) -> Any:
    prefix = "item-"
    rest = {name: each for name, each in values.items() if not _is_title(name)}
    for index, before in enumerate(order):
        old = before + 1 if dropped is not None and before >= dropped else before
        if title := values.get(f"{prefix}{old}-title"):
            rest[f"{prefix}{index}-title"] = title
    return rest


@transaction.atomic
def split(user: Any, suggestion: Suggestion, offset: int | None) -> Suggestion:
    """Cuts an open suggestion in two: at an offset of the text, else after its first
    passage. Returns the second part.
    """
    _must_be_open(suggestion)
    text, first, second = suggestion.version.text, [], []
    if offset is None and len(suggestion.spans) > 1:
        offset = suggestion.spans[1][0]
    for start, end in suggestion.spans:
        if offset is None or end <= offset:
            first.append([start, end])
        elif start >= offset:
            second.append([start, end])
        else:
            first.append(list(trimmed(text, start, offset)))
            second.append(list(trimmed(text, offset, end)))
    if not first or not second:
        message = _("Put the cursor where the second part begins.")
        raise Invalid({"words": [message]})
    other = Suggestion.objects.create(
        article=suggestion.article,
        version=suggestion.version,
        kind=suggestion.kind,
        is_from_engine=suggestion.is_from_engine,
        start=second[0][0],
        spans=second,
        speakers=suggestion.speakers,
        values={**suggestion.values, "text": "", EARLIER: []},
        changed_by=user,
    )
    put(user, suggestion, first, split=other.pk)
    return other


@transaction.atomic
def merge(user: Any, suggestion: Suggestion) -> Suggestion:
    """Takes the passages of the next open suggestion of the same kind, which is
    rejected; returns that one.
    """
    _must_be_open(suggestion)
    rows = Suggestion.objects.filter(article=suggestion.article, kind=suggestion.kind)
    rows = rows.open().filter(start__gt=suggestion.start).in_reading_order()
    other = rows.first()
    if other is None:
        raise Invalid({"": [_("No open suggestion follows that it can take in.")]})
    put(user, suggestion, [*suggestion.spans, *other.spans], merged=other.pk)
    other.change(user, state=SuggestionState.REJECTED)
    return other


def _must_be_open(suggestion: Suggestion) -> None:
    if suggestion.state != SuggestionState.OPEN:
        raise Invalid({"": [_("Undo the decision first.")]})
