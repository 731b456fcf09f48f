"""The texts of a sample's articles, with their statements and proposals.

sample_articles writes them to the database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from archive.devtools.sample_language import Language, Values, capital
from archive.devtools.sample_plans import Plan, Plans
from archive.devtools.sample_rows import RandomData
from archive.devtools.sample_world import Voice

LONG_WORD = "Untervorstandsmitgliederversammlungsbeschlussvorlagenentwurf"
GROUP = "Several members of the council"
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SCENES = 4  # statements between two paragraphs without one
SHORT = 0.7  # of later mentions, those with the surname alone
Span = tuple[int, int]


@dataclass(slots=True)
class Said:
    """A statement under construction; `speaker` is None for the article's own group."""

    speaker: Voice | None
    plan: Plan
    stance: str
    condition: str
    row: dict[str, Any]
    spans: list[Span]
    key: int = 0

    @property
    def conditions(self) -> str:
        return f"Only if {self.condition}." if self.condition else ""

    @property
    def is_verbatim(self) -> bool:
        return self.row["form"] in ("direct", "partial")


@dataclass(slots=True)
class SampleArticle:
    """An article under construction: its text, and its statements and proposals with
    the spans of their words.
    """

    plan: Plan
    day: dt.date
    values: Values
    text: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    statements: list[Said] = field(default_factory=list)
    items: list[tuple[Plan, Span]] = field(default_factory=list)
    mentioned: set[Voice | None] = field(default_factory=set)
    key: int = 0
    version: int = 0

    def add(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def passage(self, ordinal: int, span: Span) -> dict[str, Any]:
        start, end = span
        return {
            "version_id": self.version,
            "ordinal": ordinal,
            "start": start,
            "end": end,
            "exact": self.text[start:end],
            "prefix": self.text[max(0, start - 32) : start],
            "suffix": self.text[end : end + 32],
        }


class ArticleWriter:
    """Paragraphs with somebody's words, and paragraphs between them."""

    def __init__(self, sample: RandomData, language: Language, plans: Plans) -> None:
        self.sample, self.random = sample, sample.random
        self.language, self.plans = language, plans

    def begin(self, plan: Plan, day: dt.date) -> SampleArticle:
        self.language.at_place = plan.city.streets
        values = plan.values | {
            "year": str(day.year),
            "weekday": WEEKDAYS[day.weekday()],
        }
        article = SampleArticle(plan, day, values)
        self.add_paragraph(article, "lead")
        return article

    def add_paragraph(self, article: SampleArticle, name: str) -> None:
        words = self.language.sentence(name, article.plan.subject, article.values)
        article.add(f"{words}\n\n")

    def add(
        self,
        article: SampleArticle,
        form: str,
        speaker: Voice | None,
        plan: Plan,
        stance: str = "",
        words: str = "",
    ) -> Said:
        """Adds a paragraph that contains somebody's words; in the form `split`, "she
        said" interrupts the words.
        """
        stance = stance or self.plans.stance(speaker, plan)
        said = Said(speaker, plan, stance, "", {}, [])
        values = self._values(article, said)
        if form in ("direct", "split"):
            text, paragraph = self._quote(article, said, values, form, words), ""
        else:
            text, paragraph = self._report(article, said, values, form)
        article.add("\n\n")
        printed = values["who"].strip(",")
        said.row = {
            "form": "direct" if form == "split" else form,
            "attribution": capital(printed)
            if paragraph.startswith(capital(printed))
            else printed,
            "text": text,
        }
        article.statements.append(said)
        if len(article.statements) % SCENES == 0:
            self.add_paragraph(article, "scene")
        return said

    def _values(self, article: SampleArticle, said: Said) -> Values:
        """What the sentences of one statement have in common."""
        speaker, subject = said.speaker, said.plan.subject
        values = {**article.values, **said.plan.values, "year": article.values["year"]}
        values["she"] = self.language.made["she"]()
        values["who"] = self._printed(article, speaker)
        values["name"] = speaker.name if speaker else GROUP
        values["surname"] = speaker.surname if speaker else GROUP
        if said.stance in ("supports", "opposes"):
            return values
        for name in ("question", "fact", "objection", "problem"):
            values[name] = self.language.one_of(name, subject, values)
        if said.stance == "mixed":
            said.condition = self.language.one_of("condition", subject, values)
            values["condition"] = said.condition
        return values

    def _printed(self, article: SampleArticle, speaker: Voice | None) -> str:
        if speaker in article.mentioned and self.random.random() < SHORT:
            return speaker.surname if speaker else GROUP
        article.mentioned.add(speaker)
        return speaker.printed(article.day) if speaker else GROUP

    def _quote(
        self, article: SampleArticle, said: Said, values: Values, form: str, words: str
    ) -> str:
        """Adds words in quotation marks, and returns the text of their passages."""
        subject = said.plan.subject
        words = words or self.language.sentence(f"says_{said.stance}", subject, values)
        first, stop, rest = words.partition(". ")
        ends = self.language.one_of("prints_direct", subject, values).replace(",.", ".")
        if stop and "‘" not in words and form == "split":
            article.add("“")
            said.spans.append(article.add(f"{first},"))
            article.add(f"{ends} “")
            said.spans.append(article.add(rest))
            article.add("”")
        elif words.endswith(".") and self.random.random() < 0.6:
            article.add("“")
            said.spans.append(article.add(f"{words[:-1]},"))
            article.add(ends)
        else:
            article.add(capital(f"{values['who']} said: “"))
            said.spans.append(article.add(words))
            article.add("”")
        return " […] ".join(article.text[start:end] for start, end in said.spans)

    def _report(
        self, article: SampleArticle, said: Said, values: Values, form: str
    ) -> tuple[str, str]:
        """Adds a paraphrase or a fragment in quotation marks; returns the archive's own
        sentence, and the paragraph.
        """
        subject, kind = said.plan.subject, said.stance
        if form == "partial":
            fragment = self.language.one_of(f"partial_{kind}", subject, values)
            values["fragment"] = fragment
            kind = "partial"
        elif kind in ("supports", "opposes"):
            pair = (
                ("problem", "benefit") if kind == "supports" else ("objection", "risk")
            )
            values["reason"] = self.language.one_of(
                self.random.choice(pair), subject, values
            )
        paragraph = self.language.sentence(f"prints_{kind}", subject, values)
        start, end = article.add(paragraph)
        if form == "partial":
            start += paragraph.index(f"“{fragment}”") + 1
            end = start + len(fragment)
        said.spans.append((start, end))
        return self.language.sentence(f"notes_{kind}", subject, values), paragraph
