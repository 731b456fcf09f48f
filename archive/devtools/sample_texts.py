"""The texts of a sample's rare articles, with their statements and proposals.

See sample_lists, which writes them to the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from archive.devtools.sample_words import RandomData

ARABIC = "ابتجحدرسعفقكلمنهوي"
LONG_WORD = "Untervorstandsmitgliederversammlungsbeschlussvorlagenentwurf"
GROUP = "Several members of the council"
Span = tuple[int, int]


@dataclass
class SampleArticle:
    """An article under construction: its text, and its statements and proposals with
    the spans of their words.
    """

    rights: str
    date: dt.date
    text: str = ""
    statements: list[tuple[dict[str, Any], list[Span]]] = field(default_factory=list)
    items: list[tuple[str, str, Span]] = field(default_factory=list)

    def add(self, words: str) -> Span:
        self.text += words
        return len(self.text) - len(words), len(self.text)

    def passage(self, ordinal: int, span: Span) -> dict[str, Any]:
        start, end = span
        return {
            "ordinal": ordinal,
            "start": start,
            "end": end,
            "exact": self.text[start:end],
            "prefix": self.text[max(0, start - 32) : start],
            "suffix": self.text[end : end + 32],
        }


class ArticleWriter:
    """`bodies` are organizations, groups and speakers with unusual names; `names` and
    `titles` are those of speakers, by primary key.
    """

    def __init__(
        self,
        sample: RandomData,
        bodies: list[int],
        names: Mapping[int | None, str],
        titles: Mapping[int | None, str],
    ) -> None:
        self.sample, self.random = sample, sample.random
        self.bodies, self.names, self.titles = bodies, names, titles

    def write(self, date: dt.date, rights: str, proposals: int) -> SampleArticle:
        article = SampleArticle(rights, date)
        forms = (
            ["direct", "indirect", "partial", "split", "collective", "direct"]
            if rights != "link_only"
            else []
        )
        for form in forms or ["indirect", "collective"]:
            article.add(self._plain())
            speaker = None if form == "collective" else self.sample.speakers.one()
            self._add_statement(
                article,
                form,
                speaker,
                [self.sample.sentence(self.random.randint(9, 30)) for _ in range(2)],
            )
        if proposals:
            article.add(self.sample.sentence(9)[:-1] + ":\n")
        for title, slug in self.sample.names(proposals, "Open the {} station"):
            article.add("- ")
            article.items.append(
                (
                    title,
                    slug,
                    article.add(self.sample.sentence(self.random.randint(6, 35))),
                )
            )
            article.add("\n")
        article.add("\n" + self._plain().strip())
        return article

    def _plain(self) -> str:
        return (
            " ".join(self.sample.sentence(self.random.randint(8, 26)) for _ in range(3))
            + "\n\n"
        )

    def _add_statement(
        self,
        article: SampleArticle,
        form: str,
        speaker: int | None,
        words: list[str],
        **fields: Any,
    ) -> None:
        """Adds a paragraph that contains somebody's words; in the form `split`, "she
        said" interrupts the words.
        """
        name, title = self.names.get(speaker, GROUP), self.titles.get(speaker, "")
        printed_name = (
            name
            if speaker is None
            else self.random.choice([f"{title} {name}".strip(), name.split()[-1]])
        )
        first, second = words[0].removesuffix("."), words[1]
        if form in ("direct", "split"):
            article.add("“")
            spans = [article.add(first + ",")]
            article.add(f"” said {printed_name}.")
            if form == "split":
                article.add(" “")
                spans.append(article.add(second))
                article.add("”")
            text = " […] ".join(article.text[start:end] for start, end in spans)
        elif form == "partial":
            article.add(f"{printed_name} called it “")
            spans, text = (
                [article.add(first.lower())],
                f"{name} called it “{first.lower()}” at the hearing.",
            )
            article.add("” at the hearing.")
        else:
            spans, text = (
                [article.add(f"{printed_name} said that {first.lower()}.")],
                second,
            )
        article.add("\n\n")
        row = {
            "speaker_id": speaker,
            "form": "direct" if form == "split" else form,
            "attribution": printed_name,
        }
        article.statements.append(
            (row | self._circumstances(article) | {"text": text} | fields, spans)
        )

    def _circumstances(self, article: SampleArticle) -> dict[str, Any]:
        """Returns when and where the words were said, as far as the article says; a
        month is stored as its first day.
        """
        said_on, precision = self.random.choice(
            [
                (article.date, "day"),
                (article.date.replace(day=1), "month"),
                (None, "day"),
            ]
        )
        return {
            "said_on": said_on,
            "said_precision": precision,
            "said_is_inferred": precision == "month",
            "occasion": self.random.choice(["", "", "At a hearing of the council"]),
            "context": "",
            "reported_by_id": self.random.choice([None, None, None, self.bodies[0]]),
        }

    def strain(self, article: SampleArticle) -> None:
        """A quote longer than a screen, one written from right to left, and one with a
        word wider than a phone.
        """
        article.add("\n\n")
        long = [
            " ".join(
                self.sample.sentence(self.random.randint(12, 30)) for _ in range(12)
            )
            for _ in range(2)
        ]
        self._add_statement(
            article, "split", self.bodies[-3], long, context="Of the harbour"
        )
        self._add_statement(
            article, "direct", self.bodies[-1], [" ".join(arabic(self.random, 40)), ""]
        )
        self._add_statement(
            article,
            "direct",
            self.bodies[-2],
            [f"{LONG_WORD}, {self.sample.sentence(20)}", ""],
        )
        article.text = article.text.strip()


def arabic(random: Random, count: int) -> list[str]:
    return [
        "".join(random.choices(ARABIC, k=random.randint(2, 7))) for _ in range(count)
    ]
