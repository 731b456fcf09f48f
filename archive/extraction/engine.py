"""Runs the steps in order: normalize, quotes, mentions, resolution, lists."""

from collections.abc import Iterable

from archive.extraction import table as tables
from archive.extraction.assemble import statements
from archive.extraction.blockquotes import block_quotations, outside
from archive.extraction.foreign import quoted_statements
from archive.extraction.kinds import kind_of_text, language_of
from archive.extraction.lists import blocks, proposal_lists
from archive.extraction.model import ArticleDraft, Statement, TextKind
from archive.extraction.normalize import normalize
from archive.extraction.quotes import Quotation, paragraphs, quotations
from archive.extraction.resolution import Resolver
from archive.extraction.sentences import sentences
from archive.extraction.speech import Speech
from archive.extraction.tokens import tokens
from archive.extraction.turns import first_turn, has_guest, turns


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
    language = language_of(text)
    if language != "en":
        return ArticleDraft(
            text, tuple(quoted_statements(text, quoted)), language=language
        )
    return _english(text, quoted, tuple(known_speakers))


def _english(
    text: str, quoted: list[Quotation], known_speakers: tuple[str, ...]
) -> ArticleDraft:
    kind = kind_of_text(text)
    read = sentences(text, quoted)
    lines = paragraphs(text)
    table = tables.build([list(tokens(text, a, b)) for a, b in lines], known_speakers)
    resolver = Resolver(text, read, table)
    list_blocks = blocks(text, lines)
    listed = [paragraph for block in list_blocks for paragraph in block.items]
    speech = Speech(text, read, quoted)
    drafts = statements(text, speech, resolver, listed)
    drafts = outside(drafts, tuple(block_quotations(text, lines, speech, resolver)))
    lists = proposal_lists(text, list_blocks, lines, read, resolver)
    if kind is TextKind.INTERVIEW and not has_guest(text):
        kind = TextKind.ARTICLE
    if kind in {TextKind.TRANSCRIPT, TextKind.INTERVIEW}:
        start = first_turn(text)
        drafts = tuple(d for d in drafts if d.passages[-1].end <= start)
        drafts += tuple(turns(text, table.people))
    if kind is TextKind.SPEECH:
        drafts = tuple(d for d in drafts if not _own_words(d))
    return ArticleDraft(text, drafts, lists, tables.persons(text, table), kind)


def _own_words(draft: Statement) -> bool:
    """Whether a speech reports itself: "I say that …"."""
    mention = draft.speaker.mention
    return mention is not None and mention.exact.lower() in {"i", "we"}
