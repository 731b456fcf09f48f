"""Reads a question: which of its words name a person, an office, a party, a body, a
place, a stance or years, and which are searched.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.listing import synonyms
from archive.search import analysis
from archive.search.language import TextQuery
from archive.site_search import patterns, people
from archive.site_search.people import Named
from archive.site_search.tokens import Tokens
from archive.site_search.vocabulary import Vocabulary, vocabulary
from policies.models import Stance

LABELS: dict[str, Any] = {
    "speaker": _("Speaker"),
    "stance": _("Position"),
    "office": _("Office"),
    "party": _("Party"),
    "body": _("Body"),
    "place": _("Place"),
    "years": _("Years"),
}
WORDS = "words"  # in place of a name of LABELS: nothing is read
OF_OFFICES = ("office", "party", "body")
BEFORE_PLACES = {"of", "from", "in", "for", "representing"}


@dataclass(frozen=True)
class Filter:
    """One filter that words were read as. `name` is one of LABELS; `typed` are the
    words. `is_doubtful`: the words may also be meant as words.
    """

    name: str
    parameters: tuple[tuple[str, tuple[str, ...]], ...]
    value: str  # as a chip shows it
    typed: str
    is_doubtful: bool = False

    @property
    def label(self) -> str:
        return str(LABELS[self.name])


@dataclass(frozen=True)
class Reading:
    """`text` are the words to be searched, with synonyms. `named` are the speakers if
    their name is all that was typed. `not_read` are the names of filters that the
    reader took back.
    """

    whole: TextQuery
    text: TextQuery
    filters: tuple[Filter, ...] = ()
    named: Named | None = None
    not_read: tuple[str, ...] = ()

    @property
    def parameters(self) -> dict[str, list[str]]:
        return {
            name: list(values)
            for each in self.filters
            for name, values in each.parameters
        }

    @property
    def speakers(self) -> tuple[str, ...]:
        return tuple(self.parameters.get("speaker", ()))

    def read_without(self, doubtful: Filter) -> Reading:
        """Without a filter. The words of a stance are not searched: a record seldom
        says “oppose”.
        """
        if doubtful.name == "stance":
            left = tuple(each for each in self.filters if each != doubtful)
            return replace(self, filters=left)
        return read(self.whole, (*self.not_read, doubtful.name))


def read(text: TextQuery, not_read: Collection[str] = ()) -> Reading:
    """Pasted text and what `not_read` names is not read."""
    whole = synonyms.expanded(text)
    plain = Reading(text, whole, not_read=tuple(not_read))
    if not text.groups or text.is_prose or WORDS in not_read:
        return plain
    reader = _Reader(Tokens(text), frozenset(not_read), vocabulary())
    filters = tuple(reader.filters())
    if reader.named and not filters and not reader.tokens.content:
        return replace(plain, named=reader.named)
    if not filters:
        return plain
    remaining = synonyms.expanded(reader.tokens.remaining())
    if not reader.tokens.content:
        remaining = replace(remaining, groups=(), typed="")
    return replace(plain, text=remaining, filters=filters)


class _Reader:
    """Reads the words of one question, longest names first."""

    def __init__(
        self, tokens: Tokens, not_read: frozenset[str], known: Vocabulary
    ) -> None:
        self.tokens, self.not_read, self.known = tokens, not_read, known
        self.named: Named | None = None

    def filters(self) -> list[Filter]:
        found = [self._years(), *self._of_offices()]
        person = self._person(found)
        if person or self.named:
            found = [each for each in found if each and each.name not in OF_OFFICES]
        found += [person, self._stance(bool(person))]
        filters = [each for each in found if each]
        if filters:
            self.tokens.drop(patterns.ASKING)
        return filters

    def _years(self) -> Filter | None:
        years = None if "years" in self.not_read else patterns.years(self.tokens)
        if not years:
            return None
        since, until, start, end = years
        bounds = (("since", since), ("until", until))
        value = since if since == until else f"{since}–{until}"
        parameters = tuple((name, (year,)) for name, year in bounds if year)
        return Filter("years", parameters, value, self.tokens.use(start, end))

    def _stance(self, is_about_person: bool) -> Filter | None:
        if "stance" in self.not_read:
            return None
        stance = patterns.stance(self.tokens, is_about_person)
        if not stance:
            return None
        value, start, end = stance
        typed = self.tokens.use(start, end)
        parameters = (("stance", (value,)),)
        return Filter("stance", parameters, str(Stance(value).label), typed, True)

    def _of_offices(self) -> list[Filter | None]:
        """Office, party and body; a place only beside one of them: people say “fires in
        California” of no office.
        """
        found = [self._affiliation(name) for name in OF_OFFICES]
        office = found[0]
        place = self._place([each for each in found if each])
        if office and place and (narrowed := self._of_place(office, place)):
            return [narrowed, *found[1:]]
        return [*found, place]

    def _affiliation(self, name: str) -> Filter | None:
        if name in self.not_read:
            return None
        for start, end in self.tokens.runs(self.known.longest):
            values = self.known.named(name, self.tokens.stems(start, end))
            if values:
                return self._filter(name, values, self.tokens.use(start, end))
        return None

    def _place(self, beside: list[Filter]) -> Filter | None:
        """A place behind “of” or “from”, or directly before an office, party or
        body.
        """
        if not beside or "place" in self.not_read:
            return None
        for start, end in self.tokens.runs(self.known.longest):
            values = self.known.named("place", self.tokens.stems(start, end))
            before = self.tokens.words(start - 1, start)
            is_behind = bool(before) and before[0] in BEFORE_PLACES
            is_beside = end in self.tokens.used or start - 1 in self.tokens.used
            if values and (is_behind or is_beside):
                return self._filter("place", values, self.tokens.use(start, end))
        return None

    def _of_place(self, office: Filter, place: Filter) -> Filter | None:
        """Those of the offices whose title has the place: “mayor of New York” is the
        New York City Mayor.
        """
        stems = {
            stem for token in place.typed.split() for stem in analysis.stems(token)
        }
        offices = dict(office.parameters)["office"]
        titled = [value for value in offices if stems <= self.known.whole[value]]
        typed = f"{office.typed} {place.typed}"
        return self._filter("office", titled, typed) if titled else None

    def _filter(self, name: str, values: list[str], typed: str) -> Filter:
        labels = dict.fromkeys(self.known.labels[name, value] for value in values)
        return Filter(name, ((name, tuple(values)),), " / ".join(labels), typed)

    def _person(self, found: list[Filter | None]) -> Filter | None:
        """Whose words or positions are searched, if other words are typed besides."""
        if "speaker" in self.not_read:
            return None
        named = people.named(self.tokens)
        if not named:
            return None
        offices = next((each for each in found if each and each.name == "office"), None)
        if offices:
            named = people.with_offices(named, offices.parameters[0][1])
        typed = self.tokens.use(named.start, named.end)
        is_alone = not self.tokens.content and not any(
            each and each.name not in OF_OFFICES for each in found
        )
        if is_alone:
            self.named = named
            return None
        labels = " / ".join(name for _pk, _slug, name in named.speakers)
        parameters = (("speaker", named.slugs),)
        return Filter("speaker", parameters, labels, typed, named.is_surname)
