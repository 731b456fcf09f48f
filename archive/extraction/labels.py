"""Step 5c: names that stand beside a quotation without a verb: "Jane Roe: “…”", "“…” —
Jane Roe", "in the words of Jane Roe".
"""

from archive.extraction import subjects
from archive.extraction.phrases import Range
from archive.extraction.sentences import Sentence
from archive.extraction.tokens import Tag, Token

_REACH = 14


def _name_on_topic(tokens: list[Token], position: int) -> Range | None:
    """Returns the name in "- Mara Quinlan on delays: “…”"."""
    start = next((i for i, t in enumerate(tokens) if t.tag is Tag.NAME), position)
    end = start
    while end < position and tokens[end].tag is Tag.NAME:
        end += 1
    opens = all(t.tag in {Tag.DASH, Tag.OTHER} for t in tokens[:start])
    on_topic = end < position and tokens[end].lower in {"on", "about"}
    return (start, end) if opens and on_topic and end - start > 1 else None


def in_the_words_of(sentence: Sentence, position: int) -> Range | None:
    tokens = sentence.tokens
    for index in range(position - 1, max(0, position - _REACH), -1):
        if tokens[index].lower == "words" and tokens[index + 1].lower == "of":
            return subjects.subject_after(tokens, index + 2)
    return None


def label(sentence: Sentence, position: int) -> Range | None:
    tokens = sentence.tokens
    if position >= 2 and tokens[position - 1].tag is Tag.COLON:
        start = position - 1
        while start > 0 and tokens[start - 1].tag in {
            Tag.NAME,
            Tag.NOUN,
            Tag.CONJ,
            Tag.DET,
        }:
            start -= 1
        opens = (
            start == 0
            or tokens[start - 1].tag in {Tag.DASH, Tag.STOP}
            or tokens[start - 1].lower == "from"
        )
        if start < position - 1 and opens:
            return (start, position - 1)
        on_topic = _name_on_topic(tokens, position)
        if on_topic is not None:
            return on_topic
    if (
        position + 2 < len(tokens) + 1
        and tokens[position + 1 : position + 2]
        and tokens[position + 1].tag is Tag.DASH
    ):
        return subjects.subject_after(tokens, position + 2)
    return None
