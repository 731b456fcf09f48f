"""The speakers that the words of a question name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.core.caches import Cache
from archive.core.revision import archive_revision
from archive.listing import everything
from archive.search import analysis
from archive.search.fallback import matching
from archive.site_search.tokens import Tokens
from statements.models import Affiliation, Speaker, SpeakerKind

MAX_CANDIDATES = 50  # speakers whose names have one of the words
LONGEST = 6  # words of a name that are compared
BEHIND_NAMES = {"jr", "sr", "ii", "iii", "iv"}
ENOUGH = 0.5  # of the records with a word are by those whose surname it is

Words = tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """Speakers that the words from `start` to `end` name, and whether by their surname
    alone.
    """

    speakers: tuple[tuple[int, str, str], ...]  # primary key, slug, name
    start: int
    end: int
    is_surname: bool

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(slug for _pk, slug, _name in self.speakers)


@dataclass(frozen=True)
class Candidate:
    pk: int
    slug: str
    name: str
    is_person: bool
    names: tuple[Words, ...]

    def is_named(self, run: Words) -> bool:
        return any(self._matches(run, name) for name in self.names)

    def _matches(self, run: Words, name: Words) -> bool:
        """Whether a person is named by some of the names in their order, the surname
        among them; others only by the whole name.
        """
        if not self.is_person:
            return name in (run, ("the", *run))
        last = next((w for w in reversed(name) if w not in BEHIND_NAMES), "")
        remaining = iter(name)
        return last in run and all(word in remaining for word in run)


_candidates: Cache[tuple[Candidate, ...]] = Cache(200)


def named(tokens: Tokens) -> Named | None:
    """Whom the longest run of words names, of equal runs the first."""
    candidates = _with_one_of([tokens.listed[place].word for place in tokens.content])
    if not candidates:
        return None
    for start, end in tokens.runs(LONGEST):
        run = tokens.words(start, end)
        matching = [each for each in candidates if each.is_named(run)]
        if not matching:
            continue
        speakers = tuple((each.pk, each.slug, each.name) for each in matching)
        is_surname = end - start == 1 and all(each.is_person for each in matching)
        found = Named(speakers, start, end, is_surname)
        if not is_surname or _is_name(found, tokens):
            return found
    return None


def with_offices(found: Named, offices: Sequence[str]) -> Named:
    """Those of the speakers who have had one of the offices; all if none has."""
    if len(found.speakers) < 2 or not offices:
        return found
    holders = set(
        Affiliation.objects.public()
        .filter(speaker__in=[pk for pk, *_ in found.speakers], title_slug__in=offices)
        .values_list("speaker", flat=True)
    )
    speakers = tuple(each for each in found.speakers if each[0] in holders)
    return replace(found, speakers=speakers) if speakers else found


def _is_name(found: Named, tokens: Tokens) -> bool:
    """Whether a surname is meant and not a word like “justice”: nothing else was typed,
    or most records with the word are by people of that name.
    """
    if tokens.content == [found.start]:
        return True
    token = tokens.listed[found.start]
    share = everything.share_of_speakers(token.word, found.slugs)
    if share is None:  # without an index: a capital is the only sign
        return token.typed[:1].isupper()
    return share >= ENOUGH


def _with_one_of(words: Sequence[str]) -> tuple[Candidate, ...]:
    """Public speakers whose names have one of the words, those with most words
    first.
    """
    if not words:
        return ()
    key = tuple(sorted(set(words)))
    return _candidates.get(archive_revision(), key, lambda: tuple(_loaded(words)))


def _loaded(words: Sequence[str]) -> Iterable[Candidate]:
    speakers = Speaker.objects.public().listed()
    pks = everything.with_titles("speakers", words, MAX_CANDIDATES)
    if pks is None:
        text = everything.any_of(words)
        rows = matching(speakers, text, "name", "other_names")[:MAX_CANDIDATES]
    else:
        rows = speakers.filter(pk__in=pks) if pks else speakers.none()
    for pk, slug, name, others, kind in rows.values_list(
        "pk", "slug", "name", "other_names", "kind"
    ):
        names = tuple(
            tuple(analysis.words(each)) for each in (name, *others.split("\n")) if each
        )
        yield Candidate(pk, slug, name, kind == SpeakerKind.PERSON, names)
