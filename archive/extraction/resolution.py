"""Step 6b: finds the person to whom the words that name a speaker refer: names, titles,
he and she.
"""

from archive.extraction import lexicon, names
from archive.extraction.model import Candidate, Kind, Naming, Passage, Speaker
from archive.extraction.people import Entity, NameRun, key
from archive.extraction.phrases import Range
from archive.extraction.salience import ANSWERED, Sighting, sightings
from archive.extraction.sentences import Sentence
from archive.extraction.table import NameMention, Table
from archive.extraction.tokens import Tag, Token

_SINGULAR = {
    "he": "m",
    "she": "f",
    "his": "m",
    "her": "f",
    "him": "m",
    "himself": "m",
    "herself": "f",
}
_COUPLE = frozenset({"mr", "mrs", "ms", "dr"})
_IMPERSONAL = frozenset(
    {"estimates", "reports", "research", "studies", "polls", "data", "figures"}
    | {"surveys", "evidence", "projections", "statistics", "rumors"}
)
_HEAD_END = {
    Tag.PREP,
    Tag.COMMA,
    Tag.DASH,
    Tag.OPEN,
    Tag.SUB,
    Tag.QUOTE,
    Tag.VERB,
    Tag.CUE,
    Tag.AUX,
    Tag.COLON,
}
_SURE = 0.6
_PERHAPS = 0.5
_NEAR = 2
_MARGIN = 0.005
_MEMORY = 14
_WORDS = {Tag.CUE, Tag.VERB, Tag.AUX, Tag.NOUN, Tag.NAME}
_UNKNOWN = 0.6  # factor if the text does not tell the person's gender
_DECAY = 0.3  # factor for each sentence in between


