"""Step 4a: identifies the people of a text: full names, later surnames, titles and
roles, hints at gender.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.extraction import lexicon, names
from archive.extraction.model import Kind
from archive.extraction.tokens import Tag, Token
from archive.extraction.wordset import word_set

_PARTICLES = word_set(
    "de la van von der den del della di da bin ibn al el ben le du dos das st st. ter "
    "wa ap zu"
)
_SUFFIXES = word_set("jr sr ii iii iv")
_OFFICES = word_set("prime vice deputy first foreign managing chief lord")
_LONGEST_NAME = 4
_NICKNAME_MARKS = frozenset('“”"')
_PLACE_STARTS = frozenset({"new", "north", "south", "west"})
_LEADING = word_set(
    "republican democrat democratic libertarian conservative liberal independent "
    "former longtime "
    "then-president british russian american french german israeli canadian mexican "
    "chinese democrats "
    "republicans"
)


def key(word: str) -> str:
    """Returns a normal form: two spellings of one name word have the same."""
    folded = word.rstrip(".").casefold().replace("’", "'")
    if folded.isascii():
        return folded
    plain = unicodedata.normalize("NFD", folded)
    return "".join(c for c in plain if not unicodedata.combining(c)) or folded


@dataclass(slots=True)
class NameRun:
    """Consecutive capitalized words; the name proper is tokens[name_from:]."""

    tokens: list[Token]
    name_from: int
    before: Token | None
    after: Token | None

    @property
    def words(self) -> list[str]:
        return [t.text for t in self.tokens[self.name_from :]]

    @property
    def start(self) -> int:
        return self.tokens[self.name_from].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def titles(self) -> list[str]:
        return [key(t.text) for t in self.tokens[: self.name_from]]


@dataclass(slots=True, eq=False)
class Entity:
    """One person or organization of the text. gender: "m", "f" or "" (not known)."""

    name: str
    kind: Kind
    words: tuple[str, ...]
    gender: str = ""
    votes: dict[str, int] = field(default_factory=lambda: {"m": 0, "f": 0})
    spans: list[tuple[int, int]] = field(default_factory=list)
    roles: list[tuple[int, int]] = field(default_factory=list)
    heads: dict[str, set[str]] = field(default_factory=dict)
    full_count: int = 0
    known: bool = False


class People:
    """The table of the whole text. Look people up by the words that name them."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        self.entities: list[Entity] = []
        self._by_words: dict[tuple[str, ...], Entity] = {}
        self._by_surname: dict[str, list[Entity]] = defaultdict(list)
        self._by_first: dict[str, list[Entity]] = defaultdict(list)
        self._known = {
            _name_words(name.split()): name for name in known if name.split()
        }
        self._known_surnames: dict[str, list[str]] = defaultdict(list)
        for words, name in self._known.items():
            if words:
                self._known_surnames[words[-1]].append(name)

    def add_full(self, run: NameRun, kind: Kind) -> Entity:
        """Returns the entity of a full name, created if new. "Joe R. Smith" and "Joe
        Smith" are one.
        """
        words = _name_words(run.words)
        entity = self._by_words.get(words)
        if entity is None and kind is Kind.PERSON and len(words) > 1:
            entity = self._by_words.get((words[0], words[-1]))
        if entity is None:
            entity = self._new(" ".join(run.words), kind, words)
            self._by_words[words] = entity
            if kind is Kind.PERSON and len(words) > 1:
                self._by_words.setdefault((words[0], words[-1]), entity)
        elif len(" ".join(run.words)) > len(entity.name) and not entity.known:
            entity.name = " ".join(run.words)
        entity.full_count += 1
        return entity

    def _new(self, name: str, kind: Kind, words: tuple[str, ...]) -> Entity:
        entity = Entity(name, kind, words)
        if words in self._known:
            entity.name, entity.known = self._known[words], True
        if kind is Kind.PERSON:
            entity.gender = (
                names.gender_of_first_name(words[0]) if len(words) > 1 else ""
            )
            self._by_surname[words[-1]].append(entity)
            if len(words) > 1 and words[0] in names.MALE | names.FEMALE:
                self._by_first[words[0]].append(entity)
        self.entities.append(entity)
        return entity

    def add_single(self, run: NameRun) -> Entity:
        """Returns the entity a single name word refers to; a new one if nobody in the
        text has that name.
        """
        entities = self.candidates(run.words, run.titles)
        if entities:
            return entities[0]
        words = _name_words(run.words) or (key(run.words[-1]),)
        alike = self._known_surnames.get(words[-1], [])
        name = alike[0] if len(alike) == 1 else run.words[-1]
        entity = self._new(name, Kind.PERSON, words)
        entity.known = len(alike) == 1
        if not entity.known and words[0] in (names.MALE | names.FEMALE):
            entity.gender = names.gender_of_first_name(words[0])
        return entity

    def candidates(
        self, words: Sequence[str], titles: Iterable[str] = ()
    ) -> list[Entity]:
        """Returns the entities these name words can refer to, most likely first."""
        parts = _name_words(words)
        if not parts:
            return []
        exact = self._by_words.get(parts) or (
            self._by_words.get((parts[0], parts[-1])) if len(parts) > 1 else None
        )
        if exact is not None:
            return [exact]
        if len(parts) > 1:
            return []
        entities = self._by_surname.get(parts[0]) or self._by_first.get(parts[0]) or []
        gender = gender_of_titles(titles)
        fitting = [e for e in entities if not gender or e.gender in {gender, ""}]
        return sorted(fitting or entities, key=lambda e: -e.full_count)

    def is_known_speaker(self, words: Sequence[str]) -> bool:
        return _name_words(words) in self._known


