"""A large made-up archive for measuring: the same seed gives the same words, people, dates and positions."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from archive.base import UID_ALPHABET
from archive.models import Article, ArticleVersion, Outlet, Topic
from archive.search.analysis import STOP_WORDS
from policies.models import Position, Proposal
from statements.models import Speaker, Statement, StatementPassage

FORMS = ["direct"] * 9 + ["indirect"] * 9 + ["collective", "partial"]
STANCES = ["supports"] * 9 + ["opposes"] * 6 + ["discusses"] * 3 + ["abstains", "declined"]
BASES = ["document"] * 5 + ["action"] * 4 + ["reported"]
SYLLABLES = [a + b for a in "b c d f g l m n p r s t v br st tr".split() for b in "a e i o u an er in or".split()]  # noqa: SIM905
FIRST_DAY, DAYS = dt.date(2005, 1, 1), 7300
PER_ARTICLE = 20


class Sample:
    """Words, speakers, outlets and topics come with the frequencies of real ones: a few often, most seldom."""

    def __init__(self, statements: int, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.number = statements
        telling = self._vocabulary(20_000)
        small = sorted(STOP_WORDS - {"s", "t"})
        self.words = _Zipf(self.random, [*itertools.chain(*zip(small, telling, strict=False)), *telling[len(small) :]])
        self.now = timezone.now()

    @transaction.atomic
    def write(self) -> None:
        """By COPY, without the rules for single rows, which these rows keep by themselves (`verify` can tell)."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) FROM pg_trigger"
                " WHERE tgname LIKE 'pgtrigger_%' AND tgname NOT LIKE 'pgtrigger_log_%'"
            )
        self.outlets = self._named(Outlet, 60, "The {} Post")
        self.topics = self._named(Topic, 80, "{}")
        self.speakers = self._people(max(20, self.number // 40))
        self._articles(max(3, self.number // PER_ARTICLE))
        self._statements()
        self._proposals(max(10, self.number // 50))
        self._positions(self.number // 5)

    def _vocabulary(self, number: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < number:
            made["".join(self.random.choices(SYLLABLES, k=self.random.choice([2, 3, 3, 4])))] = None
        return list(made)

    def _sentence(self, number: int) -> str:
        return " ".join(self.words.draw(number)).capitalize() + "."

    def _uid(self) -> str:
        return "".join(self.random.choices(UID_ALPHABET, k=10))

    def _day(self) -> dt.date:
        """Later years hold more."""
        return FIRST_DAY + dt.timedelta(days=int(DAYS * self.random.random() ** 0.6))

    def _names(self, number: int, form: str) -> Iterator[tuple[str, str]]:
        for place in range(number):
            name = " ".join(word.capitalize() for word in self.words.rare(2))
            yield form.format(name), f"sample-{name.lower().replace(' ', '-')}-{place}"

    def _named(self, model: Any, number: int, form: str) -> _Zipf:
        rows = [{"name": name, "slug": slug} for name, slug in self._names(number, form)]
        return _Zipf(self.random, _copy(model, rows))

    def _people(self, number: int) -> _Zipf:
        rows = [
            {"kind": "person", "name": name, "sort_name": name, "slug": slug, "uid": self._uid(), "url": ""}
            for name, slug in self._names(number, "{}")
        ]  # fmt: skip
        return _Zipf(self.random, _copy(Speaker, rows))

    def _published(self) -> dict[str, Any]:
        """One in twenty is a draft."""
        is_draft = self.random.random() < 0.05
        stamps = {"created_at": self.now, "updated_at": self.now, "uid": self._uid()}
        return stamps | {
            "status": "draft" if is_draft else "published", "first_published_at": None if is_draft else self.now
        }  # fmt: skip

    def _articles(self, number: int) -> None:
        rows, self.texts, self.days = [], [], []
        for place, (headline, slug) in enumerate(self._names(number, "{} reported")):
            self.days.append(self._day())
            self.texts.append([self._sentence(self.random.randint(8, 24)) for _ in range(PER_ARTICLE)])
            rows.append({
                "headline": headline, "headline_is_supplied": True, "slug": slug, "outlet_id": self.outlets.one(),
                "published_on": self.days[place], "language": "en",
                "published_precision": "day", "published_is_inferred": False, "rights": "excerpts",
                **self._published(), "status": "published", "first_published_at": self.now,
            })  # fmt: skip
        self.articles = _copy(Article, rows)
        whole = ["\n".join(sentences) for sentences in self.texts]
        self.versions = _copy(
            ArticleVersion,
            [{"article_id": pk, "number": 1, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(),
              "created_at": self.now, "cited_at": self.now}
             for pk, text in zip(self.articles, whole, strict=True)],
        )  # fmt: skip

    def _statements(self) -> None:
        rows, places = [], []
        for number in range(self.number):
            at, line = number % len(self.articles), number // len(self.articles) % PER_ARTICLE
            exact = self.texts[at][line]
            places.append((at, sum(len(text) + 1 for text in self.texts[at][:line]), exact))
            rows.append(self._statement(at, exact))
        self.statements = _copy(Statement, rows)
        self.said_by = [row["speaker_id"] for row in rows]
        _copy(StatementPassage, (self._passage(*pair) for pair in zip(self.statements, places, strict=True)))
        self._with_topics(Statement, self.statements)

    def _statement(self, at: int, exact: str) -> dict[str, Any]:
        form = self.random.choice(FORMS)
        text = {"direct": exact, "partial": f"They spoke of “{exact}” again."}.get(form) or self._sentence(16)
        said_on = self.days[at] if self.random.random() < 0.7 else None
        own = {"article_id": self.articles[at], "speaker_id": self.speakers.one(), "form": form, "text": text}
        dated = {"said_on": said_on, "said_precision": "day", "said_is_inferred": False}
        return own | dated | self._published()

    def _passage(self, statement: int, place: tuple[int, int, str]) -> dict[str, Any]:
        at, start, exact = place
        whole = "\n".join(self.texts[at])
        end = start + len(exact)
        return {
            "statement_id": statement, "version_id": self.versions[at], "ordinal": 1, "start": start, "end": end,
            "exact": exact, "prefix": whole[max(0, start - 32) : start], "suffix": whole[end : end + 32],
        }  # fmt: skip

    def _with_topics(self, model: Any, pks: list[int]) -> None:
        own = f"{model._meta.model_name}_id"
        pairs = {(pk, self.topics.one()) for pk in pks for _ in range(self.random.choice([1, 1, 2, 3]))}
        _copy(model.topics.through, ({own: pk, "topic_id": topic} for pk, topic in sorted(pairs)))

    def _proposals(self, number: int) -> None:
        self.proposals = _copy(
            Proposal,
            [{"title": title, "slug": slug, "text": self._sentence(20), "proposed_by_id": self.speakers.one(),
              **self._published()}
             for title, slug in self._names(number, "Build the {} bridge")],
        )  # fmt: skip
        self._with_topics(Proposal, self.proposals)

    def _positions(self, number: int) -> None:
        often, rows, evidence = _Zipf(self.random, self.proposals), [], []
        for _ in range(number):
            said = self.random.randrange(self.number)
            evidence.append(self.statements[said])
            rows.append({
                "speaker_id": self.said_by[said], "proposal_id": often.one(), "stance": self.random.choice(STANCES),
                "basis": self.random.choice(BASES), "source_url": "https://example.org/source", **self._published(),
            })  # fmt: skip
        pairs = zip(_copy(Position, rows), evidence, strict=True)
        _copy(Position.evidence.through, ({"position_id": pk, "statement_id": said} for pk, said in pairs))


class _Zipf:
    """Draws the n-th of `items` about 1/n as often as the first."""

    def __init__(self, random: Random, items: list[Any]) -> None:
        self.random, self.items = random, items
        self.weights = list(itertools.accumulate(1 / place for place in range(2, len(items) + 2)))

    def draw(self, number: int) -> list[Any]:
        return self.random.choices(self.items, cum_weights=self.weights, k=number)

    def one(self) -> Any:
        return self.draw(1)[0]

    def rare(self, number: int) -> list[Any]:
        return self.random.choices(self.items[len(self.items) // 100 :], k=number)


def _copy(model: Any, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Writes the rows by COPY, texts that are not named being empty, and returns their primary keys."""
    table, first = model._meta.db_table, (model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    empty = {
        field.column: "" for field in model._meta.concrete_fields if field.empty_strings_allowed and not field.null
    }
    waiting = ({**empty, **row} for row in rows)
    head = next(waiting)
    names, last = ", ".join(f'"{name}"' for name in ["id", *head]), first - 1
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for last, row in enumerate(itertools.chain([head], waiting), first):
                copy.write_row([last, *(row[name] for name in head)])
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
    return list(range(first, last + 1))
