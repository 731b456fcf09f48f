"""English sentences from the word lists in `words/`.

A list is a section of a file: a heading in brackets, then one entry a line. An entry
may name other lists: “{trade}” stands for an entry of [trade], “{a trade}” puts the
article before it, and “{Trade}” or “{trade_cap}” begins with a capital. Values that the
caller gives, such as the name of a proposal, come before the lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from archive.devtools.sample_rows import Zipf

FOLDER = Path(__file__).parent / "words"
SLOT = re.compile(r"\{(a )?(\w+?)(_cap)?\}")
SILENT_H = ("hour", "honest")
# lists whose first entries occur far more often than their last ones
UNEVEN = ("thing", "trade", "site")

Values = dict[str, str]


class Slot(NamedTuple):
    name: str
    has_article: bool
    is_capital: bool


class Subject:
    """A field of politics with its topics, its plans and what is said about them."""

    def __init__(self, name: str, lists: dict[str, list[str]]) -> None:
        self.name, self.lists = name, lists
        self.topics, self.plans = lists["topic"], lists["plan"]


class Language:
    """Sentences about a subject at a place; `streets` are those of the place."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lists: dict[str, list[str]] = {}
        for path in sorted(FOLDER.glob("*.txt")):
            self.lists |= sections(path)
        self.subjects = [
            Subject(path.stem, self.lists | sections(path))
            for path in sorted((FOLDER / "subjects").glob("*.txt"))
        ]
        self.streets = self._streets()
        self.at_place = Zipf(random, self.streets)
        uneven = {name: Zipf(random, self.lists[name]).one for name in UNEVEN}
        self.made: dict[str, Callable[[], str]] = uneven | {
            "street": self._street,
            "n": lambda: str(self._between(11, 40)),
            "number": lambda: str(self._between(1, 20)),
            "tens": lambda: str(self._between(12, 95)),
            "big": lambda: f"{self._between(2, 99) * 100:,}",
            "thousands": lambda: f"{self._between(11, 99)},000",
            "money": lambda: f"${self._between(11, 980) / 10:g} million",
            "dollars": lambda: f"${self._between(4, 95) * 10}",
            "wage": lambda: f"${self._between(16, 24)}",
            "percent": lambda: f"{self._between(6, 48)} percent",
            "oldyear": lambda: str(self._between(1891, 1974)),
            "she": lambda: "she" if random.random() < 0.5 else "he",
        }

    def one_of(self, name: str, subject: Subject, values: Values) -> str:
        """Returns an entry of a list, filled in."""
        entries = subject.lists[name]
        entry = entries[int(self.random.random() * len(entries))]
        return self.fill(entry, subject, values)

    def sentence(self, name: str, subject: Subject, values: Values) -> str:
        return capital(self.one_of(name, subject, values))

    def fill(self, template: str, subject: Subject, values: Values) -> str:
        parts = compiled(template)
        if len(parts) == 1:
            return template
        return "".join(
            part if isinstance(part, str) else self._word(part, subject, values)
            for part in parts
        )

    def _word(self, slot: Slot, subject: Subject, values: Values) -> str:
        name = slot.name
        word = values.get(name)
        if word is None:
            made = self.made.get(name) or self._year(name, values)
            word = made() if made else self.one_of(name, subject, values)
        if slot.has_article:
            word = f"{article_of(word)} {word}"
        return capital(word) if slot.is_capital else word

    def _year(self, name: str, values: Values) -> Callable[[], str] | None:
        year = int(values["year"]) if name in ("lastyear", "nextyear") else 0
        if name == "lastyear":
            return lambda: str(year - self._between(1, 9))
        if name == "nextyear":
            return lambda: str(year + self._between(1, 6))
        return None

    def _street(self) -> str:
        return str(self.at_place.one())

    def _between(self, first: int, last: int) -> int:
        return first + int(self.random.random() * (last - first + 1))

    def _streets(self) -> list[str]:
        streets = [
            f"{first}{last} {self.random.choice(self.lists['street_kind'])}"
            for first in self.lists["street_first"]
            for last in self.lists["street_last"]
        ]
        self.random.shuffle(streets)
        return streets


def sections(path: Path) -> dict[str, list[str]]:
    """Returns the lists of a file; what stands before the first heading is a note."""
    lists: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            entries = lists[line.strip("[]")] = []
        elif line:
            entries.append(line)
    return lists


@cache
def compiled(template: str) -> tuple[str | Slot, ...]:
    return tuple(_parts(template))


def _parts(template: str) -> Iterator[str | Slot]:
    end = 0
    for match in SLOT.finditer(template):
        if match.start() > end:
            yield template[end : match.start()]
        article, name, cap = match.groups()
        yield Slot(
            name[0].lower() + name[1:], bool(article), bool(cap or name[0].isupper())
        )
        end = match.end()
    if end < len(template) or not template:
        yield template[end:]


def article_of(word: str) -> str:
    return "an" if word[0] in "aeio" or word.startswith((*SILENT_H, "umb")) else "a"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