def gender_of_titles(titles: Iterable[str]) -> str:
    for title in titles:
        if title in names.MALE_WORDS:
            return "m"
        if title in names.FEMALE_WORDS:
            return "f"
    return ""


def _name_words(words: Sequence[str]) -> tuple[str, ...]:
    """Returns the comparable words of a name, without suffixes like Jr."""
    keys = [k for k in map(key, words) if k]
    return tuple(k for k in keys if k not in _SUFFIXES) or tuple(keys)


def runs(stream: list[Token]) -> Iterator[NameRun]:
    """Returns every run of capitalized words of one paragraph, with its title words
    separated from the name.
    """
    index = 0
    while index < len(stream):
        if stream[index].tag is not Tag.NAME:
            index += 1
            continue
        end = _run_end(stream, index)
        before = stream[index - 1] if index else None
        after = stream[end] if end < len(stream) else None
        yield _run(stream[index:end], before, after)
        index = end


def _run_end(stream: list[Token], index: int) -> int:
    end = index + 1
    while end < len(stream):
        if stream[end].tag is Tag.NAME:
            end += 1
        elif particles := _particles(stream, end):
            end += particles + 1
        elif _suffix_follows(stream, end):
            end += 2
        elif _nickname(stream, end):
            end += 4
        else:
            break
    return end


def _nickname(stream: list[Token], index: int) -> bool:
    """Whether one name in marks and another name follow: Marion | “Mo” Tillery."""
    around = stream[index : index + 4]
    if len(around) < 4 or around[0].text not in _NICKNAME_MARKS:
        return False
    names_inside = around[1].tag is Tag.NAME and around[3].tag is Tag.NAME
    return names_inside and around[2].text in _NICKNAME_MARKS


def _particles(stream: list[Token], index: int) -> int:
    """Returns how many particles stand before the next name word: two in "Jan van der
    Berg".
    """
    for count in range(3):
        token = stream[index + count : index + count + 1]
        if token and token[0].tag is Tag.NAME:
            return count
        if not token or token[0].lower not in _PARTICLES:
            return 0
    return 0


def _suffix_follows(stream: list[Token], index: int) -> bool:
    return (
        stream[index].tag is Tag.COMMA
        and index + 1 < len(stream)
        and key(stream[index + 1].text) in _SUFFIXES
    )


def _closes(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].text in _NICKNAME_MARKS


def _run(tokens: list[Token], before: Token | None, after: Token | None) -> NameRun:
    tokens = [
        t
        for i, t in enumerate(tokens)
        if t.tag is not Tag.COMMA
        and t.text not in _NICKNAME_MARKS
        and not (i and tokens[i - 1].text in _NICKNAME_MARKS and _closes(tokens, i))
    ]
    cut = 0
    last = len(tokens) - 1
    while last > 0 and key(tokens[last].text) in _SUFFIXES:
        last -= 1
    for index, token in enumerate(tokens[:last]):
        if key(token.text) in lexicon.ROLE_NOUNS or (
            index == cut and key(token.text) in _LEADING
        ):
            cut = index + 1
    cut = max(cut, _behind_office(tokens, cut, last, before))
    length = _length(tokens[cut:])
    while length > _LONGEST_NAME and cut < last:
        length -= tokens[cut].lower not in _PARTICLES
        cut += 1
    return NameRun(tokens, cut, before, after)


def _length(tokens: list[Token]) -> int:
    return sum(t.lower not in _PARTICLES for t in tokens)


def _behind_office(
    tokens: list[Token], cut: int, last: int, before: Token | None
) -> int:
    """Returns where the name starts in "(Minister of) Housing Ida Berg"."""
    first_names = names.MALE | names.FEMALE
    if before is None or before.lower not in {"of", "for"} or last - cut < 2:
        return cut
    if key(tokens[cut].text) in first_names:
        return cut
    starts = (i for i in range(cut + 1, last) if key(tokens[i].text) in first_names)
    return next(starts, cut)


def is_office(run: NameRun) -> bool:
    """Whether the words are an office without a name: "Prime Minister"."""
    before = [*run.titles, *map(key, run.words)][-2:-1]
    return (
        key(run.words[-1]) in lexicon.TITLES
        and before[:1] != []
        and (before[0] in _OFFICES)
    )


def kind_of(run: NameRun, people: People) -> Kind | None:
    """Returns person or organization; None if the words are a place name, a nationality
    or only capitalized.
    """
    words = [key(w) for w in run.words]
    if is_office(run):
        return None
    if "&" in words:
        return Kind.ORGANIZATION
    titled = run.name_from > 0 and run.titles[-1] in lexicon.ROLE_NOUNS
    if titled or people.is_known_speaker(run.words):
        return Kind.PERSON
    if any(w in lexicon.ORG_WORDS for w in words[1:] or words):
        return Kind.ORGANIZATION
    before = run.before.lower if run.before is not None else ""
    if len(words) > 1 and before == "the":
        return Kind.ORGANIZATION
    return Kind.PERSON if _looks_like_a_person(words, before) else None


def _looks_like_a_person(words: list[str], before: str) -> bool:
    """Returns whether two words or more look like a person's name: a common first name,
    or up to three words that are no place name.
    """
    if len(words) == 1:
        return False
    if words[0] in names.MALE or words[0] in names.FEMALE:
        return True
    is_place = (
        words[0] in lexicon.ORG_WORDS
        or words[0] in _PLACE_STARTS
        or words[-1] in lexicon.PLACES
    )
    return (
        not is_place
        and before not in {"in", "at", "near"}
        and (sum(w not in _PARTICLES for w in words) <= 3)
    )
