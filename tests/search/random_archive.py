"""A small random archive: every status, crossed positions, groups of one article,
records without dates.
"""

from __future__ import annotations

import datetime as dt
from random import Random

from django.contrib.auth.models import User
from django.db import transaction

from archive.core.publishing import Status
from policies.models import Position
from statements.models import Affiliation
from tests.factories import (
    make_article,
    make_list,
    make_listed,
    make_outlet,
    make_position,
    make_proposal,
    make_speaker,
    make_statement,
    make_topic,
)

WORDS = """
    tax bridge house mayor border school water park train rent police budget tree winter
    harbor
""".split()
STATUSES = [Status.PUBLISHED] * 8 + [Status.DRAFT, Status.WITHDRAWN]
STANCES = ["supports", "opposes", "mixed", "discusses", "abstains"]
BASES = ["document", "action", "document", "reported", "inferred"]


class RandomArchive:
    """Everything is drawn from one seed, so a failure can be reproduced."""

    def __init__(self, seed: int, statements: int = 300) -> None:
        self.random = Random(seed)
        with transaction.atomic():
            self._people_and_places()
            self.affiliations = [self._affiliation() for _ in range(40)]
            self.statements = [self._statement() for _ in range(statements)]
            self._proposals()
            self.positions: list[Position] = []
            for _ in range(statements // 2):
                self.positions.append(self._position())

    def pick(self, *choices):
        return self.random.choice(choices[0] if len(choices) == 1 else choices)

    def some(self, choices, most):
        return self.random.sample(choices, self.random.randint(0, most))

    def day(self):
        return self.pick(
            None, dt.date(2018, 1, 1) + dt.timedelta(days=self.random.randint(0, 2500))
        )

    def words(self, count=6):
        return " ".join(self.pick(WORDS) for _ in range(count))

    def _people_and_places(self) -> None:
        self.users = [
            User.objects.create(username=name) for name in ("recorder", "reviewer")
        ]
        self.outlets = [make_outlet() for _ in range(4)]
        self.topics = [make_topic() for _ in range(6)]
        self.articles = [
            make_article(
                self.words(60),
                outlet=self.pick([None, *self.outlets]),
                published_on=self.day(),
                status=self.pick(STATUSES),
                headline=self.words(4),
                summary=self.words(),
            )
            for _ in range(25)
        ]
        self.speakers = [
            make_speaker(name=f"{self.pick('Ann', 'Bob')} {self.words(1)} {n}")
            for n in range(18)
        ]
        self.speakers += [make_speaker(kind="organization") for _ in range(4)]
        self.groups = {
            article.pk: make_speaker(kind="group", article=article)
            for article in self.articles[:6]
        }

    def _affiliation(self):
        """Some overlap, some end, some are drafts, and some have no source."""
        people = [each for each in self.speakers if each.kind == "person"]
        start, end = self.day(), self.day()
        if start and end:
            start, end = sorted([start, end])
        return Affiliation.objects.get_or_create(
            speaker=self.pick(people),
            kind=self.pick("office", "party", "member"),
            title=self.words(1),
            organization=self.pick([None, *self.speakers[-4:]]),
            place=self.pick("", self.words(1)),
            start=start,
            end=end,
            known_on=self.day(),
            is_published=self.random.random() < 0.8,
            source_url=self.pick("", "https://example.org/member"),
        )[0]

    def _statement(self):
        article = self.pick(self.articles)
        passage = article.latest_version.text[:20]
        statement = make_statement(
            passage,
            article=article,
            speaker=self._speaker_in(article),
            form=self.pick("indirect", "collective"),
            text=self.words(),
            said_on=self.day(),
            status=self.pick(STATUSES),
            occasion=self.words(1),
        )
        statement.topics.set(self.some(self.topics, 3))
        return statement

    def _speaker_in(self, article):
        """Now and then returns the unnamed group that belongs to the article."""
        group = self.groups.get(article.pk)
        return (
            group if group and self.random.random() < 0.2 else self.pick(self.speakers)
        )

    def _proposals(self) -> None:
        articles = [
            article for article in self.articles if article.status == Status.PUBLISHED
        ]
        self.lists = [
            make_list(
                article=self.pick(articles),
                issued_by=self.pick(self.speakers),
                issued_on=self.day(),
                addressed_to=self.pick([None, *self.speakers]),
                status=self.pick(STATUSES),
            )
            for _ in range(4)
        ]
        self.proposals = [
            make_proposal(
                title=self.words(4),
                text=self.words(),
                status=self.pick(STATUSES),
                article=self.pick([None, *self.articles]),
                proposed_by=self.pick([None, *self.speakers]),
            )
            for _ in range(16)
        ]
        for proposal_list in self.lists:
            for _ in range(3):
                words = proposal_list.article.latest_version.text[:15]
                self.proposals.append(
                    make_listed(
                        words, proposal_list=proposal_list, status=self.pick(STATUSES)
                    )
                )
        for proposal in self.proposals:
            proposal.topics.set(self.some(self.topics, 2))

    def _position(self):
        stance, basis, evidence = (
            self.pick(STANCES),
            self.pick(BASES),
            self.some(self.statements, 4),
        )
        if basis == "reported" and not evidence:
            basis = "document"
        status = self.pick(STATUSES)
        speaker, proposal = self._pair()
        return make_position(
            *evidence,
            speaker=speaker,
            proposal=proposal,
            stance=stance,
            basis=basis,
            conditions=self.words(3),
            rationale=self.words(4),
            held_on=self.day(),
            source_url="https://example.org/record",
            status=status,
            recorded_by=self.users[0],
            reviewed_by=self.users[1],
        )

    def _pair(self):
        """Every second time those of an earlier position: people change their minds."""
        if self.positions and self.random.random() < 0.5:
            earlier = self.pick(self.positions)
            return earlier.speaker, earlier.proposal
        return self.pick(self.speakers), self.pick(self.proposals)

    def change(self) -> None:
        """Makes one random edit, as an editor could."""
        self.pick(
            [
                self._change_status,
                self._move_statement,
                self._rename,
                self._change_evidence,
                self._change_position,
                self._change_topics,
                self._delete_position,
                self._move_article,
                self._change_affiliation,
                self._delete_affiliation,
            ]
        )()

    def _change_status(self) -> None:
        record = self.pick(
            self.statements
            + self.articles
            + self.proposals
            + self.lists
            + self.positions
        )
        type(record).objects.filter(pk=record.pk).update(
            status=self.pick(list(Status.values))
        )

    def _move_statement(self) -> None:
        statement = self.pick(self.statements)
        type(statement).objects.filter(pk=statement.pk).update(
            speaker=self.pick(self.speakers), said_on=self.day()
        )

    def _rename(self) -> None:
        record = self.pick(
            self.speakers + self.topics + self.outlets + [*self.groups.values()]
        )
        type(record).objects.filter(pk=record.pk).update(name=self.words(2))

    def _change_evidence(self) -> None:
        self.pick(self.positions).evidence.set(self.some(self.statements, 3))

    def _change_position(self) -> None:
        position = self.pick(self.positions)
        position.speaker, position.proposal = self._pair()
        position.stance = self.pick(STANCES)
        position.held_on = self.day()
        position.save()

    def _change_topics(self) -> None:
        self.pick(self.statements + self.proposals).topics.set(
            self.some(self.topics, 3)
        )

    def _delete_position(self) -> None:
        self.positions.pop(self.random.randrange(len(self.positions))).delete()

    def _move_article(self) -> None:
        article = self.pick(self.articles)
        type(article).objects.filter(pk=article.pk).update(
            outlet=self.pick([None, *self.outlets]), published_on=self.day()
        )

    def _change_affiliation(self) -> None:
        affiliation = self.pick(self.affiliations)
        Affiliation.objects.filter(pk=affiliation.pk).update(
            organization=self.pick([None, *self.speakers[-4:]]),
            is_published=self.pick(True, False),
            end=None,
            start=self.day(),
        )

    def _delete_affiliation(self) -> None:
        at = self.random.randrange(len(self.affiliations))
        self.affiliations.pop(at).delete()
        self.affiliations.append(self._affiliation())