class Resolver:
    """Names the speakers of one text. Call `resolve` in text order: later pronouns
    depend on earlier answers.
    """

    def __init__(self, text: str, sentences: list[Sentence], table: Table) -> None:
        self.text = text
        self.sentences = sentences
        self.table = table
        self._sightings: list[list[Sighting]] = []
        self._answers: dict[tuple[int, int], Speaker] = {}
        self._entities: dict[int, Entity] = {}
        self._plural: tuple[int, Speaker] | None = None

    def resolve(self, index: int, subject: Range) -> Speaker:
        """Returns the speaker that tokens[subject] of sentences[index] name."""
        occurrence = (index, subject[0])
        if occurrence not in self._answers:
            answer = self._answers[occurrence] = self._speaker(index, subject)
            if answer.name and answer.kind is not Kind.PERSON:
                self._plural = (index, answer)
        return self._answers[occurrence]

    def _speaker(self, index: int, subject: Range) -> Speaker:
        tokens = self.sentences[index].tokens[slice(*subject)]
        mention = Passage.of(self.text, tokens[0].start, tokens[-1].end)
        if tokens[0].tag is Tag.PRON or (
            tokens[0].lower in lexicon.POSSESSIVES and len(tokens) == 1
        ):
            return self._pronoun(index, tokens[0], mention)
        joint = self._joint(tokens, mention)
        if joint is not None:
            return joint
        named = self._head_name(tokens)
        if named is not None:
            return _named(named.entity, mention, self.text)
        return self._nominal(index, tokens, mention)

    def labelled(self, start: int, end: int) -> Speaker:
        """Returns the speaker whom a transcript names before the words: "ROE: I will
        …".
        """
        mention = Passage.of(self.text, start, end)
        entities = self.table.people.candidates(mention.exact.split()[-1:])
        name = entities[0].name if entities else mention.exact.title()
        return Speaker(
            name, Kind.PERSON, Naming.NAME, mention, 0.9 if entities else 0.6
        )

    def _joint(self, tokens: list[Token], mention: Passage) -> Speaker | None:
        """Returns two persons who speak together as candidates: "Roe and Oakes"."""
        place = next((i for i, t in enumerate(tokens) if t.lower == "and"), 0)
        if not place or any(t.tag is Tag.COMMA for t in tokens):
            return None
        if key(tokens[place - 1].text) in _COUPLE:  # "Mr. and Mrs. Holm"
            return Speaker(None, Kind.GROUP, Naming.NAME, mention, 0.5)
        together = tokens[place].start
        mentions = [
            m
            for m in self.table.within(mention.start, mention.end)
            if m.entity.kind is Kind.PERSON
        ]
        before = [m.entity for m in mentions if m.end <= together]
        if any(e.name.lower() in lexicon.TITLES for e in before):
            return None
        after = [m.entity for m in mentions if m.titled_start == together + 4]
        if not before or not after or before[-1] is after[0]:
            return None
        shares = (Candidate(before[-1].name, 0.5), Candidate(after[0].name, 0.5))
        return Speaker(None, Kind.GROUP, Naming.NAME, mention, 0.5, shares)

    def _head_name(self, tokens: list[Token]) -> NameMention | None:
        """Returns the name in the head of a noun phrase: "transit chief Salka Brandt",
        "her aide, Bo Tarrant".
        """
        mentions = self.table.within(tokens[0].start, tokens[-1].end)
        end = next(
            (i for i, t in enumerate(tokens) if i and _ends_head(tokens, i)),
            len(tokens),
        )
        for mention in mentions:
            if mention.end == tokens[end - 1].end:
                return mention
        if tokens[end - 1].lower in lexicon.TITLES and mentions:
            last = mentions[-1]  # "Minister of Housing Ida Berg"
            whole = last.end == tokens[-1].end and last.start > tokens[end - 1].end
            if whole and last.entity.kind is Kind.PERSON and len(last.entity.words) > 1:
                return last
        comma = next(
            (i for i, t in enumerate(tokens) if t.tag is Tag.COMMA), len(tokens)
        )
        if comma + 1 < len(tokens) and tokens[comma - 1].tag is not Tag.NAME:
            explained = (
                m for m in mentions if m.titled_start == tokens[comma + 1].start
            )
            return next(explained, None)
        return None

    def _nominal(self, index: int, tokens: list[Token], mention: Passage) -> Speaker:
        """Returns the person with the role in "the mayor", if only one has it; a group
        or an organization otherwise.
        """
        head = _head_words(tokens)
        if not head or head[-1] in _IMPERSONAL:
            kind = Kind.GROUP if head else Kind.PERSON
            return Speaker(None, kind, Naming.NOMINAL, mention, 0.0)
        opens = tokens[0] is self.sentences[index].tokens[
            0
        ] and not self.table.people.candidates(head)
        if _is_group(tokens, head, opens):
            return Speaker(mention.exact, Kind.GROUP, Naming.NOMINAL, mention, 0.9)
        definite = (
            tokens[0].lower in {"the", "this", "that", "his", "her", "their", "its"}
            or len(head) == 1
        )
        holders = self.table.by_role(head, mention.start) if definite else []
        common = (
            definite
            and not holders
            and head[-1] in lexicon.ORG_WORDS
            and tokens[-1].tag is not Tag.NAME
        )
        organization = (
            self.table.organization(head[-1], mention.start) if common else None
        )
        if organization is not None:
            return _named(organization, mention, self.text, Naming.NOMINAL, 0.8)
        if holders and tokens[0].lower not in {"a", "an", "one", "another"}:
            return self._by_role(holders, mention)
        if (
            tokens[-1].tag is Tag.NAME
            and len(tokens) == 1
            and _may_be_person(tokens[0])
        ):
            entity = self._single(tokens[0])
            return _named(entity, mention, self.text)
        kind = Kind.ORGANIZATION if _is_organization(tokens, head) else Kind.PERSON
        name = _without_article(mention.exact) if kind is Kind.ORGANIZATION else None
        return Speaker(name, kind, Naming.NOMINAL, mention, 0.8 if name else 0.2)

    def _single(self, token: Token) -> Entity:
        return self.table.people.add_single(NameRun([token], 0, None, None))

    def _by_role(self, holders: list[Entity], mention: Passage) -> Speaker:
        """Returns the role's only holder as the speaker; of several holders the one
        named far more often, else nobody.
        """
        first = holders[0]
        role = _role(first, mention, self.text)
        if len(holders) == 1:
            self._entities[mention.start] = first
            return _named(first, mention, self.text, Naming.NOMINAL, 0.9)
        shares = tuple(
            Candidate(e.name, round(_PERHAPS / (i + 1), 2))
            for i, e in enumerate(holders[:4])
        )
        if len(first.spans) < 3 * len(holders[1].spans):
            return Speaker(None, Kind.PERSON, Naming.NOMINAL, mention, 0.3, shares)
        self._entities[mention.start] = first
        return Speaker(
            first.name, Kind.PERSON, Naming.NOMINAL, mention, _PERHAPS, shares, role
        )

    def _pronoun(self, index: int, token: Token, mention: Passage) -> Speaker:
        gender = _SINGULAR.get(token.lower)
        if gender is None:
            return self._other_pronoun(index, token, mention)
        ranked = self.rank(index, token.start, gender)
        if not ranked:
            return Speaker(None, Kind.PERSON, Naming.PRONOUN, mention, 0.0)
        total = sum(score for score, _ in ranked[:4])
        shares = tuple(
            Candidate(e.name, round(score / total, 2)) for score, e in ranked[:4]
        )
        best = ranked[0][1]
        if len(shares) > 1 and shares[0].score - shares[1].score < _MARGIN:
            return Speaker(
                None, Kind.PERSON, Naming.PRONOUN, mention, shares[0].score, shares
            )
        self._entities[token.start] = best
        if not best.gender and shares[0].score > _SURE:
            best.gender = gender
        return Speaker(
            best.name,
            Kind.PERSON,
            Naming.PRONOUN,
            mention,
            shares[0].score,
            shares,
            _role(best, mention, self.text),
        )

    def _other_pronoun(self, index: int, token: Token, mention: Passage) -> Speaker:
        """Returns the group or organization that "they" or "it" refers to: the one that
        spoke last, if that was just before.
        """
        kind = Kind.GROUP if token.lower in {"they", "we"} else Kind.ORGANIZATION
        if (
            token.lower not in {"they", "it"}
            or self._plural is None
            or index - self._plural[0] > _NEAR
        ):
            return Speaker(None, kind, Naming.PRONOUN, mention, 0.0)
        spoken = self._plural[1]
        shares = (Candidate(spoken.name or "", _PERHAPS),)
        return Speaker(
            spoken.name, spoken.kind, Naming.PRONOUN, mention, _PERHAPS, shares
        )

    def rank(self, index: int, offset: int, gender: str) -> list[tuple[float, Entity]]:
        """Returns whom a pronoun can refer to, best first: recent, subject or speaker,
        topic, of the right gender.
        """
        scores: dict[int, float] = {}
        people: dict[int, Entity] = {}
        distance = 0
        for at in range(index, max(-1, index - _MEMORY), -1):
            best: dict[int, float] = {}
            for sighting in self._seen(at):
                if sighting.start >= offset or sighting.entity.gender not in {
                    gender,
                    "",
                }:
                    continue
                gain = sighting.weight * (
                    _UNKNOWN if not sighting.entity.gender else 1.0
                )
                best[id(sighting.entity)] = max(
                    gain, best.get(id(sighting.entity), 0.0)
                )
                people[id(sighting.entity)] = sighting.entity
            for entity, gain in best.items():
                scores[entity] = scores.get(entity, 0.0) + gain * _DECAY**distance
            distance += any(t.tag in _WORDS for t in self.sentences[at].tokens)
        return sorted(
            ((s, people[i]) for i, s in scores.items()), key=lambda row: -row[0]
        )

    def _seen(self, index: int) -> list[Sighting]:
        while len(self._sightings) <= index:
            self._sightings.append(
                sightings(len(self._sightings), self.sentences, self.table)
            )
        answered = [
            Sighting(self._entities[t.start], t.start, index, ANSWERED)
            for t in self.sentences[index].tokens
            if t.start in self._entities
        ]
        return self._sightings[index] + answered


