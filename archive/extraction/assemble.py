"""Step 7: builds statements from quotations with voices and from reported clauses."""

import dataclasses
import re
from collections.abc import Iterable

from archive.extraction.clauses import content_end
from archive.extraction.indirect import Reported, reported
from archive.extraction.model import (
    NOBODY,
    Candidate,
    Kind,
    Passage,
    Speaker,
    Statement,
    StatementForm,
)
from archive.extraction.resolution import Resolver
from archive.extraction.scare import is_statement
from archive.extraction.sentences import Sentence
from archive.extraction.speech import Piece, Speech, Voice
from archive.extraction.tokens import Tag

_SENTENCE_INSIDE = re.compile(r"[.?!…][”’\"']?\s+\S")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_TOO_UNSURE = 0.35


def statements(
    text: str, speech: Speech, resolver: Resolver, listed: Iterable[int] = ()
) -> tuple[Statement, ...]:
    """Returns all statements in text order. *listed*: the paragraphs that are items of
    a list and report nothing.
    """
    skipped = set(listed)
    pieces = [
        p for p in speech.run() if is_statement(text, p, speech.sentences[p.sentence])
    ]
    pieces_by_sentence: dict[int, list[Piece]] = {}
    for piece in pieces:
        pieces_by_sentence.setdefault(piece.sentence, []).append(piece)
    result: list[Statement] = []
    groups = _groups(speech, pieces)
    for index, sentence in enumerate(speech.sentences):
        for group in groups.get(index, []):
            result.append(_quoted(text, group, speech, resolver))
        if sentence.paragraph in skipped:
            continue
        positions = {p.position for p in pieces_by_sentence.get(index, [])}
        quoting = {
            p.voice.cue
            for p in pieces_by_sentence.get(index, [])
            if p.voice and p.voice.sentence == index
        }
        for clause in reported(
            sentence, speech.attributions[index], positions, quoting
        ):
            result.append(_indirect(text, clause, index, speech, resolver))
    return tuple(sorted(result, key=lambda s: s.passages[0].start))


