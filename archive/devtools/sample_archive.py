"""A large generated archive for benchmarks: the same seed generates the same words,
people, dates and positions.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from django.db import connection, transaction

from archive.devtools.sample_lists import Lists
from archive.devtools.sample_positions import SamplePositions
from archive.devtools.sample_words import RandomData, Zipf, copy, copy_ranges
from archive.models import Article, ArticleVersion, Outlet, Topic
from policies.models import Position, Proposal
from statements.models import Speaker, Statement, StatementPassage

FORMS = ["direct"] * 9 + ["indirect"] * 9 + ["collective", "partial"]
QUOTED = ("direct", "partial")
STANCES = (
    ["supports"] * 9 + ["opposes"] * 6 + ["discusses"] * 3 + ["abstains", "declined"]
)
BASES = ["document"] * 5 + ["action"] * 4 + ["reported"]
PER_ARTICLE = 20


class Line(NamedTuple):
    """A line of a sample article: one sentence, in marks if it is quoted."""

    form: str
    speaker: int
    sentence: str
    printed: str


class Sample(RandomData):
    """Speakers, outlets and topics occur with realistic (Zipf) frequencies, as words
    do.
    """

    def __init__(self, statements: int, seed: int) -> None:
        super().__init__(seed)
        self.count = statements

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
                AND tgname !~ '^pgtrigger_(log|zz_is_public)_'
                """
            )
        self.outlets = self._named(Outlet, 60, "The {} Post")
        self.topics = self._named(Topic, 80, "{}")
        self.speakers = self._people(max(20, self.count // 40))
        self._articles(max(3, self.count // PER_ARTICLE))
        self._statements()
        self._proposals(max(10, self.count // 50))
        self._positions(self.count // 5)
        SamplePositions(self, Lists(self, self.count)).write()

    def _named(self, model: Any, count: int, form: str) -> Zipf:
        rows = [{"name": name, "slug": slug} for name, slug in self.names(count, form)]
        return Zipf(self.random, copy(model, rows))

    def _people(self, count: int) -> Zipf:
        rows = [
            {
                "kind": "person",
                "name": name,
                "sort_name": name,
                "slug": slug,
                "uid": self.uid(),
                "url": "",
            }
            for name, slug in self.names(count, "{}")
        ]
        keys = copy(Speaker, rows)
        self.speaker_names = {
            key: row["name"] for key, row in zip(keys, rows, strict=True)
        }
        return Zipf(self.random, keys)

    def _line(self) -> Line:
        form, speaker = self.random.choice(FORMS), self.speakers.one()
        sentence = self.sentence(self.random.randint(8, 24))
        name = self.speaker_names[speaker]
        quoted = f"“{sentence}” {name} said."
        return Line(form, speaker, sentence, quoted if form in QUOTED else sentence)

    def _articles(self, count: int) -> None:
        rows, self.lines, self.days = [], [], []
        for index, (headline, slug) in enumerate(self.names(count, "{} reported")):
            self.days.append(self.day())
            self.lines.append([self._line() for _ in range(PER_ARTICLE)])
            rows.append(
                {
                    "headline": headline,
                    "headline_is_supplied": True,
                    "kind": "news",
                    "slug": slug,
                    "outlet_id": self.outlets.one(),
                    "published_on": self.days[index],
                    "language": "en",
                    "published_precision": "day",
                    "published_is_inferred": False,
                    "rights": "excerpts",
                    **self.published(),
                    "status": "published",
                    "first_published_at": self.now,
                }
            )
        self.articles = copy(Article, rows)
        self.texts = ["\n".join(line.printed for line in lines) for lines in self.lines]
        self.versions = copy(
            ArticleVersion,
            [
                {
                    "article_id": pk,
                    "number": 1,
                    "text": text,
                    "sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "created_at": self.now,
                    "cited_at": self.now,
                }
                for pk, text in zip(self.articles, self.texts, strict=True)
            ],
        )
        copy_ranges(self.versions, self.texts)

    def _statements(self) -> None:
        rows, spans = [], []
        for index in range(self.count):
            article_index, line_index = (
                index % len(self.articles),
                index // len(self.articles) % PER_ARTICLE,
            )
            line = self.lines[article_index][line_index]
            start = sum(
                len(each.printed) + 1 for each in self.lines[article_index][:line_index]
            )
            start += line.form in QUOTED  # the opening mark
            spans.append((article_index, start, line.sentence))
            rows.append(self._statement(article_index, line))
        self.statements = copy(Statement, rows)
        self.speaker_ids = [row["speaker_id"] for row in rows]
        copy(
            StatementPassage,
            (self._passage(*pair) for pair in zip(self.statements, spans, strict=True)),
        )
        self.with_topics(Statement, self.statements)

    def _statement(self, article_index: int, line: Line) -> dict[str, Any]:
        exact, form = line.sentence, line.form
        text = {"direct": exact, "partial": f"They spoke of “{exact}” again."}.get(
            form
        ) or self.sentence(16)
        said_on = self.days[article_index] if self.random.random() < 0.7 else None
        fields = {
            "article_id": self.articles[article_index],
            "speaker_id": line.speaker,
            "form": form,
            "text": text,
        }
        dated = {"said_on": said_on, "said_precision": "day", "said_is_inferred": False}
        return fields | dated | self.published()

    def _passage(self, statement: int, span: tuple[int, int, str]) -> dict[str, Any]:
        article_index, start, exact = span
        text = self.texts[article_index]
        end = start + len(exact)
        return {
            "statement_id": statement,
            "version_id": self.versions[article_index],
            "ordinal": 1,
            "start": start,
            "end": end,
            "exact": exact,
            "prefix": text[max(0, start - 32) : start],
            "suffix": text[end : end + 32],
        }

    def _proposals(self, count: int) -> None:
        self.proposals = copy(
            Proposal,
            [
                {
                    "title": title,
                    "slug": slug,
                    "text": self.sentence(20),
                    "proposed_by_id": self.speakers.one(),
                    **self.published(),
                }
                for title, slug in self.names(count, "Build the {} bridge")
            ],
        )
        self.with_topics(Proposal, self.proposals)

    def _positions(self, count: int) -> None:
        proposals, rows, evidence = Zipf(self.random, self.proposals), [], []
        for _ in range(count):
            index = self.random.randrange(self.count)
            evidence.append(self.statements[index])
            rows.append(
                {
                    "speaker_id": self.speaker_ids[index],
                    "proposal_id": proposals.one(),
                    "stance": self.random.choice(STANCES),
                    "basis": self.random.choice(BASES),
                    "source_url": "https://example.org/source",
                    **self.published(),
                }
            )
        pairs = zip(copy(Position, rows), evidence, strict=True)
        copy(
            Position.evidence.through,
            ({"position_id": pk, "statement_id": statement} for pk, statement in pairs),
        )