def _ends_head(tokens: list[Token], index: int) -> bool:
    """Whether the head of a noun phrase ends here; a nickname is part of it."""
    after = tokens[index + 1 : index + 2]
    nickname = tokens[index].tag is Tag.QUOTE and after and after[0].tag is Tag.NAME
    return tokens[index].tag in _HEAD_END and not nickname


def _named(
    entity: Entity,
    mention: Passage,
    text: str,
    naming: Naming = Naming.NAME,
    confidence: float = 1.0,
) -> Speaker:
    return Speaker(
        entity.name,
        entity.kind,
        naming,
        mention,
        confidence,
        (),
        _role(entity, mention, text),
        entity.known,
    )


def _role(entity: Entity, mention: Passage, text: str) -> Passage | None:
    """Returns the role printed in these words, else the first one the text gives."""
    if not entity.roles:
        return None
    printed = (r for r in entity.roles if mention.start <= r[0] and r[1] <= mention.end)
    return Passage.of(text, *next(printed, entity.roles[0]))


def _head_words(tokens: list[Token]) -> list[str]:
    words = []
    for index, token in enumerate(tokens):
        if token.tag in _HEAD_END and index:
            break
        if token.tag not in {Tag.DET, Tag.POSS} or token.lower in lexicon.GROUP_NOUNS:
            words.append(key(token.text))
    return words


def _is_group(tokens: list[Token], head: list[str], opens: bool) -> bool:
    """Returns whether the words are several unnamed people: "officials", "campaign
    aides", "Divers" at the start of a sentence.
    """
    if head[-1] in lexicon.GROUP_NOUNS:
        return True
    last = (
        next((i for i, t in enumerate(tokens) if t.tag in _HEAD_END and i), len(tokens))
        - 1
    )
    common = tokens[last].tag is Tag.NOUN or (opens and last == 0 and len(tokens) > 1)
    plural = head[-1].endswith("s") and not head[-1].endswith(
        ("ss", "us", "is", "news")
    )
    return common and plural and tokens[0].lower not in {"a", "an"}


def _is_organization(tokens: list[Token], head: list[str]) -> bool:
    return tokens[0].lower not in {"a", "an"} and (
        head[-1] in lexicon.ORG_WORDS or tokens[-1].tag is Tag.NAME
    )


def _may_be_person(token: Token) -> bool:
    word = key(token.text)
    if word in lexicon.ORG_WORDS or word in lexicon.PLACES or word in names.MALE_WORDS:
        return False
    return not (token.text.isupper() and len(token.text) <= 4)


def _without_article(phrase: str) -> str:
    return phrase[4:] if phrase.lower().startswith("the ") else phrase
