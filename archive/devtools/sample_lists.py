"""The rare cases among a sample's articles, drawn after the rest: articles in full or
only linked, lists, groups, offices, and text that strains the layout.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from archive.devtools.sample_texts import GROUP, ArticleWriter, Span, arabic
from archive.devtools.sample_words import RandomData, copy, copy_ranges
from archive.models import Article, ArticleVersion
from policies.models import Proposal, ProposalIdentifier, ProposalList, ProposalPassage
from statements.models import Affiliation, Speaker, Statement, StatementPassage

FEWEST, PER_LIST = 12, 1000
KINDS = [
    ("full_text", 10),
    ("excerpts", 5),
    ("link_only", 0),
    ("full_text", 0),
    ("excerpts", 7),
    ("excerpts", 12),
]
TITLES = [
    "Mayor of {}",
    "{} Comptroller",
    "Senator for {}",
    "Director of the {} Office of Housing and Public Works",
]

OFFICE = {
    "kind": "office",
    "is_published": True,
    "start_precision": "day",
    "end_precision": "day",
    "known_precision": "day",
}


class Lists:
    """`quoted` holds the verbatim statements as (speaker, statement), oldest first;
    `issued` holds the proposals.

    `since` gives, for each proposal, the index in `quoted` of the first statement made
    when the proposal was public.
    """

    def __init__(self, sample: RandomData, statements: int) -> None:
        self.sample, self.random = sample, sample.random
        self.bodies = self._bodies(max(6, statements // 400))
        names: dict[int | None, str] = dict(Speaker.objects.values_list("pk", "name"))
        titles: dict[int | None, str] = dict(self._offices())
        writer = ArticleWriter(sample, self.bodies, names, titles)
        days = sorted(sample.day() for _ in range(max(FEWEST, statements // PER_LIST)))
        self.texts = [
            writer.write(day, *KINDS[index % len(KINDS)])
            for index, day in enumerate(days)
        ]
        writer.strain(self.texts[0])
        self._articles()
        self.groups = self._groups()
        quoted = list(self._statements())
        self.quoted = [(speaker, statement) for _, speaker, statement in quoted]
        self.issued, articles = self._lists()
        self.since = [
            bisect_left([article_index for article_index, _, _ in quoted], article)
            for article in articles
        ]

    def published(self) -> dict[str, Any]:
        return self.sample.published() | {
            "status": "published",
            "first_published_at": self.sample.now,
        }

    def _bodies(self, count: int) -> list[int]:
        """Organizations, groups, and names that are long or written from right to
        left.
        """
        forms = ["Office of the {} Commissioner", "The {} Institute", "Tenants of {}"]
        names = [pair for form in forms for pair in self.sample.names(count // 3, form)]
        long_name = (
            "The {} Conference of Counties, Boroughs, Harbour Authorities and "
            "Independent School Districts"
        )
        names += [
            *self.sample.names(1, long_name),
            *self.sample.names(1, "Maria-Antonia van der {} y de la Encarnación-Ruiz"),
        ]
        names += [(" ".join(arabic(self.random, 2)), "sample-right-to-left")]
        kinds = (
            ["organization"] * (count // 3 * 2)
            + ["group"] * (count // 3)
            + ["organization", "person", "person"]
        )
        rows = [
            {
                "kind": kind,
                "name": name,
                "sort_name": name,
                "slug": slug,
                "uid": self.sample.uid(),
                "url": "",
            }
            for kind, (name, slug) in zip(kinds, names, strict=True)
        ]
        return copy(Speaker, rows)

    def _offices(self) -> Iterator[tuple[int, str]]:
        """Every third speaker has held one title after another; the last is still held,
        or known for one day only.
        """
        rows: list[dict[str, Any]] = []
        for speaker in self.sample.speakers.items[::3]:
            start: dt.date | None = self.sample.day() - dt.timedelta(days=4 * 365)
            for left in reversed(range(self.random.choice([1, 1, 2, 3]))):
                (place_name, _), title = (
                    next(self.sample.names(1, "{}")),
                    self.random.choice(TITLES),
                )
                end = (
                    start + dt.timedelta(days=self.random.randint(300, 700))
                    if start and left
                    else None
                )
                known = None if start else self.sample.day()
                rows.append(
                    {
                        "speaker_id": speaker,
                        **OFFICE,
                        "title": title.format(place_name),
                        "place": place_name,
                        "start": start,
                        "end": end,
                        "known_on": known,
                        "known_is_inferred": bool(known),
                    }
                )
                start = end if self.random.random() < 0.7 else None
            yield speaker, rows[-1]["title"]
        copy(Affiliation, rows)

    def _articles(self) -> None:
        rows = [
            {
                "headline": headline,
                "headline_is_supplied": index % 3 == 1,
                "slug": slug,
                "language": "en",
                "outlet_id": self.sample.outlets.one() if index % 5 else None,
                "byline": f"By {self._person()}",
                "url": f"https://example.org/{slug}",
                "archived_url": f"https://example.com/{slug}" if index % 2 else "",
                "published_on": article.date,
                "published_precision": "day",
                "published_is_inferred": index % 4 == 1,
                "date_note": "The text names the weekday only."
                if index % 4 == 1
                else "",
                "summary": self.sample.sentence(30),
                "rights": article.rights,
                "kind": "news",
                **self.published(),
            }
            for index, (article, (headline, slug)) in enumerate(
                zip(
                    self.texts,
                    self.sample.names(len(self.texts), "{} council hears both sides"),
                    strict=True,
                )
            )
        ]
        self.articles = copy(Article, rows)
        self.versions = copy(
            ArticleVersion,
            [
                {
                    "article_id": pk,
                    "number": 1,
                    "text": article.text,
                    "created_at": self.sample.now,
                    "cited_at": self.sample.now,
                    "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
                }
                for pk, article in zip(self.articles, self.texts, strict=True)
            ],
        )
        copy_ranges(self.versions, [article.text for article in self.texts])

    def _person(self) -> str:
        return next(self.sample.names(1, "{}"))[0]

    def _groups(self) -> list[int]:
        """One unnamed group per article, which occurs in no other article."""
        rows = (
            {
                "kind": "group",
                "name": GROUP,
                "sort_name": GROUP,
                "slug": f"sample-group-{pk}",
                "uid": self.sample.uid(),
                "article_id": pk,
            }
            for pk in self.articles
        )
        return copy(Speaker, rows)

    def _statements(self) -> Iterator[tuple[int, int, int]]:
        statements = [
            (article_index, row, spans)
            for article_index, article in enumerate(self.texts)
            for row, spans in article.statements
        ]
        keys = copy(
            Statement,
            (
                self._statement(article_index, row)
                for article_index, row, _ in statements
            ),
        )
        copy(
            StatementPassage,
            (
                {
                    "statement_id": pk,
                    "version_id": self.versions[article_index],
                    **self.texts[article_index].passage(ordinal, span),
                }
                for pk, (article_index, _, spans) in zip(keys, statements, strict=True)
                for ordinal, span in enumerate(spans, 1)
            ),
        )
        self.sample.with_topics(Statement, keys)
        for pk, (article_index, row, _) in zip(keys, statements, strict=True):
            if row["form"] in ("direct", "partial"):
                yield article_index, row["speaker_id"], pk

    def _statement(self, article_index: int, row: dict[str, Any]) -> dict[str, Any]:
        speaker = row["speaker_id"] or self.groups[article_index]
        return {
            **row,
            "speaker_id": speaker,
            "article_id": self.articles[article_index],
            **self.published(),
        }

    def _lists(self) -> tuple[list[int], list[int]]:
        """Returns the proposals of the lists, and the index of each one's article."""
        indexes = [
            article_index
            for article_index, article in enumerate(self.texts)
            if article.items
        ]
        titles = self.sample.names(len(indexes), "A plan for {} in several parts")
        lists = copy(
            ProposalList,
            [
                self._list(article_index, *names)
                for article_index, names in zip(indexes, titles, strict=True)
            ],
        )
        rows = [
            (pk, article_index, number, *item)
            for pk, article_index in zip(lists, indexes, strict=True)
            for number, item in enumerate(self.texts[article_index].items, 1)
        ]
        proposals = copy(Proposal, (self._listed(*row) for row in rows))
        copy(
            ProposalPassage,
            (
                {
                    "proposal_id": pk,
                    "version_id": self.versions[article_index],
                    **self.texts[article_index].passage(1, span),
                }
                for pk, (_, article_index, _, _, _, span) in zip(
                    proposals, rows, strict=True
                )
            ),
        )
        copy(
            ProposalIdentifier,
            (
                {"proposal_id": pk, "scheme": "Council file", "identifier": f"{pk:06}"}
                for pk in proposals[::4]
            ),
        )
        self.sample.with_topics(Proposal, proposals)
        return proposals, [article_index for _, article_index, *_ in rows]

    def _list(self, article_index: int, title: str, slug: str) -> dict[str, Any]:
        issuer, addressee = self.random.sample(self.bodies[:-2], 2)
        issued = self.texts[article_index].date - dt.timedelta(
            days=self.random.randint(0, 9)
        )
        return {
            "title": title,
            "slug": slug,
            "article_id": self.articles[article_index],
            "issued_by_id": issuer,
            "addressed_to_id": self.random.choice([None, addressee]),
            "issued_on": self.random.choice([None, issued]),
            "introduction": self.random.choice(["", self.sample.sentence(25)]),
            "is_complete": self.random.choice([None, False, True]),
            **self.published(),
        }

    def _listed(
        self,
        pk: int,
        article_index: int,
        number: int,
        title: str,
        slug: str,
        span: Span,
    ) -> dict[str, Any]:
        return {
            "proposal_list_id": pk,
            "number": number,
            "title": title,
            "slug": slug,
            "article_id": self.articles[article_index],
            "text": self.texts[article_index].text[slice(*span)],
            **self.published(),
        }
