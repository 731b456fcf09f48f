"""A name taken apart: titles, given names, surname, suffix, nicknames. Accents,
capitals and punctuation do not count.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from archive.importing.who.nicknames import is_given_name

SUFFIXES = {
    "jr": "Jr.",
    "junior": "Jr.",
    "sr": "Sr.",
    "senior": "Sr.",
    "ii": "II",
    "2nd": "II",
    "iii": "III",
    "3rd": "III",
    "iv": "IV",
    "4th": "IV",
}
DEGREES = frozenset("md phd esq dds jd mba dvm rn cpa mp mep".split())
# words that stand before a name
TITLES = frozenset(
    "the mr mrs ms miss mx dr prof professor hon honorable rev reverend rabbi imam "
    "father sir dame lord lady president vice prime minister first deputy acting "
    "interim former ex incoming outgoing public advocate mayor governor gov lt "
    "lieutenant senator sen rep representative congressman congresswoman member "
    "congress delegate assembly assemblymember assemblyman assemblywoman council "
    "councilmember councilman councilwoman councilor councillor alderman alderwoman "
    "alderperson speaker majority minority leader whip chair chairman chairwoman "
    "chairperson borough comptroller controller treasurer auditor secretary attorney "
    "general commissioner superintendent sheriff chief director ambassador judge "
    "us united states state city county district of and for".split()
)
# before a surname, written with or without a blank
PARTICLES = frozenset(
    "de del della di da dos du la las le los van von der den ter ten al el bin ibn "
    "mc mac o st saint san santa".split()
)
QUOTED = re.compile(r"[\"“”„«»‘(]\s*([^\"“”„«»()]{1,40}?)\s*[\"“”«»’)]")
LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
)
APOSTROPHES = re.compile("['’‘ʼ`´]")


@dataclass(frozen=True)
class Name:
    """`words` are given names and surname, as read; `nicknames` those that the source
    gives in quotation marks.
    """

    text: str
    words: tuple[str, ...] = ()
    suffix: str = ""
    nicknames: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> str:
        return " ".join(self.words)

    @cached_property
    def first(self) -> str:
        return self.words[0] if len(self.words) > 1 else ""

    @cached_property
    def middle(self) -> tuple[str, ...]:
        return tuple(word for word in self.words[1:-1] if word not in PARTICLES)

    @cached_property
    def last(self) -> str:
        return self.words[-1] if self.words else ""

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last word, its parts, and the word with the particles before it."""
        last = self.last
        made = {last, last.replace("-", "")} | {
            part for part in last.split("-") if len(part) > 2
        }
        before: list[str] = []
        for word in reversed(self.words[1:-1]):
            if word not in PARTICLES:
                break
            before.insert(0, word)
        if before:
            made.add("".join([*before, last]))
        return frozenset(made)

    @cached_property
    def other_surnames(self) -> frozenset[str]:
        """Words before the last that may be part of a compound surname: no initials,
        and no common given names.
        """
        return frozenset(
            word for word in self.middle if len(word) > 2 and not is_given_name(word)
        )

    @cached_property
    def called(self) -> tuple[str, ...]:
        """Given names after the first that the person may go by."""
        return tuple(word for word in self.middle if len(word) > 1)


def folded(text: str) -> str:
    """Small letters without accents; apostrophes are left out."""
    if text.isascii():
        return APOSTROPHES.sub("", text.casefold())
    spread = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    letters = "".join(each for each in spread if not unicodedata.combining(each))
    return APOSTROPHES.sub("", letters)


def is_initial(word: str) -> bool:
    return len(word) == 1


@lru_cache(maxsize=200_000)
def parse(text: str) -> Name:
    nicknames = tuple(
        word for each in QUOTED.findall(text) if (word := " ".join(_words(each)))
    )
    rest, suffix = _without_suffix(QUOTED.sub(" ", text).replace("U.S.", "US"))
    words = _without_titles(_initials_apart(rest))
    return Name(text, tuple(words), suffix, nicknames)


def suffix_of(text: str) -> str:
    """“Jr.” for jr, Jr. and junior; "" if it is no suffix."""
    return SUFFIXES.get(folded(text).strip(" ."), "")


def _without_suffix(text: str) -> tuple[str, str]:
    """The name in the order in which it is spoken, and its suffix."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    kept: list[str] = []
    suffix = ""
    for part in parts:
        key = folded(part).replace(".", "").strip()
        if key in SUFFIXES and kept:
            suffix = SUFFIXES[key]
        elif not (key in DEGREES and kept):
            kept.append(part)
    if len(kept) > 1:
        kept = [*kept[1:], kept[0]]
    words = " ".join(kept).split()
    if len(words) > 2 and (last := suffix_of(words[-1])):
        suffix, words = last, words[:-1]
    return " ".join(words), suffix


def _initials_apart(text: str) -> list[str]:
    """J.B. and JB are two initials."""
    words: list[str] = []
    for word in text.replace("/", " ").split():
        letters = _words(word)
        pieces = "".join(letters)
        spelled = re.fullmatch(r"(?:\w\.){2,3}", word) or (
            len(word) == 2 and word.isupper() and not words
        )
        words += list(pieces) if spelled else letters
    return words


def _words(text: str) -> list[str]:
    return [
        word.strip("-")
        for word in re.split(r"[^\w-]+", folded(text))
        if word.strip("-_")
    ]


def _without_titles(words: list[str]) -> list[str]:
    """A title and a surname leave the surname, which never identifies a person."""
    rest = list(words)
    while len(rest) > 1 and rest[0] in TITLES:
        rest.pop(0)
    return rest
