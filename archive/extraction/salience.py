"""Step 6a: how likely a later pronoun refers to each person named in a
sentence.
"""

from dataclasses import dataclass

from archive.extraction.model import Kind
from archive.extraction.people import Entity
from archive.extraction.sentences import Sentence
from archive.extraction.table import NameMention, Table
from archive.extraction.tokens import Tag

_BEHIND_SUBJECT = {
    Tag.CUE,
    Tag.VERB,
    Tag.AUX,
    Tag.ADV,
    Tag.COMMA,
    Tag.OPEN,
    Tag.DASH,
    Tag.PRON,
}
# How likely a later pronoun refers to a person named at each position in a sentence.
_SPOKE = 1.6
_SUBJECT = 1.6
ANSWERED = 1.4
_OBJECT = 0.5
_OWNER = 0.5
_FIRST = 0.3


@dataclass(slots=True)
class Sighting:
    """A person named outside quotation marks; salience depends on the position
    (subject, topic, object).
    """

    entity: Entity
    start: int
    sentence: int
    weight: float


def sightings(index: int, sentences: list[Sentence], table: Table) -> list[Sighting]:
    """Returns the persons named outside quotation marks in sentences[index], weighted
    by their position.
    """
    sentence = sentences[index]
    inside = [(t.start, t.end) for t in sentence.tokens if t.tag is Tag.QUOTE]
    seen: list[Sighting] = []
    for mention in table.within(sentence.start, sentence.end):
        if mention.entity.kind is not Kind.PERSON or any(
            a <= mention.start < b for a, b in inside
        ):
            continue
        seen.append(
            Sighting(
                mention.entity,
                mention.start,
                index,
                _weight(sentence, mention, not seen),
            )
        )
    return seen


def _weight(sentence: Sentence, mention: NameMention, first: bool) -> float:
    tokens = sentence.tokens
    begin = next((i for i, t in enumerate(tokens) if t.end > mention.titled_start), 0)
    last = next(i for i in range(begin, len(tokens)) if tokens[i].end >= mention.end)
    before = tokens[begin - 1].tag if begin else Tag.STOP
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and after.tag is Tag.POSS:
        return _OWNER
    if (
        before is Tag.CUE
        and last + 1 < len(tokens)
        and begin > 1
        and tokens[begin - 2].tag in {Tag.COMMA, Tag.QUOTE}
    ):
        return _SPOKE
    subject = after is not None and (
        after.tag in _BEHIND_SUBJECT or (after.lower == "and" and first)
    )
    if subject and before not in {Tag.PREP, Tag.VERB, Tag.CUE, Tag.AUX}:
        spoke = any(t.tag is Tag.CUE for t in tokens[last + 1 : last + 4])
        return _SPOKE if spoke else _SUBJECT
    return _OBJECT + (_FIRST if first and before is not Tag.PREP else 0.0)
