"""The rare cases among a sample's articles, drawn after the rest: articles in full or
only linked, lists of proposals, groups, and text that strains the layout.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from archive.devtools.sample_language import Subject, Values
from archive.devtools.sample_plans import Plan
from archive.devtools.sample_rows import copy
from archive.devtools.sample_texts import GROUP, LONG_WORD, Said, SampleArticle
from archive.devtools.sample_world import Voice
from policies.models import Proposal, ProposalIdentifier, ProposalList, ProposalPassage
from statements.models import Speaker

FEWEST, PER_LIST = 12, 1000
KINDS = [
    ("full_text", 10),
    ("excerpts", 5),
    ("link_only", 0),
    ("full_text", 0),
    ("excerpts", 7),
    ("excerpts", 12),
]
FORMS = ["direct", "indirect", "partial", "split", "collective", "direct"]
COUNTED = {5: "five", 7: "seven", 10: "ten", 12: "twelve"}
DISPUTED = "Rename the square in front of {site} | the new name of the square"


class Lists:
    """`quoted` holds the verbatim statements, oldest first; `issued` the plans of the
    lists. The first articles are about `disputed`, too.
    """

    def __init__(self, sample: Any) -> None:
        self.sample, self.random = sample, sample.random
        self.language, self.world = sample.language, sample.world
        self.writer, self.unusual = sample.writer, sample.world.unusual
        days = sorted(
            sample.day() for _ in range(max(FEWEST, sample.count // PER_LIST))
        )
        self.articles = [
            self._article(day, index, *KINDS[index % len(KINDS)])
            for index, day in enumerate(days)
        ]
        self.disputed = self._dispute(self.articles[1])
        self._strain(self.articles[0])
        sample.rows.write_articles(self.articles)
        self._statements()
        self.quoted = [
            said
            for article in self.articles
            for said in article.statements
            if said.is_verbatim
        ]
        self.issued = self._lists()

    def published(self) -> dict[str, Any]:
        return self.sample.published() | {
            "status": "published",
            "first_published_at": self.sample.now,
        }

    def words(self, name: str, subject: Subject, values: Values) -> str:
        return str(self.language.sentence(name, subject, values))

    def _article(
        self, day: dt.date, index: int, rights: str, count: int
    ) -> SampleArticle:
        plans = self._plans(day, max(1, count))
        article: SampleArticle = self.writer.begin(plans[0], day)
        article.values |= {
            "topic": plans[0].subject.topics[0],
            "topic_low": plans[0].subject.topics[0].lower(),
            "count": COUNTED.get(count, ""),
        }
        for form in FORMS if rights != "link_only" else ["indirect", "collective"]:
            self.writer.add_paragraph(article, "scene")
            city = article.plan.city
            speaker = None if form == "collective" else self.world.speaker(city, day)
            self.writer.add(article, form, speaker, self.random.choice(plans))
        if count:
            self._items(article, plans)
        self.writer.add_paragraph(article, "scene")
        article.row = self._row(article, index, rights)
        return article

    def _plans(self, day: dt.date, count: int) -> list[Plan]:
        """Plans of one city on one subject, each of another kind if there are so many;
        they have no proposals yet if the article has no list.
        """
        subject, city = self.sample.plans.subjects.one(), self.world.places.one()
        entries = self.random.sample(subject.plans, len(subject.plans))
        entries += self.random.sample(subject.plans, len(subject.plans))
        return [
            self.sample.plans.of(subject, city, day, entry) for entry in entries[:count]
        ]

    def _items(self, article: SampleArticle, plans: list[Plan]) -> None:
        subject = article.plan.subject
        article.add(self.words("item_lead", subject, article.values) + "\n")
        for plan in plans:
            values = plan.values | {"vp_cap": plan.title}
            article.add("- ")
            item = self.words("item", subject, values)
            article.items.append((plan, article.add(item)))
            article.add("\n")
        article.add("\n")

    def _row(self, article: SampleArticle, index: int, rights: str) -> dict[str, Any]:
        is_inferred, plan = index % 4 == 1, article.plan
        name = "list_headline" if article.items else "headline"
        headline = self.words(name, plan.subject, article.values)
        slug = self.sample.slug(headline)
        return {
            "headline": headline,
            "headline_is_supplied": index % 3 == 1,
            "slug": slug,
            "outlet_id": self.sample.outlet(plan) if index % 5 else None,
            "byline": f"By {self.world.new_person().name}",
            "url": f"https://example.org/{slug}",
            "archived_url": f"https://example.com/{slug}" if index % 2 else "",
            "published_is_inferred": is_inferred,
            "date_note": self.words("date_note", plan.subject, article.values)
            if is_inferred
            else "",
            "summary": self.words("summary", plan.subject, article.values),
            "rights": rights,
        }

    def _dispute(self, article: SampleArticle) -> Plan:
        """Two statements of one speaker with two stances; a fragment by somebody with a
        long name, and words that speak against the plan without naming it.
        """
        plan = article.plan
        disputed: Plan = self.sample.plans.of(
            plan.subject, plan.city, plan.day, DISPUTED
        )
        disputed.text = self.words("disputed_text", plan.subject, disputed.values)
        speaker, other = self.world.state.items[:2]
        no_memory = self.words("no_memory", plan.subject, disputed.values)
        add = self.writer.add
        self.about_disputed: list[Said] = [
            add(article, "direct", speaker, disputed, "supports"),
            add(article, "direct", speaker, disputed, "mixed"),
            add(article, "partial", self.unusual[1], disputed, "abstains"),
            add(article, "direct", other, plan, "opposes", no_memory),
        ]
        return disputed

    def _strain(self, article: SampleArticle) -> None:
        """A quote longer than a screen, one written from right to left, and one with a
        word wider than a phone.
        """
        plan, day, subject = article.plan, article.day, article.plan.subject
        sentences = (
            self.words("says_supports", subject, article.values) for _ in range(60)
        )
        long = " ".join([each for each in sentences if "‘" not in each][:20])
        long_word = self.words("too_long", subject, {"long_word": LONG_WORD})
        add, speaker = self.writer.add, self.world.speaker(plan.city, day)
        said = add(article, "split", speaker, plan, "supports", long)
        said.row["context"] = f"On {plan.values['np']}"
        arabic = ". ".join(self.language.lists["arabic"]) + "."
        add(article, "direct", self.unusual[2], plan, "supports", arabic)
        add(article, "direct", self.unusual[0], plan, "opposes", long_word)

    def _statements(self) -> None:
        """One unnamed group per article, which occurs in no other article."""
        row = {"kind": "group", "name": GROUP, "sort_name": GROUP}
        groups = copy(
            Speaker,
            (
                {
                    **row,
                    "slug": self.sample.slug(GROUP),
                    "uid": self.sample.uid(),
                    "article_id": article.key,
                }
                for article in self.articles
            ),
        )
        for article, group in zip(self.articles, groups, strict=True):
            for said in article.statements:
                key = said.speaker.key if said.speaker else group
                circumstances = self._circumstances(article)
                said.row = {"speaker_id": key, **circumstances, **said.row}
        self.sample.rows.write_statements(self.articles)

    def _circumstances(self, article: SampleArticle) -> dict[str, Any]:
        """When and where the words were said, as far as the article says; a month is
        stored as its first day.
        """
        said_on, precision = self.random.choice(
            [
                (article.day, "day"),
                (article.day.replace(day=1), "month"),
                (None, "day"),
            ]
        )
        occasion = self.words("occasion", article.plan.subject, article.values)
        reporter: Voice = article.plan.city.bodies[2]
        return {
            "said_on": said_on,
            "said_precision": precision,
            "said_is_inferred": precision == "month",
            "occasion": self.random.choice(["", "", occasion]),
            "context": "",
            "reported_by_id": self.random.choice([None, None, None, reporter.key]),
            **self.published(),
        }

    def _lists(self) -> list[Plan]:
        with_items = [article for article in self.articles if article.items]
        lists = copy(ProposalList, (self._list(article) for article in with_items))
        rows = [
            (key, article, number, *item)
            for key, article in zip(lists, with_items, strict=True)
            for number, item in enumerate(article.items, 1)
        ]
        issued = [plan for _, _, _, plan, _ in rows]
        keys = copy(Proposal, self._listed(rows))
        for plan, key in zip(issued, keys, strict=True):
            plan.key = key
        copy(
            ProposalPassage,
            (
                {"proposal_id": plan.key, **article.passage(1, span)}
                for _, article, _, plan, span in rows
            ),
        )
        copy(
            ProposalIdentifier,
            (
                {
                    "proposal_id": key,
                    "scheme": "Council file",
                    "identifier": f"{key:06}",
                }
                for key in keys[::4]
            ),
        )
        self.sample.rows.with_topics(
            Proposal, ((plan.key, plan.subject.topics) for plan in issued)
        )
        return issued

    def _list(self, article: SampleArticle) -> dict[str, Any]:
        issuer, addressee = self.random.sample(article.plan.city.bodies[:6], 2)
        issued = article.day - dt.timedelta(days=self.random.randint(0, 9))
        subject, values = article.plan.subject, article.values
        title = self.words("list_title", subject, values)
        return {
            "title": title,
            "slug": self.sample.slug(title),
            "article_id": article.key,
            "issued_by_id": issuer.key,
            "addressed_to_id": self.random.choice([None, addressee.key]),
            "issued_on": self.random.choice([None, issued]),
            "introduction": self.random.choice(
                ["", self.words("introduction", subject, values)]
            ),
            "is_complete": self.random.choice([None, False, True]),
            **self.published(),
        }

    def _listed(self, rows: list[Any]) -> Iterator[dict[str, Any]]:
        for key, article, number, plan, span in rows:
            yield {
                "proposal_list_id": key,
                "number": number,
                "title": plan.title,
                "slug": self.sample.slug(plan.title),
                "article_id": article.key,
                "text": article.text[slice(*span)],
                **self.published(),
            }
