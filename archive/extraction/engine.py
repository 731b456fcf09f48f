"""The steps in order: normalize, quotes, mentions, resolution, lists."""

from collections.abc import Iterable

from archive.extraction import table as tables
from archive.extraction.assemble import assemble
from archive.extraction.model import ArticleDraft
from archive.extraction.normalize import normalize
from archive.extraction.quotes import paragraphs, quotations
from archive.extraction.resolution import Resolver
from archive.extraction.sentences import sentences
from archive.extraction.speech import Speech
from archive.extraction.tokens import tokens


def extract(text: str, known_speakers: Iterable[str] = ()) -> ArticleDraft:
    """Read one article.

    text: plain text, one paragraph a line; it is normalized first, and all offsets of the answer count code points
    of the normalized text (ArticleDraft.text). known_speakers: full names the archive already knows; they decide
    how a name is written, never who speaks. Raises TypeError when text is no str; any str gives an answer, in time
    linear in its length.
    """
    if not isinstance(text, str):
        raise TypeError(f"extract() needs a str, not {type(text).__name__}")
    text = normalize(text)
    quoted = quotations(text)
    read = sentences(text, quoted)
    table = tables.build([list(tokens(text, a, b)) for a, b in paragraphs(text)], tuple(known_speakers))
    speech = Speech(text, read, quoted)
    resolver = Resolver(text, read, table)
    return assemble(text, speech, resolver)
