"""Before an import of speakers writes anything: which speaker each new row is. What is
certain is taken; what is not is asked, and nothing is written until it is decided.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.importing import staging
from archive.importing.problems import Problems, Refused
from archive.importing.who import decisions, finding, gathering, reviewing
from archive.importing.who.decisions import Contradiction, Known
from archive.importing.who.finding import Pair
from archive.importing.who.persons import Person, Side
from archive.importing.who.tokens import NEW, Tokens, Unknown
from archive.models import ExternalId

HOW = (
    "Put its slug or uid into the column same_as if it is the same, “new” if it is "
    "another, or decide in the map under [same_as]; --review FILE.csv writes all such "
    "rows with reasons into a file that --decisions FILE.csv reads."
)
OF_ONE_SOURCE = (
    "Rows of this source may be one person. They stay two until somebody decides: "
    "--review FILE.csv lists them, and the page Who is who of the admin."
)
MERGE = (
    "the archive has these speakers apart, and a decision here makes them one. Merge "
    "them first: import --who --decisions FILE.csv, or the page Who is who of the "
    "admin."
)
PART = (
    "An earlier import took this row for a speaker whom the archive had, and an import "
    "parts nobody. Undo run {run} and the later ones of this source first."
)
NAMED = 3  # candidates in a sentence
MOST_NEW = 50_000  # speakers of one run, about 200 MB


@dataclass
class Settling:
    """Finds `targets` (speakers) and `leaders` (other rows of the source) of rows, by
    ordinal.
    """

    source: str
    problems: Problems
    account: Any = None
    review: Path | None = None
    decided: Path | None = None
    people: list[Person] = field(default_factory=list)
    earlier: list[Person] = field(default_factory=list)  # imported, with a same_as
    known: Known = field(default_factory=Known)
    targets: dict[int, int] = field(default_factory=dict)
    leaders: dict[int, str] = field(default_factory=dict)
    certain: set[Side] = field(default_factory=set)  # taken without a decision

    def do(self) -> None:
        self._refuse_crowd()
        self.people = gathering.rows(self.source)
        self.earlier = gathering.decided_rows(self.source)
        if not (self.people or self.earlier or self.decided or self.review):
            return
        archive = gathering.speakers()
        self.known = decisions.load()
        self._read_decisions()
        self._refuse_merges(archive)
        pairs = finding.pairs(self.people, archive)
        self._decide_new(pairs)
        self._take(pairs)
        self._group(archive)
        self._ask([each for each in pairs if not self._is_settled(each)])
        staging.settle(self.targets, self.leaders)
        if not self.problems.total:
            self.known.save(self.account)

    def _refuse_crowd(self) -> None:
        """New people are compared in memory, which must not grow with the file."""
        if (count := staging.counts().get(staging.NEW, 0)) > MOST_NEW:
            self.problems.add(
                f"The files have {count:,} new speakers, and who is who compares at "
                f"most {MOST_NEW:,} at once. Import them in several files, each under "
                "a source of its own or with --max-lost 100."
            )
            raise Refused(self.problems)

    def _read_decisions(self) -> None:
        rows = {person.side for person in self.people}
        if self.decided:
            reviewing.read(self.decided, rows, self.known, self.problems)
        tokens = Tokens(self.source, [*self.people, *self.earlier])
        earlier = {person.side for person in self.earlier}
        decisions.join_rows(self.known, tokens.imported | earlier)
        self._refuse_parting(earlier)
        for person in [*self.people, *self.earlier]:
            if not (token := person.values.get("same_as")) or token == NEW:
                continue
            try:
                if side := tokens.side(token):
                    self.known.decide(person.side, side, True, "same_as")
            except (Unknown, Contradiction) as error:
                self._wrong(person, str(error), "same_as")

    def _refuse_parting(self, earlier: set[Side]) -> None:
        """“new” of a row that was linked with a speaker who was there before."""
        entries = ExternalId.objects.of(self.source, "speakers").filter(
            is_linked=True, external_id__in={side.id for side in earlier}
        )
        runs = dict(entries.values_list("external_id", "run"))
        for person in self.earlier:
            if person.values["same_as"] == NEW and person.side.id in runs:
                self._wrong(person, PART.format(run=runs[person.side.id]), "same_as")

    def _refuse_merges(self, archive: list[Person]) -> None:
        """An import may say who a row is, but it may not merge two speakers."""
        speakers: dict[Side, list[Person]] = defaultdict(list)
        for person in archive:
            speakers[self.known.root(person.side)].append(person)
        decided = [each.one for each in self.known.made() if each.is_same]
        for root in dict.fromkeys(map(self.known.root, decided)):
            if len(both := speakers[root]) > 1:
                self.problems.add(f"{' and '.join(map(str, both))}: {MERGE}")

    def _decide_new(self, pairs: list[Pair]) -> None:
        """“new”: none of those that it might be."""
        for one, other, _verdict in pairs:
            for person, candidate in ((one, other), (other, one)):
                is_new = person.values.get("same_as") == NEW
                if is_new and not self.known.is_decided(person.side, candidate.side):
                    self.known.decide(person.side, candidate.side, False, "same_as")

    def _take(self, pairs: list[Pair]) -> None:
        """Joins each row with the one speaker that it certainly is."""
        certain: dict[Side, list[Pair]] = defaultdict(list)
        for pair in pairs:
            if (
                pair.other.pk
                and pair.verdict.is_certain
                and not pair.one.sources & pair.other.sources
                and not self.known.is_decided(pair.one.side, pair.other.side)
            ):
                certain[pair.one.side].append(pair)
        for side, found_pairs in certain.items():
            best = max(each.verdict.level for each in found_pairs)
            strongest = [each for each in found_pairs if each.verdict.level == best]
            if len(strongest) == 1 and not self._has_speaker(side):
                self.known.join(side, strongest[0].other.side)
                self.certain.add(side)

    def _has_speaker(self, side: Side) -> bool:
        return not self.known.root(side).source  # "" sorts before every source

    def _group(self, archive: list[Person]) -> None:
        """Rows that are one person lead to one speaker or to the first of them."""
        pks = {self.known.root(each.side): each.pk for each in reversed(archive)}
        groups: dict[Side, list[Person]] = defaultdict(list)
        for person in self.people:
            groups[self.known.root(person.side)].append(person)
        for root, rows in groups.items():
            first, *rest = rows
            if pk := pks.get(root):
                self.targets |= {each.values["ordinal"]: pk for each in rows}
                self._refuse_twice(rows)
            else:
                self.leaders |= {each.values["ordinal"]: first.side.id for each in rest}

    def _refuse_twice(self, rows: list[Person]) -> None:
        """Two rows of a source are two people, unless somebody decided otherwise."""
        first, *rest = [each for each in rows if each.side in self.certain] or rows[:1]
        for person in rest:
            sentence = f"This row and line {first.place[1]} would be the same speaker."
            self._wrong(person, f"{sentence} {HOW}", "name")

    def _is_settled(self, pair: Pair) -> bool:
        one, other = pair.one, pair.other
        if self.known.is_decided(one.side, other.side):
            return True
        is_taken = one.values.get("ordinal") in self.targets
        return bool(other.pk) and is_taken and not one.sources & other.sources

    def _ask(self, pairs: list[Pair]) -> None:
        asked_of: dict[Side, list[Pair]] = defaultdict(list)
        for pair in pairs:
            if reviewing.must_be_decided(pair):
                asked_of[pair.one.side].append(pair)
            else:
                self.problems.notice(OF_ONE_SOURCE, *pair.one.place, "name")
        if self.review:
            reviewing.write(self.review, pairs)
            self._refuse_at_once(len(asked_of))
            return
        for found_pairs in asked_of.values():
            self._wrong(found_pairs[0].one, undecided(found_pairs), "name")

    def _refuse_at_once(self, count: int) -> None:
        if count and self.review:
            self.problems.add(
                f"Rows that may be people whom the archive has: {count:,}. "
                f"{self.review.name} lists them with reasons: fill in its column "
                f"decision, then import again with --decisions {self.review.name}."
            )

    def _wrong(self, person: Person, sentence: str, column: str) -> None:
        self.problems.add(sentence, *person.place, column)


def undecided(pairs: list[Pair]) -> str:
    listed = "; ".join(map(_described, pairs[:NAMED]))
    more = f", and {len(pairs) - NAMED} more" if len(pairs) > NAMED else ""
    return f"“{pairs[0].one.name}” may be {listed}{more}. {HOW}"


def _described(pair: Pair) -> str:
    against = pair.verdict.against
    but = f"; against it: {', '.join(against)}" if against else ""
    return f"{pair.other}: {', '.join(pair.verdict.reasons)}{but}"
