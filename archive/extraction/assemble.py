"""Step 7: pieces with voices become statements."""

from archive.extraction.model import ArticleDraft, Kind, Naming, Passage, Speaker, Statement, StatementForm
from archive.extraction.resolution import Resolver
from archive.extraction.scare import is_statement
from archive.extraction.speech import Piece, Speech


def assemble(text: str, speech: Speech, resolver: Resolver) -> ArticleDraft:
    pieces = [p for p in speech.run() if is_statement(text, p, speech.sentences[p.sentence])]
    statements = [_statement(text, piece, resolver, speech) for piece in pieces]
    return ArticleDraft(text, tuple(statements))


def _statement(text: str, piece: Piece, resolver: Resolver, speech: Speech) -> Statement:
    voice = piece.voice
    speaker = Speaker(None, Kind.PERSON, Naming.NOMINAL, None, 0.0)
    if voice and voice.subject:
        speaker = resolver.resolve(voice.sentence, voice.subject)
    elif voice and voice.label:
        speaker = Speaker(text[slice(*voice.label)], Kind.PERSON, Naming.NAME, Passage.of(text, *voice.label), 0.9)
    return Statement(StatementForm.DIRECT, (Passage.of(text, piece.quote.start, piece.quote.end),), speaker)
