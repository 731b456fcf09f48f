"""The rare cases among a sample's positions, drawn last: a proposal with two hundred
positions, one with a position of every kind, inferences, checks and corrections.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model

from archive.devtools.sample_lists import Lists
from archive.devtools.sample_people import SOURCE, affiliation, write_speakers
from archive.devtools.sample_plans import Plan
from archive.devtools.sample_rows import DAYS, FIRST_DAY, copy
from archive.devtools.sample_texts import Said
from archive.devtools.sample_world import STATE, Person, Voice
from archive.models import Article, Correction
from policies.models import Check, Position, Proposal
from statements.models import Affiliation, Statement

VOTERS, VOTES = 180, 200
VOTED_ON = "Rename the park at {site} | the new name of the park"
LONG = (
    "Build the bridge at {site} with bus lanes, bicycle paths, lamps, benches and "
    "shelters, and pay for all of it from the fees of the harbor, the airport and the "
    "stadium | the great bridge"
)


class SamplePositions:
    def __init__(self, sample: Any, lists: Lists) -> None:
        self.sample, self.lists, self.random = sample, lists, sample.random
        self.world, self.plans = sample.world, sample.plans
        self.rows: list[tuple[dict[str, Any], Said | None]] = []

    def write(self) -> None:
        voted_on, undiscussed = self._proposals()
        self.coder, self.checker = self._accounts()
        self._vote(voted_on)
        self._every_kind(self.lists.disputed)
        self._on_lists()
        keys = copy(Position, [row for row, _ in self.rows])
        copy(
            Position.evidence.through,
            (
                {"position_id": key, "statement_id": said.key}
                for key, (_, said) in zip(keys, self.rows, strict=True)
                if said
            ),
        )
        self._checks([self.lists.disputed, undiscussed, *self.lists.issued])
        self._corrections()

    def _proposals(self) -> tuple[Plan, Plan]:
        """A proposal for a vote, one for a position of every kind, and one without
        positions, whose title is as long as possible.
        """
        article, disputed = self.lists.articles[3], self.lists.disputed
        voted_on = self._plan(article.plan, VOTED_ON, "vote_text")
        undiscussed = self._plan(article.plan, LONG, "long_text")
        for plan, source in (
            (voted_on, article.key),
            (disputed, self.lists.articles[1].key),
            (undiscussed, None),
        ):
            plan.proposer = self.world.unusual[0]
            self.sample.write_proposals(
                [plan],
                **self.lists.published(),
                article_id=source,
                addressed_to_id=plan.city.council.key,
            )
        return voted_on, undiscussed

    def _plan(self, like: Plan, entry: str, text: str) -> Plan:
        plan: Plan = self.plans.of(like.subject, like.city, like.day, entry)
        plan.text = self.lists.words(text, plan.subject, plan.values)
        return plan

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
        speaker: Voice,
        plan: Plan,
        stance: str,
        basis: str,
        said: Said | None = None,
        **fields: Any,
    ) -> None:
        """Adds a position; `said` is its evidence."""
        conditions = said.conditions if said else ""
        if stance == "mixed" and not conditions:
            words = self.sample.language.one_of("condition", plan.subject, plan.values)
            conditions = f"Only if {words}."
        row = {
            "speaker_id": speaker.key,
            "proposal_id": plan.key,
            "stance": stance,
            "basis": basis,
            "held_on": None,
            "body_id": None,
            "conditions": conditions,
            "rationale": "",
            "source_url": "" if said else SOURCE,
            "recorded_by_id": self.coder,
            "reviewed_by_id": None,
            **fields,
            **self.lists.published(),
        }
        self.rows.append((row, said))

    def _vote(self, plan: Plan) -> None:
        """Everybody votes on one day; some vote again a year later, when a few have
        changed their minds.
        """
        assembly, first = self.world.assembly, max(plan.day, dt.date(2005, 2, 1))
        people = self._members(first)
        for index in range(VOTES):
            held_on = first + dt.timedelta(days=364 * (index // VOTERS))
            speaker = people[index % VOTERS]
            if index >= VOTERS and self.random.random() < 0.25:
                plan.stances.pop(speaker)
            stance = self.plans.stance(speaker, plan)
            stance = {"discusses": "supports"}.get(stance, stance)
            voted: dict[str, Any] = {"held_on": held_on, "body_id": assembly.key}
            self._add(speaker, plan, stance, "action", **voted)

    def _members(self, day: dt.date) -> list[Person]:
        """The members of the Assembly, each with a district and a party."""
        parties = self.world.parties
        people = [
            self.world.new_person(self.random.choice(parties)) for _ in range(VOTERS)
        ]
        write_speakers(self.sample, list(people))
        start = day.replace(month=1, day=1)
        seat = {"organization_id": self.world.assembly.key, "title": "Assembly Member"}
        seats = (
            affiliation(
                person,
                "member",
                place=f"{STATE}, District {number}",
                start=start,
                **seat,
            )
            for number, person in enumerate(people, 1)
        )
        memberships = (
            affiliation(
                person,
                "party",
                organization_id=person.party.key if person.party else None,
                start=start,
            )
            for person in people
        )
        copy(Affiliation, [*seats, *memberships])
        return people

    def _every_kind(self, plan: Plan) -> None:
        """Two statements of one speaker with two stances; a vote, a report, a refusal
        to say; and an inference.
        """
        supports, mixed, abstains, inferred = self.lists.about_disputed
        for said, basis in (
            (supports, "own_words"),
            (mixed, "own_words"),
            (abstains, "reported"),
        ):
            self._add(_speaker(said), plan, said.stance, basis, said)
        council = plan.city.council
        voted: dict[str, Any] = {"held_on": plan.day, "body_id": council.key}
        self._add(plan.city.people.items[0], plan, "opposes", "action", **voted)
        self._add(plan.city.bodies[3], plan, "declined", "document")
        self._infer(plan, inferred)

    def _infer(self, plan: Plan, said: Said) -> None:
        words = Statement.objects.get(pk=said.key).text.split()[:7]
        values = plan.values | {"words": " ".join(words).strip(",.")}
        rationale = self.lists.words("rationale", plan.subject, values)
        second = {"reviewed_by_id": self.checker, "rationale": rationale}
        self._add(_speaker(said), plan, "opposes", "inferred", said, **second)

    def _on_lists(self) -> None:
        """What was said of the listed proposals; every second one has other positions,
        usually a few, sometimes an inferred one.
        """
        for said in self.lists.quoted:
            if said.plan in self.lists.issued and said.speaker:
                self._add(said.speaker, said.plan, said.stance, "own_words", said)
        held = [row["proposal_id"] for row, _ in self.rows]
        for index, plan in enumerate(self.lists.issued[::2]):
            most = 6 if index == 0 else self.random.choice([1, 1, 2, 3, 6])
            for _ in range(most - held.count(plan.key)):
                speaker = self.world.speaker(plan.city, plan.day)
                stance = self.plans.stance(speaker, plan)
                self._add(speaker, plan, stance, "document", held_on=plan.day)
        for said in self.lists.quoted:
            if said.stance == "opposes" and said.speaker:
                self._infer_beside(said)

    def _infer_beside(self, said: Said) -> None:
        """Sometimes, words against one proposal of a list speak against the next."""
        issued = self.lists.issued
        if said.plan in issued[:-1] and self.random.random() < 0.3:
            following = issued[issued.index(said.plan) + 1]
            if following.subject is said.plan.subject:
                self._infer(following, said)

    def _checks(self, plans: list[Plan]) -> None:
        """Checks: an editor looked for a position and found none."""
        existing = {(row["speaker_id"], row["proposal_id"]) for row, _ in self.rows}
        speakers = [said.speaker for said in self.lists.quoted if said.speaker]
        people = list(dict.fromkeys(speakers))
        pairs = {(self.random.choice(people).key, plan.key): plan for plan in plans}
        copy(
            Check,
            (
                {
                    "speaker_id": speaker,
                    "proposal_id": proposal,
                    "checked_on": min(
                        plan.day + dt.timedelta(days=self.random.randint(30, 400)),
                        FIRST_DAY + dt.timedelta(days=DAYS),
                    ),
                    "where": self.lists.words("looked", plan.subject, plan.values),
                }
                for (speaker, proposal), plan in sorted(
                    pairs.items(), key=lambda pair: pair[0]
                )
                if (speaker, proposal) not in existing
            ),
        )

    def _corrections(self) -> None:
        """All corrections come after everything else was written."""
        lists = self.lists
        chosen: list[tuple[Any, str, list[int]]] = [
            (Article, "correct_article", [each.key for each in lists.articles[::3]]),
            (Statement, "correct_statement", [said.key for said in lists.quoted[::8]]),
            (Proposal, "correct_proposal", [plan.key for plan in lists.issued[::12]]),
        ]
        kinds = ["correction", "correction", "clarification"]
        records = [
            (record, name)
            for model, name, keys in chosen
            for record in model.objects.filter(pk__in=keys).order_by("pk")
        ]
        values = lists.disputed.values
        copy(
            Correction,
            [
                {
                    "table": record._meta.label_lower,
                    "record_uid": record.uid,
                    "note": lists.words(name, lists.disputed.subject, values),
                    "kind": self.random.choice(kinds),
                    "date": FIRST_DAY + dt.timedelta(days=DAYS + index % 30 * 11),
                    **lists.published(),
                }
                for index, (record, name) in enumerate(records)
            ],
        )


def _speaker(said: Said) -> Voice:
    if said.speaker is None:
        raise RuntimeError("a group of one article holds no position")
    return said.speaker