def _groups(speech: Speech, pieces: list[Piece]) -> dict[int, list[list[Piece]]]:
    """Groups the pieces of one statement, keyed by their first sentence: "“A,” she
    said. “B.”" is one statement with two pieces.
    """
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _belongs(speech, groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    by_sentence: dict[int, list[list[Piece]]] = {}
    for group in groups:
        by_sentence.setdefault(group[0].sentence, []).append(group)
    return by_sentence


def _belongs(speech: Speech, last: Piece, piece: Piece) -> bool:
    if last.voice is None or piece.voice is None:
        return False
    same = (last.voice.sentence, last.voice.cue) == (
        piece.voice.sentence,
        piece.voice.cue,
    )
    paragraphs = [speech.sentences[p.sentence].paragraph for p in (last, piece)]
    near = (
        paragraphs[0] == paragraphs[1] or piece.quote.continued or last.quote.continues
    )
    return (
        same
        and near
        and (
            last.voice.cue is not None
            or piece.follows
            or last.sentence == piece.sentence
        )
    )


def _quoted(
    text: str, group: list[Piece], speech: Speech, resolver: Resolver
) -> Statement:
    first = group[0]
    sentence = speech.sentences[first.sentence]
    partial = not any(_is_direct(text, p, speech.sentences[p.sentence]) for p in group)
    voice = first.voice
    return Statement(
        StatementForm.PARTIAL if partial else StatementForm.DIRECT,
        tuple(_trimmed(text, p.quote.start, p.quote.end) for p in group),
        _speaker(text, voice, resolver),
        _cue(text, voice, speech),
        _clause(text, first, sentence, speech) if partial else None,
    )


def _trimmed(text: str, start: int, end: int) -> Passage:
    """Returns the span without the whitespace at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage.of(text, start, end)


def _is_direct(text: str, piece: Piece, sentence: Sentence) -> bool:
    """Returns whether the quotation holds full sentences of its own, rather than words
    of the reporter's clause.
    """
    exact = text[piece.quote.start : piece.quote.end]
    if piece.follows or _SENTENCE_INSIDE.search(exact):
        return True
    letter = _FIRST_LETTER.search(exact)
    if letter is None or not letter.group().isupper():
        return False
    voice = piece.voice
    if piece.position == 0 or sentence.tokens[piece.position - 1].tag in {
        Tag.COLON,
        Tag.COMMA,
        Tag.DASH,
        Tag.STOP,
    }:
        return True
    return voice is not None and voice.adjacent


def _speaker(text: str, voice: Voice | None, resolver: Resolver) -> Speaker:
    if voice is None:
        return NOBODY
    if voice.label is not None:
        return resolver.labelled(*voice.label)
    if voice.subject is None:
        return NOBODY
    return weighed(resolver.resolve(voice.sentence, voice.subject), voice.strength)


def weighed(speaker: Speaker, strength: float) -> Speaker:
    """Weighs the frame into the confidence; below the threshold the speaker is replaced
    by candidates.
    """
    confidence = round(speaker.confidence * strength, 2)
    if speaker.name is None or confidence >= _TOO_UNSURE:
        return dataclasses.replace(speaker, confidence=confidence)
    return _doubted(speaker, confidence)


def _doubted(speaker: Speaker, confidence: float) -> Speaker:
    """Returns the speaker without a name; the name becomes the first candidate."""
    candidates = speaker.candidates or (Candidate(speaker.name or "", confidence),)
    return dataclasses.replace(
        speaker, name=None, confidence=confidence, candidates=candidates
    )


def _cue(text: str, voice: Voice | None, speech: Speech) -> Passage | None:
    if voice is None or voice.cue is None:
        return None
    token = speech.sentences[voice.sentence].tokens[voice.cue]
    return Passage.of(text, token.start, token.end)


def _clause(
    text: str, piece: Piece, sentence: Sentence, speech: Speech
) -> Passage | None:
    """Returns the span of the reported clause around a partial quotation."""
    voice = piece.voice
    tokens = sentence.tokens
    if voice is None or voice.cue is None or voice.sentence != piece.sentence:
        return None
    if voice.cue > piece.position:
        start, end = 0, piece.position + 1
    else:
        attributions = speech.attributions[piece.sentence]
        index = next(i for i, a in enumerate(attributions) if a.cue == voice.cue)
        start, end = (
            voice.cue + 1,
            max(
                content_end(tokens, attributions, index, piece.position),
                piece.position + 1,
            ),
        )
        relative = (
            i for i in range(piece.position + 1, end - 1) if tokens[i].tag is Tag.COMMA
        )
        end = next(
            (i for i in relative if tokens[i + 1].lower in {"who", "which"}), end
        )
    while start < piece.position and (
        tokens[start].tag in {Tag.COMMA, Tag.COLON} or tokens[start].lower == "that"
    ):
        start += 1
    while end > piece.position + 1 and tokens[end - 1].tag in {
        Tag.COMMA,
        Tag.STOP,
        Tag.SEMI,
    }:
        end -= 1
    return Passage.of(text, tokens[start].start, tokens[end - 1].end)


def _indirect(
    text: str, clause: Reported, index: int, speech: Speech, resolver: Resolver
) -> Statement:
    tokens = speech.sentences[index].tokens
    passages = tuple(
        Passage.of(text, tokens[a].start, tokens[b - 1].end) for a, b in clause.parts
    )
    speaker = resolver.resolve(index, clause.attribution.subject or (0, 1))
    if speaker.name and speaker.confidence < _TOO_UNSURE:
        speaker = _doubted(speaker, speaker.confidence)
    cue = tokens[clause.attribution.cue]
    form = (
        StatementForm.COLLECTIVE
        if speaker.kind is Kind.GROUP
        else StatementForm.INDIRECT
    )
    return Statement(form, passages, speaker, Passage.of(text, cue.start, cue.end))
