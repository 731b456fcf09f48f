"""What is cited of a statement: the source that reports it, and who speaks in it."""

from __future__ import annotations

from archive.citations import Citation, Name
from archive.models.citations import source
from statements.models import Speaker, SpeakerKind, Statement


def name(speaker: Speaker) -> Name:
    is_person = speaker.kind == SpeakerKind.PERSON
    return Name.sorted(speaker.sort_name) if is_person else Name(speaker.name)


def statement(record: Statement, site: str) -> Citation:
    """Of a speech or a post of the speaker's own, the speaker is the author. A
    paraphrase is not called a quotation. `site` is https://host.
    """
    speaker = name(record.speaker)
    passages = record.located_passages
    own_words = record.is_in_own_turn
    by = (speaker,) if own_words else ()
    reference = source(record.article, record, site, by)
    is_author = reference.authors == by and own_words
    return Citation(
        reference,
        speaker=None if is_author else speaker,
        relation=_relation(record, own_words),
        paragraphs=tuple(sorted({passage.paragraph for passage in passages})),
        note=f"{record.speaker}: {record.label} ({record.form_label})",
    )


def _relation(record: Statement, own_words: bool) -> str:
    if not record.is_verbatim:
        return "paraphrased in"
    return "speaking in" if own_words else "quoted in"
