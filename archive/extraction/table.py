"""Step 4b: reads the whole text once and fills the table of people: names, roles before
and after them, gender.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from archive.extraction import lexicon, names
from archive.extraction.model import Kind, Passage, Person
from archive.extraction.people import (
    Entity,
    NameRun,
    People,
    gender_of_titles,
    is_office,
    key,
    kind_of,
    runs,
)
from archive.extraction.tokens import Tag, Token

_ROLE_TAGS = {Tag.NOUN, Tag.NAME, Tag.POSS}
_APPOSITION_END = {
    Tag.PRON,
    Tag.SUB,
    Tag.COMMA,
    Tag.STOP,
    Tag.QUOTE,
    Tag.DASH,
    Tag.SEMI,
    Tag.COLON,
    Tag.OPEN,
    Tag.CLOSE,
}
_LONGEST_ROLE = 16
_HEAD_END = {Tag.PREP, Tag.PRON, Tag.SUB, Tag.VERB, Tag.CUE, Tag.AUX, Tag.COMMA}


@dataclass(frozen=True, slots=True, eq=False)
class NameMention:
    """A point where the text names an entity; start includes no title."""

    start: int
    end: int
    entity: Entity
    titled_start: int


class Table:
    """The people of one text and the mentions that name them, in text order."""

    def __init__(self, people: People, mentions: list[NameMention]) -> None:
        self.people = people
        self.mentions = mentions
        self._starts = [m.start for m in mentions]

    def within(self, start: int, end: int) -> list[NameMention]:
        """Returns the mentions inside text[start:end]."""
        low = bisect.bisect_left(self._starts, start)
        high = bisect.bisect_left(self._starts, end)
        return self.mentions[low:high]

    def by_role(self, words: Sequence[str], offset: int) -> list[Entity]:
        """Returns the persons whose printed role has the head noun words[-1]; those
        that share more words first.
        """
        head = words[-1]
        ranked = []
        for entity in self.people.entities:
            if head in entity.heads:
                shared = len(entity.heads[head] & set(words[:-1]))
                before = bisect.bisect_left(entity.spans, (offset, 0))
                ranked.append((shared, before > 0, len(entity.spans), entity))
        ranked.sort(key=lambda row: row[:3], reverse=True)
        return [row[3] for row in ranked]

    def organization(self, head: str, offset: int) -> Entity | None:
        """Returns the organization that "the authority" refers to: its name contains
        the word *head*, and it was named before.
        """
        known = [
            e
            for e in self.people.entities
            if e.kind is Kind.ORGANIZATION and head in e.words
        ]
        before = [
            (max(p for p in e.spans if p[0] < offset), e)
            for e in known
            if any(p[0] < offset for p in e.spans)
        ]
        return max(before, key=lambda row: row[0])[1] if before else None


def build(paragraphs: list[list[Token]], known: Sequence[str] = ()) -> Table:
    """Fills the table from the tokens of every paragraph (including those inside
    quotation marks).
    """
    people = People(known)
    seen = [(stream, list(runs(stream))) for stream in paragraphs]
    for _, name_runs in seen:
        for run in name_runs:
            kind = kind_of(run, people)
            if kind is not None and len(run.words) > 1:
                people.add_full(run, kind)
    mentions: list[NameMention] = []
    for stream, name_runs in seen:
        where = {t.start: i for i, t in enumerate(stream)}
        for run in name_runs:
            entity = _entity_of(run, people)
            if entity is not None:
                mentions.append(_mention(run, entity, stream, where))
    return Table(people, mentions)


def persons(text: str, table: Table) -> tuple[Person, ...]:
    """Returns everybody the text names, in the order of their first mention."""
    named = [e for e in table.people.entities if e.spans]
    return tuple(
        Person(
            e.name,
            e.kind,
            tuple(Passage.of(text, *span) for span in sorted(e.spans)),
            tuple(Passage.of(text, *role) for role in sorted(e.roles)),
        )
        for e in sorted(named, key=lambda e: min(e.spans))
    )


def _entity_of(run: NameRun, people: People) -> Entity | None:
    candidates = people.candidates(run.words, run.titles)
    if candidates:
        return candidates[0]
    titled = bool(run.titles) and (
        run.titles[-1] in lexicon.ROLE_NOUNS or bool(gender_of_titles(run.titles[-1:]))
    )
    if (
        len(run.words) == 1
        and titled
        and key(run.words[0]) not in lexicon.ORG_WORDS | lexicon.PLACES
        and not is_office(run)
    ):
        return people.add_single(run)
    if len(run.words) == 1 and people.is_known_speaker(run.words):
        return people.add_single(run)
    return None


def _mention(
    run: NameRun, entity: Entity, stream: list[Token], where: dict[int, int]
) -> NameMention:
    """Records position, titles, roles and gender of one mention."""
    first, last = where[run.tokens[0].start], where[run.tokens[-1].start]
    entity.spans.append((run.start, run.end))
    if entity.kind is Kind.PERSON:
        _note_gender(entity, run.titles)
        titled = _role_before(stream, first, run, entity)
        _role_behind(stream, last + 1, entity)
    else:
        titled = run.tokens[0].start
    return NameMention(run.start, run.end, entity, titled)


def _note_gender(entity: Entity, words: Sequence[str]) -> None:
    gender = gender_of_titles(words)
    if gender:
        entity.votes[gender] += 3
        if not entity.gender or entity.votes[gender] > 6:
            entity.gender = gender


def _role_before(stream: list[Token], first: int, run: NameRun, entity: Entity) -> int:
    """Returns the role before a name, and the index where its words start: "Port Alden
    Mayor Delia Harrow", "city controller Imre Dolan".
    """
    begin = first
    while begin > 0 and first - begin < 8 and stream[begin - 1].tag in _ROLE_TAGS:
        begin -= 1
    if stream[begin].tag is Tag.POSS:
        begin += 1
    words = [key(t.text) for t in stream[begin:first]] + run.titles
    if not words or words[-1] not in lexicon.ROLE_NOUNS | {"official"}:
        return run.start
    start = stream[begin].start
    _add_role(entity, start, _end_before(stream, run.start), words)
    return start


def _end_before(stream: list[Token], offset: int) -> int:
    index = bisect.bisect_left(stream, offset, key=lambda t: t.start)
    return stream[index - 1].end


def _role_behind(stream: list[Token], index: int, entity: Entity) -> None:
    """Returns the role after a name: "Salka Brandt, the transit chief for …,"."""
    if index >= len(stream) or stream[index].tag is not Tag.COMMA:
        return
    begin = index + 1
    end = begin
    while (
        end < len(stream)
        and end - begin < _LONGEST_ROLE
        and stream[end].tag not in _APPOSITION_END
    ):
        end += 1
    phrase = stream[begin:end]
    if any(t.tag in {Tag.CUE, Tag.AUX} for t in phrase):
        return
    if not phrase or phrase[0].tag not in {Tag.DET, Tag.NOUN, Tag.NAME, Tag.ADV}:
        return
    if phrase[0].tag is Tag.DET:
        phrase = phrase[1:]
    head = _head(phrase)
    if head and (head[-1] in lexicon.ROLE_NOUNS or phrase[0].text[0].islower()):
        _add_role(entity, phrase[0].start, phrase[-1].end, head)


def _head(phrase: list[Token]) -> list[str]:
    """Returns the words of the first noun phrase; the last is its head."""
    words: list[str] = []
    for token in phrase:
        if token.tag in _HEAD_END:
            break
        if token.tag is Tag.CONJ:
            break
        words.append(key(token.text))
    return words


def _add_role(entity: Entity, start: int, end: int, words: list[str]) -> None:
    head = words[-1]
    if head in names.MALE_WORDS or head in names.FEMALE_WORDS:
        _note_gender(entity, [head])
    if head in {"mr", "mrs", "ms", "dr", "miss"} or start >= end:
        return
    if (start, end) not in entity.roles:
        entity.roles.append((start, end))
    entity.heads.setdefault(_ABBREVIATED.get(head, head), set()).update(words[:-1])


_ABBREVIATED = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "gen": "general",
    "rev": "reverend",
    "sens": "senator",
    "reps": "representative",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "capt": "captain",
    "col": "colonel",
}
