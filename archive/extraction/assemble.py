"""Step 7: pieces with voices and reported clauses become statements."""

from archive.extraction.indirect import Reported, reported
from archive.extraction.model import ArticleDraft, Kind, Naming, Passage, Speaker, Statement, StatementForm
from archive.extraction.resolution import Resolver
from archive.extraction.scare import is_statement
from archive.extraction.speech import Piece, Speech


def assemble(text: str, speech: Speech, resolver: Resolver) -> ArticleDraft:
    pieces = [p for p in speech.run() if is_statement(text, p, speech.sentences[p.sentence])]
    by_sentence: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_sentence.setdefault(piece.sentence, []).append(piece)
    statements: list[Statement] = []
    for number, sentence in enumerate(speech.sentences):
        here = by_sentence.get(number, [])
        clauses = reported(sentence, speech.attributions[number], {p.place for p in here})
        found = [_statement(text, p, resolver, speech) for p in here]
        found += [_indirect(text, c, number, resolver, speech) for c in clauses]
        statements += sorted(found, key=lambda s: s.passages[0].start)
    return ArticleDraft(text, tuple(statements))


def _statement(text: str, piece: Piece, resolver: Resolver, speech: Speech) -> Statement:
    voice = piece.voice
    speaker = Speaker(None, Kind.PERSON, Naming.NOMINAL, None, 0.0)
    if voice and voice.subject:
        speaker = resolver.resolve(voice.sentence, voice.subject)
    elif voice and voice.label:
        speaker = Speaker(
            text[slice(*voice.label)], Kind.PERSON, Naming.NAME, Passage.of(text, *voice.label), 0.9
        )
    return Statement(StatementForm.DIRECT, (Passage.of(text, piece.quote.start, piece.quote.end),), speaker)


def _indirect(text: str, clause: Reported, number: int, resolver: Resolver, speech: Speech) -> Statement:
    tokens = speech.sentences[number].tokens
    passages = tuple(Passage.of(text, tokens[a].start, tokens[b - 1].end) for a, b in clause.parts)
    speaker = resolver.resolve(number, clause.attribution.subject or (0, 1))
    cue = tokens[clause.attribution.cue]
    return Statement(StatementForm.INDIRECT, passages, speaker, Passage.of(text, cue.start, cue.end))
