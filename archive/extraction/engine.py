"""Runs the steps in order: normalize, quotes, mentions, resolution, lists."""

from collections.abc import Iterable

from archive.extraction import table as tables
from archive.extraction.assemble import statements
from archive.extraction.lists import blocks, proposal_lists
from archive.extraction.model import ArticleDraft
from archive.extraction.normalize import normalize
from archive.extraction.quotes import paragraphs, quotations
from archive.extraction.resolution import Resolver
from archive.extraction.sentences import sentences
from archive.extraction.speech import Speech
from archive.extraction.tokens import tokens


def extract(text: str, known_speakers: Iterable[str] = ()) -> ArticleDraft:
    """Extracts the draft of one article.

    text: plain text, one paragraph per line; it is normalized first, and all offsets of
    the answer count code points of the normalized text (ArticleDraft.text).
    known_speakers: full names the archive already knows; they decide how a name is
    written, never who speaks. Raises TypeError if text is not a str; any str gives an
    answer, in time linear in its length.
    """
    if not isinstance(text, str):
        raise TypeError(f"extract() needs a str, not {type(text).__name__}")
    text = normalize(text)
    quoted = quotations(text)
    read = sentences(text, quoted)
    lines = paragraphs(text)
    table = tables.build(
        [list(tokens(text, a, b)) for a, b in lines], tuple(known_speakers)
    )
    resolver = Resolver(text, read, table)
    list_blocks = blocks(text, lines)
    listed = [paragraph for block in list_blocks for paragraph in block.items]
    drafts = statements(text, Speech(text, read, quoted), resolver, listed)
    lists = proposal_lists(text, list_blocks, lines, read, resolver)
    return ArticleDraft(text, drafts, lists, tables.persons(text, table))
