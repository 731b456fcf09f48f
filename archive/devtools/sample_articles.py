"""Writes the sample's articles, with their versions, statements and passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from archive.devtools.sample_rows import RandomData, copy, copy_ranges
from archive.devtools.sample_texts import SampleArticle
from archive.models import Article, ArticleVersion
from statements.models import Statement, StatementPassage


class ArticleRows:
    """`topics` gives the primary key of a topic by its name."""

    def __init__(self, sample: RandomData, topics: dict[str, int]) -> None:
        self.sample, self.topics = sample, topics

    def write_articles(self, articles: list[SampleArticle]) -> None:
        keys = copy(Article, (self._article(article) for article in articles))
        for article, key in zip(articles, keys, strict=True):
            article.key = key
        versions = copy(
            ArticleVersion, (self._version(article) for article in articles)
        )
        for article, key in zip(articles, versions, strict=True):
            article.version = key
        copy_ranges(versions, [article.text for article in articles])

    def write_statements(self, articles: list[SampleArticle]) -> None:
        said = [each for article in articles for each in article.statements]
        rows = (
            {"article_id": article.key, **each.row}
            for article in articles
            for each in article.statements
        )
        for each, key in zip(said, copy(Statement, rows), strict=True):
            each.key = key
        copy(StatementPassage, self._passages(articles))
        self.with_topics(
            Statement, ((each.key, each.plan.subject.topics) for each in said)
        )

    def with_topics(self, model: Any, named: Any) -> None:
        """One to three topics for each record, the first ones more often."""
        foreign_key, random = f"{model._meta.model_name}_id", self.sample.random
        pairs = {
            (key, self.topics[names[int(len(names) * random.random() ** 2)]])
            for key, names in named
            for _ in range(random.choice([1, 1, 2, 3]))
        }
        copy(
            model.topics.through,
            ({foreign_key: key, "topic_id": topic} for key, topic in sorted(pairs)),
        )

    def _article(self, article: SampleArticle) -> dict[str, Any]:
        return {
            "kind": "news",
            "language": "en",
            "published_on": article.day,
            "published_precision": "day",
            "published_is_inferred": False,
            **self.sample.published(),
            "status": "published",
            "first_published_at": self.sample.now,
            **article.row,
        }

    def _version(self, article: SampleArticle) -> dict[str, Any]:
        article.text = article.text.strip()
        return {
            "article_id": article.key,
            "number": 1,
            "text": article.text,
            "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
            "created_at": self.sample.now,
            "cited_at": self.sample.now,
        }

    def _passages(self, articles: list[SampleArticle]) -> Iterator[dict[str, Any]]:
        for article in articles:
            for said in article.statements:
                for ordinal, span in enumerate(said.spans, 1):
                    yield {"statement_id": said.key, **article.passage(ordinal, span)}
