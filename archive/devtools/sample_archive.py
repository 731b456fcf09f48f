"""A large generated archive for benchmarks and pictures: the same seed generates the
same words, people, dates and positions. Its people, places and papers do not exist.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction

from archive.devtools import sample_people
from archive.devtools.sample_articles import ArticleRows
from archive.devtools.sample_language import Language
from archive.devtools.sample_lists import Lists
from archive.devtools.sample_people import SOURCE
from archive.devtools.sample_plans import Plan, Plans
from archive.devtools.sample_positions import SamplePositions
from archive.devtools.sample_rows import RandomData, Zipf, copy
from archive.devtools.sample_texts import ArticleWriter, Said, SampleArticle
from archive.devtools.sample_world import LAST_DAY, Person, World
from archive.models import Outlet, Topic
from policies.models import Position, Proposal

FORMS = ["direct"] * 7 + ["split"] * 2 + ["indirect"] * 9 + ["collective", "partial"]
REPORTED = ["reported"] * 3 + ["document"]
WORDED = ["own_words"] * 3 + ["document"]
VOTED = ["own_words"] * 3 + ["action"] * 2
PER_ARTICLE = 20
PERIOD = 250  # mean days between a plan and an article about it


class Sample(RandomData):
    """Speakers, outlets, topics and plans occur with realistic (Zipf) frequencies, as
    words do.
    """

    def __init__(self, statements: int, seed: int) -> None:
        super().__init__(seed)
        self.count = statements
        self.language = Language(self.random)
        self.world = World(self, self.language, max(20, statements // 40))
        self.plans = Plans(self, self.language, self.world)
        self.writer = ArticleWriter(self, self.language, self.plans)

    @transaction.atomic
    def write(self) -> None:
        """Writes the rows by COPY, with the triggers that check single rows switched
        off; the rows satisfy the rules anyway, which `verify` can confirm.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true)
                FROM pg_trigger
                WHERE tgname LIKE 'pgtrigger_%'
                AND tgname !~ '^pgtrigger_(log|zz_is_public|slugs|sort_name)_'
                """
            )
        self.rows = ArticleRows(self, self._topics())
        self._outlets()
        sample_people.write(self, self.world)
        self.proposals = [self.plans.new() for _ in range(max(10, self.count // 50))]
        self.write_proposals(self.proposals)
        self._articles()
        self._positions(self.count // 5)
        SamplePositions(self, Lists(self)).write()

    def _topics(self) -> dict[str, int]:
        names = [name for each in self.language.subjects for name in each.topics]
        rows = [{"name": name, "slug": self.slug(name)} for name in names]
        return dict(zip(names, copy(Topic, rows), strict=True))

    def _outlets(self) -> None:
        names = [name for city in self.world.cities for name in city.outlets[:4]]
        rows = [{"name": name, "slug": self.slug(name)} for name in names]
        self.outlets = dict(zip(names, copy(Outlet, rows), strict=True))

    def outlet(self, plan: Plan) -> int:
        """A paper of the plan's city, mostly the first."""
        papers = plan.city.outlets
        return self.outlets[papers[int(4 * self.random.random() ** 2)]]

    def write_proposals(self, plans: list[Plan], **fields: Any) -> None:
        rows = (
            {
                "title": plan.title,
                "slug": self.slug(plan.title),
                "text": plan.text,
                "proposed_by_id": plan.proposer.key,
                "addressed_to_id": None,
                "article_id": None,
                **self.published(),
                **fields,
            }
            for plan in plans
        )
        for plan, key in zip(plans, copy(Proposal, rows), strict=True):
            plan.key = key
        self.rows.with_topics(
            Proposal, ((plan.key, plan.subject.topics) for plan in plans)
        )

    def _articles(self) -> None:
        plans = Zipf(self.random, self.proposals, 8)
        number = max(3, self.count // PER_ARTICLE)
        self.articles = [
            self._article(
                plans.one(),
                self.count * (index + 1) // number - self.count * index // number,
            )
            for index in range(number)
        ]
        self.rows.write_articles(self.articles)
        for article in self.articles:
            for said in article.statements:
                said.row |= self._statement(article, said)
        self.rows.write_statements(self.articles)

    def _article(self, plan: Plan, statements: int) -> SampleArticle:
        delay = self.random.expovariate(1 / PERIOD)
        day = min(LAST_DAY, plan.day + dt.timedelta(days=int(delay)))
        article = self.writer.begin(plan, day)
        for _ in range(statements):
            form = self.random.choice(FORMS)
            speaker = (
                self.random.choice(plan.city.groups("group"))
                if form == "collective"
                else self.world.speaker(plan.city, day)
            )
            self.writer.add(article, form, speaker, plan)
        headline, summary = (
            self.language.sentence(name, plan.subject, article.values)
            for name in ("headline", "summary")
        )
        article.row = {
            "headline": headline,
            "headline_is_supplied": True,
            "slug": self.slug(headline),
            "summary": summary,
            "outlet_id": self.outlet(plan),
            "rights": "excerpts",
        }
        return article

    def _statement(self, article: SampleArticle, said: Said) -> dict[str, Any]:
        said_on = article.day if self.random.random() < 0.7 else None
        speaker = {"speaker_id": said.speaker.key if said.speaker else None}
        dated = {"said_on": said_on, "said_precision": "day", "said_is_inferred": False}
        return speaker | dated | self.published()

    def _positions(self, count: int) -> None:
        """Positions that rest on the statements, in their speakers' own words or as
        reported; of those in office also votes.
        """
        said = [
            (article, each) for article in self.articles for each in article.statements
        ]
        chosen = self.random.sample(said, count)
        keys = copy(Position, (self._position(*pair) for pair in chosen))
        copy(
            Position.evidence.through,
            (
                {"position_id": key, "statement_id": each.key}
                for key, (_, each) in zip(keys, chosen, strict=True)
            ),
        )

    def _position(self, article: SampleArticle, said: Said) -> dict[str, Any]:
        speaker = said.speaker
        post = speaker.post_on(article.day) if isinstance(speaker, Person) else None
        bases = (VOTED if post else WORDED) if said.is_verbatim else REPORTED
        basis = self.random.choice(bases)
        is_vote = post and basis == "action"
        rests = basis in ("own_words", "reported") and said.row["status"] == "published"
        return {
            "speaker_id": said.row["speaker_id"],
            "proposal_id": said.plan.key,
            "stance": said.stance,
            "basis": basis,
            "held_on": article.day if is_vote else None,
            "body_id": post.body.key if post and is_vote else None,
            "conditions": said.conditions,
            "source_url": "" if rests else SOURCE,
            **self.published(),
        }
