"""The rare cases among a sample's positions, drawn last: a proposal with two hundred
positions, one with a position of every kind, inferences, checks and corrections.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model

from archive.devtools.sample_lists import OFFICE, Lists
from archive.devtools.sample_words import DAYS, FIRST_DAY, copy
from archive.models import Article, Correction
from policies.models import Check, Position, Proposal
from statements.models import Affiliation, Speaker, Statement

VOTERS, VOTES = 180, 200
VOTED = ["supports"] * 9 + ["opposes"] * 6 + ["abstains", "declined", "mixed"]
LONG = (
    "Build the {} bridge with bus lanes, cycle paths, lights, benches and shelters, "
    "and pay for all of it from the fees"
    " of the harbour, the airport and the stadium"
)
CONDITIONS = "Only if it begins after the {} report and costs nothing more."
RATIONALE = (
    "The words “{}” speak against what is proposed; the proposal is not named in them."
)
SOURCE = "https://example.org/source"


class SamplePositions:
    def __init__(self, sample: Any, lists: Lists) -> None:
        self.sample, self.lists, self.random = sample, lists, sample.random
        self.rows: list[tuple[dict[str, Any], list[int]]] = []

    def write(self) -> None:
        voted_on, disputed, undiscussed = self._proposals()
        self.coder, self.checker = self._accounts()
        self._vote(voted_on)
        self._every_kind(disputed)
        self._on_lists()
        keys = copy(Position, [row for row, _ in self.rows])
        evidence = (
            (pk, statement)
            for pk, (_, rests_on) in zip(keys, self.rows, strict=True)
            for statement in rests_on
        )
        copy(
            Position.evidence.through,
            (
                {"position_id": pk, "statement_id": statement}
                for pk, statement in evidence
            ),
        )
        self._checks([disputed, undiscussed, *self.lists.issued])
        self._corrections()

    def _proposals(self) -> list[int]:
        """A proposal for a vote, one for a position of every kind, and one without
        positions, whose title is as long as possible.
        """
        named = [
            *self.sample.names(2, "Rename the {} park"),
            *self.sample.names(1, LONG),
        ]
        rows = [
            {
                "title": title,
                "slug": slug,
                "text": self.sample.sentence(40),
                "article_id": article,
                "proposed_by_id": self.lists.bodies[-3],
                "addressed_to_id": self.lists.bodies[0],
                **self.lists.published(),
            }
            for (title, slug), article in zip(
                named, [self.lists.articles[3], None, None], strict=True
            )
        ]
        keys = copy(Proposal, rows)
        self.sample.with_topics(Proposal, keys)
        return keys

    def _accounts(self) -> list[int]:
        """Accounts that nobody can log in with."""
        rows = [
            {
                "username": name,
                "password": "!",
                "is_staff": False,
                "is_superuser": False,
                "is_active": True,
                "date_joined": self.sample.now,
            }
            for name in ("sample-coder", "sample-checker")
        ]
        return copy(get_user_model(), rows)

    def _add(
        self,
        speaker: int,
        proposal: int,
        stance: str,
        basis: str,
        statement: int | None = None,
        **fields: Any,
    ) -> None:
        """Adds a position; `statement` is its evidence."""
        conditions = (
            CONDITIONS.format(self.sample.words.rare(1)[0]) if stance == "mixed" else ""
        )
        row = {
            "speaker_id": speaker,
            "proposal_id": proposal,
            "stance": stance,
            "basis": basis,
            "held_on": None,
            "body_id": None,
            "conditions": conditions,
            "rationale": "",
            "source_url": "" if statement else SOURCE,
            "recorded_by_id": self.coder,
            "reviewed_by_id": None,
            **fields,
            **self.lists.published(),
        }
        self.rows.append((row, [statement] if statement else []))

    def _vote(self, proposal: int) -> None:
        """Everybody votes on one day; some vote again a year later, when a few have
        changed their minds.
        """
        [body], first = self._council(), self.sample.day()
        people = copy(
            Speaker,
            [
                {
                    "kind": "person",
                    "name": name,
                    "sort_name": name,
                    "slug": slug,
                    "uid": self.sample.uid(),
                }
                for name, slug in self.sample.names(VOTERS, "{}")
            ],
        )
        copy(
            Affiliation,
            (
                {
                    **OFFICE,
                    "speaker_id": pk,
                    "kind": "member",
                    "title": "Council Member",
                    "organization_id": body,
                    "place": f"District {district}",
                    "source_url": SOURCE,
                    "start": first.replace(month=1, day=1),
                    "known_is_inferred": False,
                }
                for district, pk in enumerate(people, 1)
            ),
        )
        for index in range(VOTES):
            held_on = first + dt.timedelta(days=364 * (index // VOTERS))
            stance = self.random.choice(VOTED)
            self._add(
                people[index % VOTERS],
                proposal,
                stance,
                "action",
                held_on=held_on,
                body_id=body,
            )

    def _council(self) -> list[int]:
        [(name, slug)] = self.sample.names(1, "{} City Council")
        row = {"kind": "organization", "name": name, "sort_name": name, "slug": slug}
        return copy(Speaker, [{**row, "uid": self.sample.uid()}])

    def _every_kind(self, proposal: int) -> None:
        """Two statements of one speaker with two stances; a vote, a report, a refusal
        to say; and an inference.
        """
        quoted = self.lists.quoted
        (speaker, statement), (other, inferred) = quoted[0], quoted[2]
        second_statement = next(
            (pk for other_speaker, pk in quoted[1:] if other_speaker == speaker),
            statement,
        )
        self._add(speaker, proposal, "supports", "own_words", statement)
        self._add(speaker, proposal, "mixed", "own_words", second_statement)
        self._add(
            self.lists.bodies[1],
            proposal,
            "opposes",
            "action",
            held_on=self.sample.day(),
            body_id=self.lists.bodies[0],
        )
        self._add(self.lists.bodies[-2], proposal, "abstains", "reported", quoted[1][1])
        self._add(self.lists.bodies[2], proposal, "declined", "document")
        self._infer(other, proposal, inferred)

    def _infer(self, speaker: int, proposal: int, statement: int) -> None:
        words = Statement.objects.get(pk=statement).text.split()[:6]
        rationale = RATIONALE.format(" ".join(words).strip(",."))
        second = {"reviewed_by_id": self.checker, "rationale": rationale}
        self._add(speaker, proposal, "opposes", "inferred", statement, **second)

    def _on_lists(self) -> None:
        """Every second listed proposal has later positions, usually a few, sometimes an
        inferred one.
        """
        for proposal, since in list(
            zip(self.lists.issued, self.lists.since, strict=True)
        )[::2]:
            later = self.lists.quoted[since:]
            for speaker, statement in self.random.sample(
                later, min(len(later), self.random.choice([1, 1, 2, 3, 6]))
            ):
                self._add(
                    speaker, proposal, self.random.choice(VOTED), "own_words", statement
                )
            if self.random.random() < 0.2:
                speaker, statement = self.random.choice(later)
                self._infer(speaker, proposal, statement)

    def _checks(self, proposals: list[int]) -> None:
        """Checks: an editor looked for a position and found none."""
        existing = {(row["speaker_id"], row["proposal_id"]) for row, _ in self.rows}
        people = sorted({speaker for speaker, _ in self.lists.quoted})
        pairs = {
            (self.random.choice(people), self.random.choice(proposals))
            for _ in proposals
        } - existing
        searched_sources = "The minutes and press releases of the {} council"
        copy(
            Check,
            (
                {
                    "speaker_id": speaker,
                    "proposal_id": proposal,
                    "checked_on": self.sample.day(),
                    "where": searched_sources.format(
                        self.sample.words.rare(1)[0].capitalize()
                    ),
                }
                for speaker, proposal in sorted(pairs)
            ),
        )

    def _corrections(self) -> None:
        """All corrections come after everything else was written."""
        records: list[Any] = [
            *Article.objects.filter(pk__in=self.lists.articles[::3]).order_by("pk"),
            *Statement.objects.filter(
                pk__in=[statement for _, statement in self.lists.quoted[::8]]
            ).order_by("pk"),
            *Proposal.objects.filter(pk__in=self.lists.issued[::12]).order_by("pk"),
        ]
        kinds = ["correction", "correction", "clarification"]
        days = [FIRST_DAY + dt.timedelta(days=DAYS + index * 11) for index in range(30)]
        copy(
            Correction,
            [
                {
                    "table": record._meta.label_lower,
                    "record_uid": record.uid,
                    "note": self.sample.sentence(18),
                    "kind": self.random.choice(kinds),
                    "date": days[index % 30],
                    **self.lists.published(),
                }
                for index, record in enumerate(records)
            ],
        )
