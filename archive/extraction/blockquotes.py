"""Block quotations: paragraphs without marks after "X said:" in a paragraph of its own,
up to the next attribution or heading.
"""

import bisect
import re
import sys
from collections.abc import Iterator

from archive.extraction.assemble import weighed
from archive.extraction.cues import Attribution
from archive.extraction.lexicon import Cue
from archive.extraction.model import Passage, Statement, StatementForm
from archive.extraction.resolution import Resolver
from archive.extraction.speech import Speech
from archive.extraction.tokens import Tag, Token

Line = tuple[int, int]
_STRENGTH = 0.9
_UNMARKED = re.compile(r"[^\W_]")
_MARK = re.compile(r"[\"“”„«»]")
_END = (".", "!", "?", "…", ")")
_BETWEEN = {Tag.ADV, Tag.DATE, Tag.PREP, Tag.COLON, Tag.COMMA}


def block_quotations(
    text: str, lines: list[Line], speech: Speech, resolver: Resolver
) -> Iterator[Statement]:
    """Returns a direct statement for each lead-in that words without marks follow; none
    in a text that has quotation marks, since it uses them for what people say.
    """
    if speech.quoted:
        return
    for index, sentence in enumerate(speech.sentences):
        if sentence.tokens[-1].tag is not Tag.COLON or sentence.quotes:
            continue
        if sentence.end < lines[sentence.paragraph][1] - 1:
            continue
        lead = _lead(sentence.tokens, speech.attributions[index])
        passages = tuple(_words(text, lines, sentence.paragraph + 1))
        if lead is None or lead.subject is None or not passages:
            continue
        speaker = weighed(resolver.resolve(index, lead.subject), _STRENGTH)
        cue = sentence.tokens[lead.cue]
        yield Statement(
            StatementForm.DIRECT,
            passages,
            speaker,
            Passage.of(text, cue.start, cue.end),
        )


def _lead(tokens: list[Token], attributions: list[Attribution]) -> Attribution | None:
    """Returns the verb of speech that ends the paragraph: "Ann Trevor said:"."""
    if not attributions:
        return None
    last = attributions[-1]
    spoken = last.takes in {Cue.SAY, Cue.TELL} and not (last.passive or last.infinitive)
    ends = all(t.tag in _BETWEEN for t in tokens[last.end :])
    return last if spoken and ends else None


def _words(text: str, lines: list[Line], first: int) -> Iterator[Passage]:
    for start, end in lines[first:]:
        line = text[start:end].strip()
        plain = _UNMARKED.match(line) and not _MARK.search(line)
        if not plain or not line.endswith(_END):
            return
        opening = text.index(line[0], start)
        yield Passage.of(text, opening, opening + len(line))


def outside(
    drafts: tuple[Statement, ...], blocks: tuple[Statement, ...]
) -> tuple[Statement, ...]:
    """Returns the drafts that do not lie in a block quotation, and the blocks."""
    spans = [(p.start, p.end) for b in blocks for p in b.passages]
    others = (d for d in drafts if not _lies_in(d.passages[0].start, spans))
    return tuple(sorted([*others, *blocks], key=lambda s: s.passages[0].start))


def _lies_in(offset: int, spans: list[Line]) -> bool:
    """Whether one of the spans, which are in text order, covers the offset."""
    before = bisect.bisect_right(spans, (offset, sys.maxsize)) - 1
    return before >= 0 and offset < spans[before][1]
