"""The fields of the index. All types of record share one schema and one
`text` field.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tantivy import Document, Schema, SchemaBuilder

from archive import meaning
from archive.search.analysis import normalize
from archive.search.apostrophes import spelled_out

# Increment it when fields, analysis or contents change: an index of another format is
# ignored and rebuilt.
FORMAT = 8
PARAMETERS = (
    "speaker",
    "topic",
    "form",
    "outlet",
    "article",
    "proposal",
    "list",
    "stance",
    "basis",
    "kind",
    "issuer",
    "addressee",
    "party",
    "office",
    "body",
    "place",
    "changed",
)
# Joint parameters; a value of an earlier one occurs in fewer combinations.
JOINT = ("proposal", "speaker", "list", "basis", "stance")
BUNDLED = JOINT[:3]  # the values of the others are few and counted one by one
# Parameters with so many distinct values that reading them costs more than counting:
# they are counted by `value_code`.
CODED = ("speaker",)
UNDATED = (1 << 19) - 1
TIE = (1 << 45) - 1  # a record's position among those of its day: below 2**45
UNINDEXED = "unindexed"  # the type of what stands for a record that was left out
MAX_TOKEN = 65_000  # bytes; tantivy cuts longer ones
_BEFORE = dt.date(1000, 1, 1).toordinal() - 1  # the day before the first one stored


def build() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="stems", index_option="position")
    builder.add_text_field("title", tokenizer_name="stems", index_option="freq")
    # texts that readers may see, for suggestions
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    for name in ("type", *PARAMETERS, "bundle", "name"):
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=name not in CODED
        )
    for name in (*CODED, "type"):
        builder.add_unsigned_field(code_field(name), fast=True)
    for name in ("joint", "unlisted", "rests_on"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("pk", "day", "year", "newest", "oldest", "applied", "sense"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


@dataclass
class IndexDocument:
    """One searchable record.

    `body` holds all texts it is found by (a phrase matches within one of them),
    `public` those that readers may see, `sense` the one whose meaning is compared.
    `values` are by parameter; `unlisted` values find the record but are not offered in
    facets. `joint` holds the parameters of each related row. `tie` orders records of
    one day, `name` orders undated lists.
    `rests_on` names further records whose changes affect it.
    """

    type: str
    pk: int
    body: list[str]
    public: list[str] = field(default_factory=list)
    title: str = ""
    sense: str = ""
    day: dt.date | None = None
    tie: int = 0
    name: str = ""
    values: Mapping[str, Iterable[str]] = field(default_factory=dict)
    unlisted: Mapping[str, Iterable[str]] = field(default_factory=dict)
    joint: list[Mapping[str, str]] = field(default_factory=list)
    rests_on: list[str] = field(default_factory=list)

    def to_tantivy(self) -> Document:
        document = Document()
        for name, text in self._texts():
            document.add_text(name, text)
        for name in CODED:
            for value in set(self.values.get(name, ())):
                document.add_unsigned(code_field(name), value_code(value))
        document.add_unsigned("pk", self.pk)
        if digest := meaning.digest(self.sense):
            document.add_unsigned("sense", digest)
        document.add_unsigned(code_field("type"), value_code(self.type))
        newest, oldest = sort_keys(self.day, self.tie)
        document.add_unsigned("newest", newest)
        document.add_unsigned("oldest", oldest)
        if self.day:
            document.add_unsigned("day", day_ordinal(self.day))
            document.add_unsigned("year", self.day.year)
        return document

    def _texts(self) -> Iterable[tuple[str, str]]:
        yield from (
            ("key", key(self.type, self.pk)),
            ("type", self.type),
            ("name", self.name),
        )
        for name, texts in (("text", self.body), ("words", self.public)):
            yield from ((name, normalize(text)) for text in texts if text)
            if names := spelled_out(normalize(" ".join(texts))):
                yield (name, names)
        yield ("title", normalize(self.title))
        for name, values in self.values.items():
            yield from ((name, value) for value in set(values))
        for name, values in self.unlisted.items():
            yield from (("unlisted", f"{name}={value}") for value in set(values))
        yield from (
            ("joint", token)
            for token in {token for row in self.joint for token in joint_tokens(row)}
        )
        yield from (("bundle", token) for token in bundles(self.joint, self.unlisted))
        yield from (("rests_on", token) for token in set(self.rests_on))


@dataclass(frozen=True)
class Unindexed:
    """Stands for a record that cannot be indexed. No search finds it; it disappears
    when the record is indexed again.
    """

    type: str
    pk: int

    def to_tantivy(self) -> Document:
        document = Document()
        document.add_text("key", key(self.type, self.pk))
        document.add_text("type", UNINDEXED)
        document.add_text("name", key(self.type, self.pk))
        return document


Indexable = IndexDocument | Unindexed


def code_field(parameter: str) -> str:
    return f"{parameter}_number"


def value_code(value: str) -> int:
    """A permanent code below 2**52 (counts are returned as JSON numbers).

    Among a million values the chance of a collision is 1:9000.
    """
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest()) >> 12


def key(type: str, pk: int) -> str:
    return f"{type}:{pk}"


def joint_token(row: Mapping[str, str]) -> str:
    """Such as proposal&stance=plant-trees&supports. Names and values stand in the order
    of JOINT, so that tokens of the same names and first value share a prefix.
    """
    names = joint_names(row)
    return f"{'&'.join(names)}={'&'.join(row[name] for name in names)}"


def joint_row(token: str) -> dict[str, str]:
    """The parameters that the token was made from."""
    names, _, values = token.partition("=")
    return dict(zip(names.split("&"), values.split("&"), strict=True))


def joint_names(names: Iterable[str]) -> list[str]:
    return sorted(names, key=JOINT.index)


def joint_tokens(row: Mapping[str, str]) -> Iterable[str]:
    """One token for every combination of two or more parameters of the row."""
    for size in range(2, len(row) + 1):
        for names in itertools.combinations(row, size):
            yield joint_token({name: row[name] for name in names})


def bundles(
    rows: Sequence[Mapping[str, str]], unlisted: Mapping[str, Iterable[str]]
) -> Iterable[str]:
    """One token for every value together with the other parameters of its rows, so that
    a facet counts a record once.

    A value that is not offered starts with ~. Rows that do not fit into a token are
    left out.
    """
    tokens_by_value: dict[str, set[str]] = {}
    for row in rows:
        for name in row.keys() & set(BUNDLED):
            others = {other: row[other] for other in row if other != name}
            prefix = "~" if row[name] in unlisted.get(name, ()) else ""
            value_token = f"{prefix}{name}={row[name]}"
            tokens_by_value.setdefault(value_token, set()).add(joint_token(others))
    return [
        _bundle(value_token, sorted(tokens))
        for value_token, tokens in tokens_by_value.items()
    ]


def _bundle(value_token: str, others: Sequence[str]) -> str:
    sizes = itertools.accumulate(
        (len(row) + 1 for row in others), initial=len(value_token)
    )
    fitting_count = sum(size <= MAX_TOKEN for size in sizes) - 1
    return " ".join([value_token, *others[:fitting_count]])


def day_ordinal(day: dt.date) -> int:
    """The number of the day, from 1. Earlier days are 0, and those too far ahead to be
    stored share the last number.
    """
    return min(max(0, day.toordinal() - _BEFORE), UNDATED - 1)


def sort_keys(day: dt.date | None, tie: int) -> tuple[int, int]:
    """Keys for newest first (descending) and oldest first (ascending); ties by `tie`,
    undated records last.
    """
    if day is None:
        return TIE - tie, (UNDATED << 45) | tie
    ordinal = day_ordinal(day)
    return ((ordinal + 1) << 45) | (TIE - tie), (ordinal << 45) | tie
