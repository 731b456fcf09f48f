"""The offices, parties, bodies and places that public speakers have, by the words that
name them; cached by revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.core.caches import by_revision
from archive.search import analysis
from statements.models import Affiliation, AffiliationKind

MAX_ROWS = 5_000  # different affiliations; those beyond are not read as filters
MOST_WORDS = 8  # of a name
# What may stand before the name of an office or a body, beside a place
BEFORE = {"u", "s", "us", "city", "state", "county", "federal", "national", "the"}
BEHIND = {"of", "for", "to", "and", "at", "in"}  # where an office's title is cut
COLUMNS = (
    *("kind", "title", "title_slug", "place", "place_slug"),
    *("organization__slug", "organization__name", "organization__other_names"),
)

Run = tuple[str, ...]  # stems
Value = tuple[str, str]  # parameter, value


@dataclass
class Vocabulary:
    """`values` by the stems that name them; `labels` as lists show them; `whole` has
    all stems of an office's title.
    """

    values: dict[Run, dict[Value, None]] = field(default_factory=dict)
    labels: dict[Value, str] = field(default_factory=dict)
    whole: dict[str, frozenset[str]] = field(default_factory=dict)
    longest: int = 0

    def add(self, parameter: str, value: str, label: str, names: Iterable[Run]) -> None:
        self.labels.setdefault((parameter, value), label)
        for name in names:
            if name and len(name) <= MOST_WORDS:
                self.values.setdefault(name, {})[parameter, value] = None
                self.longest = max(self.longest, len(name))

    def named(self, parameter: str, run: Run) -> list[str]:
        """The values of a parameter that these stems name."""
        return [value for name, value in self.values.get(run, ()) if name == parameter]


def vocabulary() -> Vocabulary:
    return by_revision("words of affiliations", _read)


def _read() -> Vocabulary:
    rows = Affiliation.objects.public().order_by().values_list(*COLUMNS).distinct()
    listed = list(rows[:MAX_ROWS])
    places = {tuple(analysis.words(row[3])) for row in listed if row[3]}
    read = Vocabulary()
    for kind, title, title_slug, place, place_slug, slug, name, others in listed:
        if place:
            read.add("place", place_slug, place, [_stems(analysis.words(place))])
        names = [name or "", *(others or "").split("\n")]
        if slug and kind == AffiliationKind.PARTY:
            read.add("party", slug, name, _party_names(names))
        elif slug:
            read.add("body", slug, name, _body_names(names, places))
        if title and kind != AffiliationKind.PARTY:
            read.add("office", title_slug, title, _office_names(title, places))
            read.whole[title_slug] = frozenset(analysis.stems(title))
    return read


def _office_names(title: str, places: set[Run]) -> Iterator[Run]:
    """“U.S. Senator”, “US Senator”, “Senator”; of “border czar for …” what stands
    before the “for” too.
    """
    words = analysis.words(title)
    cut = next((at for at, word in enumerate(words) if at and word in BEHIND), None)
    for name in (words, words[:cut]):
        yield from (_stems(each) for each in _without_places(name, places))


def _body_names(names: Iterable[str], places: set[Run]) -> Iterator[Run]:
    for name in names:
        for part in (name, name.rpartition(", ")[2]):
            words = analysis.words(part)
            yield from (_stems(each) for each in _without_places(words, places))


def _party_names(names: Iterable[str]) -> Iterator[Run]:
    for name in names:
        words = analysis.words(name)
        yield _stems(words)
        yield _stems([word for word in words if word != "party"])


def _without_places(words: list[str], places: set[Run]) -> Iterator[list[str]]:
    """The words, and what is left of them without a place, “city” or “U.S.” before
    them.
    """
    yield words
    if words[:2] == ["u", "s"]:
        yield ["us", *words[2:]]
    for size in range(1, len(words)):
        before = tuple(words[:size])
        if before in places or BEFORE.issuperset(before):
            yield words[size:]


def _stems(words: Iterable[str]) -> Run:
    return tuple(stem for word in words for stem in analysis.stems(word)[:1])
