"""Reads transcripts and interviews: a turn is a statement of the person whose label
opens it; questions, moderators and stage directions are none.
"""

import re
from collections.abc import Iterator

from archive.extraction.kinds import ANSWERS, QUESTIONS, labels
from archive.extraction.model import (
    Kind,
    Naming,
    Passage,
    Speaker,
    Statement,
    StatementForm,
)
from archive.extraction.people import People
from archive.extraction.wordset import word_set

_ASKING = QUESTIONS | word_set(
    "reporter reporters moderator host interviewer announcer audience voice questioner "
    "anchor operator participant speaker unidentified narrator"
)
_TITLES = word_set(
    "mr mrs ms miss dr sen gov rep president mayor senator governor chairman "
    "chairwoman chair secretary representative congressman congresswoman councilman "
    "councilwoman commissioner judge justice minister the"
)
_STAGE = re.compile(r"[(\[][^()\[\]\n]{1,60}[)\]]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_GUEST = re.compile(
    r"(?:spoke|talked|sat down|interview(?:ed)?|conversation)(?: with| to)?"
    r"(?: [a-z]+){0,3} (?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})"
)


def first_turn(text: str) -> int:
    """Returns the offset of the first label; the text before it is prose."""
    return next((m.start() for m in labels(text)), len(text))


def has_guest(text: str) -> bool:
    """Whether the text says who answers; questions and answers without such a person
    are the reporter's own explanation.
    """
    return _GUEST.search(text, 0, first_turn(text)) is not None


def turns(text: str, people: People) -> Iterator[Statement]:
    """Returns one direct statement for each turn, in text order."""
    marks = labels(text)
    ends = [m.start() for m in marks[1:]] + [len(text)]
    guest = _GUEST.search(text, 0, first_turn(text))
    for mark, end in zip(marks, ends, strict=True):
        if _asks(mark["label"]):
            continue
        passages = tuple(_passages(text, mark.end(), end))
        if passages:
            speaker = _speaker(text, mark, guest, people)
            yield Statement(StatementForm.DIRECT, passages, speaker)


def _asks(label: str) -> bool:
    return any(w.rstrip(".") in _ASKING for w in label.lower().split())


def _passages(text: str, start: int, end: int) -> Iterator[Passage]:
    """Returns the words of a turn, line by line, without stage directions."""
    for line in _LINE.finditer(text, start, end):
        edge = line.start()
        for stage in _STAGE.finditer(text, line.start(), line.end()):
            if text[stage.start() + 1].isupper():
                yield from _words(text, edge, stage.start())
                edge = stage.end()
        yield from _words(text, edge, line.end())


def _words(text: str, start: int, end: int) -> Iterator[Passage]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    if any(c.isalnum() for c in piece):
        yield Passage.of(text, start, start + len(piece.strip()))


def _speaker(
    text: str, mark: re.Match[str], guest: re.Match[str] | None, people: People
) -> Speaker:
    label = mark["label"]
    mention = Passage.of(text, *mark.span("label"))
    if label.lower() in ANSWERS:
        name = guest["name"] if guest else None
        confidence = 0.8 if guest else 0.0
        return Speaker(name, Kind.PERSON, Naming.NOMINAL, mention, confidence)
    words = label.split()
    while words and words[0].lower().rstrip(".") in _TITLES:
        words = words[1:]
    if not words:
        return Speaker(None, Kind.PERSON, Naming.NOMINAL, mention, 0.0)
    alike = people.candidates(words) or people.candidates(words[-1:])
    if len(alike) == 1 or (alike and len(words) > 1):
        return Speaker(alike[0].name, Kind.PERSON, Naming.NAME, mention, 0.9)
    name = " ".join(w.title() if w.isupper() else w for w in words)
    return Speaker(name, Kind.PERSON, Naming.NAME, mention, 0.8)
