"""How often a name is right at each confidence, measured on marked articles."""

import bisect
from collections.abc import Iterator
from typing import Any

from archive.extraction.model import ArticleDraft, Passage
from archive.extraction.normalize import original_offsets
from archive.extraction.people import key

_STEPS = (0.9, 0.7, 0.5, 0.0)
_OVERLAP = 0.8


def table(records: list[dict[str, Any]], drafts: list[ArticleDraft]) -> Iterator[str]:
    """Returns a line for each step of confidence: how many names, how many right."""
    counts = {step: [0, 0] for step in _STEPS}
    for record, draft in zip(records, drafts, strict=True):
        for confidence, is_right in _names(record, draft):
            step = next(s for s in _STEPS if confidence >= s)
            counts[step][0] += is_right
            counts[step][1] += 1
    yield "confidence of a name: how many were right"
    for step, (right, total) in counts.items():
        share = f"{100 * right / total:5.1f} %" if total else "    –"
        yield f"  {step:.1f} and more   {share}  ({right} of {total})"


def _names(record: dict[str, Any], draft: ArticleDraft) -> Iterator[tuple[float, bool]]:
    """Returns confidence and whether the surname is right, for each passage whose
    speaker is marked by name.
    """
    offsets = original_offsets(record["text"])
    marked = sorted(
        (q["start"], q["end"], q["speaker"])
        for q in record.get("quotes", ())
        if q.get("speaker")
    )
    starts = [q[0] for q in marked]
    for statement in draft.statements:
        if statement.speaker.name is None:
            continue
        for passage in statement.passages:
            name = _marked_name(marked, starts, _span(passage, offsets))
            if name:
                own = key(statement.speaker.name.split()[-1])
                yield statement.speaker.confidence, own == key(name.split()[-1])


def _span(passage: Passage, offsets: list[int] | None) -> tuple[int, int]:
    if offsets is None:
        return passage.start, passage.end
    return offsets[passage.start], offsets[passage.end]


def _marked_name(
    marked: list[tuple[int, int, str]], starts: list[int], span: tuple[int, int]
) -> str | None:
    near = bisect.bisect_right(starts, span[0])
    for start, end, name in marked[max(0, near - 2) : near + 2]:
        shared = min(end, span[1]) - max(start, span[0])
        if shared >= _OVERLAP * max(end - start, span[1] - span[0]):
            return name
    return None
